// Whom a host will see, or why nobody can be signed in.

import type { CredentialRow, SessionRow, UserNameFault } from "../api/gen";
import { unreachableCase } from "./message";

export type SignsIn = { as: string } | { text: string; tone: "soft" | "warn" };

/** Whom the session signs in as, as far as that is known before the launch. */
export function signsIn(session: SessionRow, credential: CredentialRow | undefined): SignsIn | null {
  if (session.credentials.from === "ask_me") return { text: "Whom you type at launch", tone: "soft" };
  if (credential === undefined) return null;
  if (credential.target.kind !== "specific") return { text: "Whom you choose from the list at launch", tone: "soft" };
  if (credential.user_name !== null) return { text: userNameWords(credential.user_name), tone: "warn" };
  return credential.signs_in_as === null ? { text: "Not known before the launch", tone: "soft" } : { as: credential.signs_in_as };
}

/** Why a record's user name cannot be signed in with. */
export function userNameWords(fault: UserNameFault): string {
  switch (fault) {
    case "empty":
      return "Nobody: the record has no user name in IT Glue. Fill it in there.";
    case "too_long":
      return "Nobody: the record's user name in IT Glue is longer than any host takes. Correct it there.";
    case "character":
      return "Nobody: the record's user name in IT Glue holds a character that no user name has. Correct it there.";
    default:
      return unreachableCase(fault);
  }
}
