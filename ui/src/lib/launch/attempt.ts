// What a launch is made of while it is on its way, and where it stands.

import type { Failure, Launch, Prepared, TypedForm } from "../api/gen";
import type { Gate, Given } from "../gate/gate.svelte";
import type { Picker } from "../picker/picker.svelte";
import type { ByHand } from "./byhand.svelte";
import type { TypedPrompt } from "./typed.svelte";

export type NeedsTrust = Extract<Launch, { is: "needs_trust" }>;

/** How somebody wants to launch, where that is not as usual. */
export type Wish = {
  /** With another credential entry than the session's own. */
  credential?: string | null;
  /** With what they type themselves. */
  types?: boolean;
  /** Whom they typed the last time. */
  user?: string;
  /** In a client that they start themselves. */
  byHand?: boolean;
};

/** What is being launched: the session, another credential than its own, the record chosen, what was typed. */
export type Attempt = {
  session: string;
  credential: string | null;
  choice: string | null;
  given: Given;
  types: boolean;
  user: string;
  /** Gone with the attempt. */
  typed: TypedForm | null;
  byHand: boolean;
};

/** What a launch goes on with behind its gate. */
export type Goes =
  | { next: "ready" }
  | Pick<Extract<Prepared, { next: "pick" }>, "next" | "picker" | "organization" | "host">
  | Pick<Extract<Prepared, { next: "ask_me" }>, "next" | "host">;

export type Step =
  | { is: "idle" }
  | { is: "preparing"; attempt: Attempt }
  | { is: "gate"; attempt: Attempt; gate: Gate; next: Goes }
  | { is: "picking"; attempt: Attempt; picker: Picker }
  | { is: "typing"; attempt: Attempt; prompt: TypedPrompt }
  | { is: "starting"; attempt: Attempt }
  /** `at`: when the certificate was shown. */
  | { is: "trust"; attempt: Attempt; certificate: NeedsTrust; at: number }
  | { is: "by_hand"; attempt: Attempt; hand: ByHand };

/** Whether the failure is that IT Glue gave no answer, and not that the host gave none. */
export function itGlueAway({ code, detail }: Failure): boolean {
  const ofHost = detail.of === "fault" && detail.fault.startsWith("host_");
  return (code === "unreachable" || code === "timed_out") && !ofHost;
}
