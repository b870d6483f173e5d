// Why policy said no: as the reason beside a control that cannot be used, and in a message.

import type { DeniedWhy, May, Right } from "../api/gen";
import { unreachableCase } from "./message";

export function rightName(right: Right): string {
  switch (right) {
    case "view":
      return "View";
    case "view_password":
      return "View password";
    case "edit":
      return "Edit";
    default:
      return unreachableCase(right);
  }
}

/** What is missing, in one sentence. */
export function deniedReason(why: DeniedWhy): string {
  switch (why.missing) {
    case "on_session":
      return `You do not have the right ${rightName(why.right)} on this session.`;
    case "on_credential":
      return `You do not have the right ${rightName(why.right)} on this credential entry.`;
    case "on_folder":
      return `You do not have the right ${rightName(why.right)} on this folder.`;
    case "source":
      return "You do not have Source on this IT Glue account and organization.";
    case "host_not_allowed":
      return "The host is not among the allowed hosts of the credential entry.";
    case "administrator":
      return "Only an administrator may do this.";
    case "other_client_folder":
      return "The credential entry belongs to another client folder.";
    case "would_widen":
      return "It would give somebody a right that they do not have now.";
    case "confirmation":
      return "You have to prove who you are once more first.";
    case "passphrase":
      return "You opened the vault with your PIN. This needs your passphrase.";
    case "ask_me_off":
      return "An administrator has turned Ask me off: sign in with a credential entry instead.";
    case "soundness":
      return "It does not fit together with the rest of the vault.";
    case "ticket":
      return "The folder asks for the helpdesk's ticket first.";
    case "second_person":
      return "A second person must agree to it, which is not available yet.";
    case "read_only":
      return "The vault is open read-only, as it was found.";
    case "no_credential":
      return "There is no credential to sign in with. Edit the session and choose one.";
    case "choose_first":
      return "This entry always prompts with a list, so it has no one password to show.";
    default:
      return unreachableCase(why);
  }
}

/** What is asked for on the way, so that the control can be used all the same. */
const ASKED = ["passphrase", "confirmation", "ticket"];

/** The reason where something may not be done, else `null`. */
export function reasonOf(may: May): string | null {
  return may.may === "no" && !ASKED.includes(may.why.missing) ? deniedReason(may.why) : null;
}
