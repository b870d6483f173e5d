// What Undo takes back or took back: the broker says the audit word and the entry's name.

const DEEDS: Record<string, string> = {
  folder_created: "making the folder",
  folder_changed: "the change of the folder",
  folder_deleted: "the deletion of the folder",
  folder_moved: "the move of the folder",
  credential_created: "making the credential entry",
  credential_changed: "the change of the credential entry",
  credential_repointed: "repointing the credential entry",
  credential_deleted: "the deletion of the credential entry",
  credential_moved: "the move of the credential entry",
  session_created: "making the session",
  session_changed: "the change of the session",
  session_linked: "the link of the session",
  session_deleted: "the deletion of the session",
  session_moved: "the move of the session",
  moved: "the move of",
  duplicated: "duplicating",
  granted: "the change of rights on",
  rights_changed: "the change of rights on",
  locked_for_technicians: "Lock for technicians on",
};

/** "Taken back: the deletion of the session DC01." A word that is not known yet is said as it is. */
export function undoneWords(what: string): string {
  const [word = "", ...rest] = what.split(" ");
  const name = rest.join(" ");
  const deed = DEEDS[word];
  return deed === undefined ? `${what.replaceAll("_", " ")}.` : `${deed.charAt(0).toUpperCase()}${deed.slice(1)} ${name}.`;
}
