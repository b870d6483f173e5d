// Saving a text as a file: the one thing the window hands out of itself.

/** Offers the text as a file of this name; answers the name. */
export async function saveFile(name: string, text: string): Promise<string> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Revoked once the click has been taken up.
  await Promise.resolve();
  URL.revokeObjectURL(url);
  return name;
}
