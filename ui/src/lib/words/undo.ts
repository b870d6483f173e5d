// What Undo takes back or took back: the broker says the audit word of the change.

const DEEDS: Record<string, string> = {
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
  granted: "The change of rights",
  revoked: "The change of rights",
  policy_changed: "The change of a policy",
  locked_for_technicians: "Lock for technicians",
};

/** "The deletion of a session." A word that is not known yet is said as it is. */
export function undoneWords(what: string): string {
  return `${DEEDS[what] ?? what.replaceAll("_", " ")}.`;
}
