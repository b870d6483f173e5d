// What is said at the door: why it stays shut, why it was locked, what to know once it is open.

import type { Failure, KeyringState, LockWhy, PinAtDoor, UnlockNote } from "../api/gen";
import { failureMessage } from "./failure";
import { faultWords } from "./fault";
import { undoneWhile, unreachableCase, type Doing, type Message } from "./message";
import { count } from "./names";

/** By what, or for what, the door is tried. */
export type AtDoor = "create" | "upgrade" | "passphrase" | "pin" | "enrolment_code" | "recovery_kit" | "prove" | "proof";

/** Why the door stays shut. What exactly was wrong about a try is never said: nobody knows but the door. */
export function doorMessage(failure: Failure, at: AtDoor): Message {
  const { detail } = failure;
  const message = failureMessage(failure, doingAt(at));
  if (detail.of === "wait") return waiting(at, detail.seconds);
  if (detail.of === "fault" && detail.fault === "wrong_passphrase") return { ...message, title: wrongTitle(at) };
  return message;
}

function doingAt(at: AtDoor): Doing {
  if (at === "create" || at === "upgrade") return at;
  return at === "prove" || at === "proof" ? "prove" : "door";
}

function wrongTitle(at: AtDoor): string {
  switch (at) {
    case "pin":
      return "The PIN is not right";
    case "enrolment_code":
      return "The enrolment code does not open the vault";
    case "recovery_kit":
      return "The recovery kit does not open the vault";
    case "proof":
      return "The passphrase or PIN is not right";
    case "create":
    case "upgrade":
    case "passphrase":
    case "prove":
      return "The passphrase is not right";
    default:
      return unreachableCase(at);
  }
}

/** The last wrong try was too short a time ago. */
function waiting(at: AtDoor, seconds: number | null): Message {
  const text = "After a wrong try the next one has to wait, longer each time. What you typed was not looked at.";
  const next = seconds === null ? "Wait a moment, then try again." : `Try again in ${count(seconds, "second")}.`;
  return { title: "Too soon after a wrong try", text, undone: undoneWhile(doingAt(at)), next, causes: [] };
}

/** Every reason for a lock; one that is missing here does not compile. */
const EVERY_WHY: Record<LockWhy, true> = { asked: true, idle: true, screen: true, suspend: true, hours: true, other_program: true, revoked: true };
export const LOCK_WHYS = Object.keys(EVERY_WHY) as LockWhy[];

/** Why the vault was locked. */
export function lockedWhy(why: LockWhy): string {
  switch (why) {
    case "asked":
      return "You locked it.";
    case "idle":
      return "It was locked because nothing was typed or clicked for a while.";
    case "screen":
      return "It was locked with the screen.";
    case "suspend":
      return "It was locked before this computer went to sleep.";
    case "hours":
      return "It was locked because it had been open for 12 hours.";
    case "other_program":
      return "It was locked because another program changed the vault.";
    case "revoked":
      return "It was locked because your access was changed. An administrator can tell you more.";
    default:
      return unreachableCase(why);
  }
}

/** Said where the idle limit is set, on a desktop that does not say how long nobody was there. */
export const IDLE_NOT_KNOWN = "This desktop does not tell Usher when nobody is there, so the vault does not lock after these minutes here. Lock it by hand; locking the screen still locks it.";

/** Why a PIN that somebody has is not offered; `null` where it is, or where there is none. */
export function pinLaterWords(pin: PinAtDoor): string | null {
  switch (pin) {
    case "none":
    case "opens":
      return null;
    case "after_passphrase":
      return "Use your passphrase once; after that your PIN works for the rest of the day, until Usher is closed.";
    case "spent":
      return "Your PIN was wrong too often; the passphrase gives it its tries back.";
    default:
      return unreachableCase(pin);
  }
}

/** Said with it: what locking does not end. */
export const SESSIONS_GO_ON = "Sessions that were running go on.";

/** Sessions lost their line while the vault was locked. Whose and where to is not said. */
export function waitingSessions(waiting: number): string | null {
  if (waiting === 0) return null;
  return waiting === 1 ? "A session waits for you to unlock." : `${count(waiting, "session")} wait for you to unlock.`;
}

/** What is wrong with the keyring, where names and device secrets lie. */
export function keyringMessage(keyring: KeyringState): Message | null {
  switch (keyring) {
    case "ok":
      return null;
    case "missing":
      return withKit("No keyring service is running", faultWords("keyring_missing").next);
    case "locked":
      return withKit("The keyring is locked", faultWords("keyring_locked").next);
    case "slow":
      return withKit("The keyring does not answer", faultWords("keyring_slow").next);
    case "failed":
      return withKit("The keyring refuses", faultWords("keyring_failed").next);
    case "empty":
      return { ...withKit("This computer is not known to the vault", "Use your recovery kit."), text: "The keyring here holds nothing of this vault, so a passphrase alone does not open it." };
    default:
      return { ...withKit("The keyring cannot be used", "Try again."), text: unreachableCase(keyring) };
  }
}

function withKit(title: string, next: string): Message {
  const text = "Half of what opens the vault with a passphrase or PIN lies in the keyring of your desktop. The recovery kit opens it without.";
  return { title, text, undone: undoneWhile("door"), next, causes: [] };
}

/** What a person should know about the vault that they just opened. */
export function noteWords(note: UnlockNote): { title: string; text: string } {
  switch (note) {
    case "no_anchor":
      return { title: "An older copy would not have shown", text: "This device had no note of how the vault was left. It has one again after the next change by an administrator." };
    case "no_keyring":
      return { title: "Opened without the keyring", text: "Once the keyring works again, set your passphrase anew so that it opens the vault here." };
    case "upgraded":
      return { title: "The vault was brought up to date", text: "A copy of the older file stands beside it. API keys moved from the keyring into the vault." };
    default:
      return { title: "The vault is open", text: unreachableCase(note) };
  }
}
