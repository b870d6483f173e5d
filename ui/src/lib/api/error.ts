// A failed request as an exception, so that a controller's happy path reads straight down.

import type { Failure, Reply } from "./gen";

/** Thrown when the broker answers `failed`. Carries data only; `lib/words` makes the sentence. */
export class Refusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
    this.name = "Refusal";
  }
}

/** What a thrown value means: the broker's failure, or a fault of Usher's own. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Refusal) return thrown.failure;
  return { code: "storage", detail: { of: "fault", fault: "internal" } };
}

/** Picks the one kind of reply a request is answered with. */
export function expectReply<K extends Reply["reply"]>(
  reply: Reply,
  kind: K,
): Extract<Reply, { reply: K }> {
  if (reply.reply === "failed") throw new Refusal(reply.failure);
  if (reply.reply === kind) return reply as Extract<Reply, { reply: K }>;
  throw new Error(`the broker answered ${reply.reply} where ${kind} was due`);
}
