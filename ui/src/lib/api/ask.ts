// The one way to the broker. What needs the passphrase after an unlock by PIN is asked for here, and
// the same question asked again, so that no page has to know which of its questions need it.

import { commands, type Reply, type Request } from "./gen";

/** Asks the person for their passphrase. Answers whether they proved who they are. */
export type Prover = () => Promise<boolean>;

let prover: Prover | null = null;

/** Who asks the person. `null`: nobody, and a refusal stays one. */
export function proveWith(asks: Prover | null): void {
  prover = asks;
}

/** Puts a question to the broker. */
export function ask(request: Request): Promise<Reply> {
  return provedFor(() => commands.ask(request));
}

/** Puts the question; where only the passphrase is missing, asks for it and puts the question once more. */
export async function provedFor(question: () => Promise<Reply>): Promise<Reply> {
  const reply = await question();
  if (!lacksPassphrase(reply) || prover === null) return reply;
  return (await prover()) ? question() : reply;
}

function lacksPassphrase(reply: Reply): boolean {
  if (reply.reply !== "failed" || reply.failure.detail.of !== "denied") return false;
  return reply.failure.detail.why.missing === "passphrase";
}
