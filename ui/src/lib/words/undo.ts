// What Undo takes back or took back: the broker says the audit word of the change.

const DEEDS = {
  folder_created: "Making a folder",
  folder_changed: "The change of a folder",
  folder_deleted: "The deletion of a folder",
  credential_created: "Making a credential entry",
  credential_changed: "The change of a credential entry",
  credential_repointed: "The repointing of a credential entry",
  credential_deleted: "The deletion of a credential entry",
  session_created: "Making a session",
  session_changed: "The change of a session",
  session_linked: "The link of a session",
  session_deleted: "The deletion of a session",
  moved: "The move",
  duplicated: "The duplicate",
};

/** An edit of an entry or folder: what Undo takes back. Changes of rights, people and policies are none. */
export type Edit = keyof typeof DEEDS;

/** What deleting one is on record as. */
export function deleted(kind: "folder" | "credential" | "session"): Edit {
  return `${kind}_deleted`;
}

/** "The deletion of a session." A word that is not known yet is said as it is. */
export function undoneWords(what: string): string {
  return `${DEEDS[what as Edit] ?? what.replaceAll("_", " ")}.`;
}
