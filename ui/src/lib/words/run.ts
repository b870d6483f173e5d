// How a launch stands and how it ended, in words.

import type { RunEnd, RunRow, RunState } from "../api/gen";
import { failureMessage } from "./failure";
import { unreachableCase, type Message } from "./message";
import { number } from "./names";
import { lasting, onDay } from "./time";

/** A state in two or three words, for the Running list. */
export function stateWords(state: RunState): string {
  switch (state.state) {
    case "waiting_for_client":
      return "Waiting for client";
    case "signing_in":
      return "Signing in";
    case "active":
      return "Active";
    case "dropped":
      return "Reconnecting";
    case "needs_unlock":
      return "Unlock to go on";
    case "ended":
      return endWords(state.end);
    default:
      return unreachableCase(state);
  }
}

/** Whether an end needs no attention. */
export function endedWell(end: RunEnd): boolean {
  return end.end === "closed" || end.end === "ended_by_person";
}

/** An end in a few words. */
export function endWords(end: RunEnd): string {
  switch (end.end) {
    case "closed":
      return `Closed after ${lasting(end.seconds)}`;
    case "client_never_came":
      return "Client never came";
    case "client_left_early":
      return "Client closed early";
    case "client_missing":
      return "No RDP client";
    case "too_many_attempts":
      return "Too many attempts";
    case "host_refused":
      return "Refused by host";
    case "certificate_changed":
      return "Certificate changed";
    case "failed":
      return failureMessage(end.failure, "launch").title;
    case "ended_by_person":
      return "Ended";
    default:
      return unreachableCase(end);
  }
}

/** Of a session that had signed in and came back to its host. */
const AFTER_SIGN_IN = "You had been signed in before. No further password was fetched or sent.";

/** What to say when a launch is over. `begun`: a sign-in was under way or done, so that a password has left. */
export function endMessage(end: RunEnd, session: string, host: string, begun = false): Message {
  switch (end.end) {
    case "closed":
      return say(`${session} was closed`, `It was up for ${lasting(end.seconds)}.`, "The password is no longer held anywhere in Usher.", "");
    case "ended_by_person":
      return say(`${session} was ended`, "It was ended from Usher.", "The client is disconnected and cannot come back with its one-time sign-in.", "");
    case "client_never_came":
      return say("The RDP client never connected", `The client was started for ${session} but did not connect.`, "No password was fetched or sent.", "Launch again. If it stays so, start the client by itself and see what it says.");
    case "client_left_early":
      return say("The client was closed before it had signed in", `The client for ${session} ended before ${host} accepted it.`, "You are not signed in.", "Launch again when you are ready.");
    case "client_missing":
      return say("No RDP client is installed", "Usher found no FreeRDP on this machine to open the session with.", "The session was not started and no password was sent.", "Install the package freerdp2-x11 or freerdp3-x11, then launch again, or launch by hand with another client.");
    case "too_many_attempts":
      return say("The session's local door was closed", "Too many attempts with something else than the one-time sign-in reached it.", begun ? AFTER_SIGN_IN : "No password was fetched or sent.", "If you typed the code by hand, look at it once more and launch again. If you did not, look for a program on this machine that probes local ports.");
    case "host_refused":
      return refused(end, session, host);
    case "certificate_changed":
      return say("The host's certificate changed during the launch", `${host} showed one certificate at first and another one at sign-in.`, begun ? AFTER_SIGN_IN : "Nothing was sent to the host.", "Launch again to see the certificate. Do not trust it unless you know why it changed.");
    case "failed":
      return failureMessage(end.failure, begun ? "go_on" : "launch");
    default:
      return say("The session is over", unreachableCase(end), "", "");
  }
}

function say(title: string, text: string, undone: string, next: string): Message {
  return { title, text, undone, next, causes: [] };
}

type Refused = Extract<RunEnd, { end: "host_refused" }>;

function refused(end: Refused, session: string, host: string): Message {
  const when = end.changed === null ? "" : ` Its password was last changed in IT Glue on ${onDay(end.changed)}.`;
  const what = end.typed ? "what you typed" : `the sign-in with “${end.record}”`;
  const text = `${host} refused ${what}: ${refusalReason(end.reason)}${when}`;
  const undone = end.typed ? "You are not signed in. What you typed is forgotten." : "You are not signed in. The same record is not sent to this host again without your click.";
  return say(refusedTitle(end, session), text, undone, [lockOut(end), refusalNext(end)].filter(Boolean).join(" "));
}

function refusedTitle(end: Refused, session: string): string {
  return end.refusals < 2 ? `${session}: the host refused the sign-in` : `${session}: refused ${times(end.refusals)}, the account may be locked out`;
}

/** Another wrong try can lock somebody out of every host; that is said from the second one on. */
function lockOut({ refusals, reason }: Refused): string {
  if (refusals < 2) return "";
  const soon = reason === "account_unusable" ? "it may be locked already" : "another wrong try may lock it";
  return `The host has refused this account ${times(refusals)} within 10 minutes; ${soon}.`;
}

const times = (n: number): string => (n === 2 ? "twice" : `${number(n)} times`);

/** The host's verdict, as far as it gives one. Closed words of the broker. */
export function refusalReason(reason: string): string {
  switch (reason) {
    case "logon_failure":
      return "the user name or password is wrong.";
    case "password_expired":
      return "the password has expired on the host.";
    case "account_unusable":
      return "the account is disabled, locked out or expired.";
    case "not_permitted":
      return "the account may not sign in over Remote Desktop.";
    default:
      return "it gave no reason.";
  }
}

function refusalNext(end: Refused): string {
  const other = end.choose_again || end.others.length > 0 ? " Or sign in with another credential." : "";
  switch (end.reason) {
    case "password_expired":
      return `Change the password on the host${end.typed ? "" : " and in IT Glue"}, then launch again.${other}`;
    case "account_unusable":
      return `Have the account enabled or unlocked, then launch again.${other}`;
    case "not_permitted":
      return `Have the account added to Remote Desktop Users on the host, then launch again.${other}`;
    default:
      return `${end.typed ? "Check user name, domain and keyboard layout before you type it again." : "Correct the password in IT Glue if it is outdated, then launch again."}${other}`;
  }
}

/** What signing in again does, asked before it is done. */
export function signInAgainText(session: string, host: string): string {
  return `Usher fetches the password anew and reconnects to the same desktop on ${host}; what is open there stays open. The picture of ${session} stops for a moment. Where the desktop shows its lock screen, this passes it. The audit log records another sign-in.`;
}

/** What a state that is not the usual one means, where the list has room to say it. */
export function stateAbout({ state, by_hand }: Pick<RunRow, "state" | "by_hand">): string | null {
  switch (state.state) {
    case "waiting_for_client":
      return by_hand ? "Usher waits for the client that you start by hand." : "The RDP client was started; Usher waits for it to connect.";
    case "dropped":
      return "The line was lost. The client is expected back for 30 minutes, and is then signed in to the same desktop.";
    case "needs_unlock":
      return "The client is back. It is signed in as soon as whoever launched it has the vault open.";
    default:
      return null;
  }
}

/** Over the Running list. */
export function runningAbout(live: number): string {
  if (live === 0) return "No session runs.";
  return live === 1 ? "1 session runs. It goes on while the vault is locked, and ends with Usher." : `${number(live)} sessions run. They go on while the vault is locked, and end with Usher.`;
}
