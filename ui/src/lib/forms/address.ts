// What was pasted where a key belongs: perhaps the address of IT Glue's app, which tells the region.

/** What every IT Glue key starts with. */
const KEY = /ITG\.\w/;
const ADDRESS = /:\/\/|(^|[.@/])itglue\.com/i;

/**
 * Whether a text is to be read as an address. What could hold a key never is: an address goes to
 * the broker as plain text, a key goes nowhere but into its own field.
 */
export function looksLikeAddress(text: string): boolean {
  return ADDRESS.test(text.trim()) && !KEY.test(text);
}

/** The host of an address, for the sentence that names it: no scheme, user, port or path. */
export function hostOf(address: string): string {
  const authority = address.trim().replace(/^[a-z][a-z\d+.-]*:\/\//i, "").split(/[/?#]/, 1)[0] ?? "";
  return (authority.split("@").at(-1) ?? "").replace(/:\d*$/, "").toLowerCase();
}
