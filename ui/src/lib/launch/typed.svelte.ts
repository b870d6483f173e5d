// Ask me: user and password as the person types them, for one launch.

import type { Failure, SessionRow, TypedForm } from "../api/gen";
import { addressOf } from "../vault/address";
import { fieldMessage } from "../words/field";

type Address = Pick<SessionRow, "host" | "port">;
type Wrong = { user: string | null; password: string | null };
const NOTHING_WRONG: Wrong = { user: null, password: null };

export class TypedPrompt {
  user = $state("");
  password = $state("");
  wrong = $state.raw<Wrong>(NOTHING_WRONG);
  /** Where it will be sent to, as it stands beside the fields. */
  readonly host: string;
  readonly #at: Address;

  /** `user`: whom they typed the last time. */
  constructor(at: Address, user: string) {
    this.host = addressOf(at);
    this.#at = { host: at.host, port: at.port };
    this.user = user;
  }

  setUser(user: string): void {
    this.user = user;
    this.wrong = { ...this.wrong, user: null };
  }

  setPassword(password: string): void {
    this.password = password;
    this.wrong = { ...this.wrong, password: null };
  }

  /** What was typed, once: the field is empty from then on. `undefined` where something is missing. */
  take(): TypedForm | undefined {
    const user = this.user.trim();
    this.wrong = {
      user: user === "" ? fieldMessage("user", "required") : null,
      password: this.password === "" ? fieldMessage("typed_password", "required") : null,
    };
    if (this.wrong.user !== null || this.wrong.password !== null) return undefined;
    const typed = { user, password: this.password, ...this.#at };
    this.forget();
    return typed;
  }

  /** Whether the failure is about what was typed; then it is said here, and the password typed again. */
  refused({ detail }: Failure): boolean {
    if (detail.of !== "field") return false;
    if (detail.field === "user") this.wrong = { user: fieldMessage("user", detail.rule), password: null };
    else if (detail.field === "password") this.wrong = { user: null, password: fieldMessage("typed_password", detail.rule) };
    else return false;
    return true;
  }

  forget(): void {
    this.password = "";
  }
}
