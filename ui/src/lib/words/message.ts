// What a message is made of: what happened, what was not done, what to do next.

/** A message for a person. `causes` is a short list where the cause cannot be told apart. */
export type Message = {
  title: string;
  text: string;
  undone: string;
  next: string;
  causes: string[];
};

/** What the person was about when it failed; it decides what was not done. */
export type Doing =
  | "open"
  | "launch"
  | "list"
  | "save"
  | "delete"
  | "show"
  | "copy"
  | "account"
  | "test"
  | "person_key"
  | "page"
  | "trust"
  | "go_on"
  | "look"
  | "window"
  | "sign_in"
  | "end"
  | "audit"
  | "door"
  | "prove"
  | "create"
  | "upgrade"
  | "own"
  | "people"
  | "rights"
  | "lockdown"
  | "move"
  | "undo"
  | "accept"
  | "export";

/** What was not done, in a sentence of its own. */
export function undoneWhile(doing: Doing): string {
  switch (doing) {
    case "open":
      return "The vault was not opened and nothing in it was changed.";
    case "launch":
      return "The session was not started and no password was sent.";
    case "list":
      return "The list could not be filled. No password was fetched.";
    case "save":
      return "Nothing was saved. What you typed is still here.";
    case "delete":
      return "Nothing was deleted.";
    case "show":
      return "The password was not shown.";
    case "copy":
      return "Nothing was copied to the clipboard.";
    case "account":
      return "The account was not changed and its key is kept as it was.";
    case "test":
      return "Password Access was not tested. What was known of it still stands.";
    case "person_key":
      return "No key was added, replaced or removed.";
    case "page":
      return "No page was opened.";
    case "trust":
      return "The certificate was not trusted and no password was sent.";
    case "go_on":
      return "The session is over. No further password was sent.";
    case "look":
      return "No credential was sent to the host.";
    case "window":
      return "No window was brought to the front; the session goes on.";
    case "sign_in":
      return "The session goes on as it was.";
    case "end":
      return "The session was not ended.";
    case "audit":
      return "No audit rows were loaded.";
    case "door":
      return "The vault stays locked.";
    case "prove":
      return "Nothing was done yet.";
    case "create":
      return "No vault was made. What you typed is still here.";
    case "upgrade":
      return "The older vault is as it was.";
    case "own":
      return "What you open the vault with stays as it was.";
    case "people":
      return "Nothing was changed about people or their keys.";
    case "rights":
      return "No right was changed. What you chose is still here.";
    case "lockdown":
      return "No right was changed.";
    case "move":
      return "Everything lies where it was.";
    case "undo":
      return "Nothing was taken back.";
    case "accept":
      return "The vault is still open read-only.";
    case "export":
      return "Nothing was exported.";
    default:
      return unreachableCase(doing);
  }
}

/** Joins names the way one would say them: "A", "A or B", "A, B or C". */
export function anyOf(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) return "";
  const before = names.slice(0, -1);
  return before.length === 0 ? last : `${before.join(", ")} or ${last}`;
}

/** Whom to ask, where somebody is known who could help. */
export function askWhom(names: readonly string[], forWhat: string): string {
  return names.length === 0 ? `Ask an administrator ${forWhat}.` : `Ask ${anyOf(names)} ${forWhat}.`;
}

/** Compiles only while every case is handled; a newer broker's unknown word is said as it is. */
export function unreachableCase(value: never): string {
  return `Usher does not know the word "${String(value)}" yet.`;
}
