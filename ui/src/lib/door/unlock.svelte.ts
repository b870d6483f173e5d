// Coming in: who, by what, and what is said where the door stays shut. Wrong tries cost time.

import { Countdown } from "../app/countdown.svelte";
import * as broker from "../api/door";
import type { Opened } from "../api/door";
import { failureOf } from "../api/error";
import type { Door, DoorPerson, Failure, UnlockWith } from "../api/gen";
import { doorMessage } from "../words/door";
import { fieldMessage } from "../words/field";
import type { Message } from "../words/message";
import { NewPassphrase } from "./passphrase.svelte";

/** What a person can come in by. */
export type Way = "passphrase" | "pin" | "enrolment_code" | "recovery_kit";

export class Unlock {
  person = $state<string | null>(null);
  way = $state<Way>("passphrase");
  /** The passphrase, PIN, code or kit. */
  secret = $state("");
  busy = $state(false);
  /** A try said that their PIN opens nothing before the passphrase was given. */
  pinOut = $state(false);
  missing = $state<string | null>(null);
  message = $state.raw<Message | null>(null);
  /** The vault is not as it was left; an administrator may look at it all the same. */
  damage = $state.raw<Failure | null>(null);
  readonly wait: Countdown;
  readonly passphrase: NewPassphrase;
  readonly people: readonly DoorPerson[];
  /** What showed already before anybody came in. */
  #seen: Failure | null;

  constructor(door: Door) {
    this.people = door.people;
    this.#seen = door.damage === null ? null : { code: "storage", detail: { of: "damage", ...door.damage } };
    this.damage = this.#seen;
    this.wait = new Countdown(() => this.wait.stop());
    this.passphrase = new NewPassphrase(() => (this.who === null ? [] : [this.who.name]));
    const only = door.people.length === 1 ? door.people[0] : undefined;
    if (only !== undefined) this.choose(only.id);
    else if (door.people.length === 0) this.way = "recovery_kit";
  }

  get who(): DoorPerson | null {
    return this.people.find((person) => person.id === this.person) ?? null;
  }

  /** Whether a new passphrase is chosen on the way in. */
  get renews(): boolean {
    return this.way === "enrolment_code" || this.way === "recovery_kit";
  }

  /** The person comes with the quickest way that is open to them. */
  choose(person: string): void {
    this.person = person;
    this.pinOut = false;
    const { who } = this;
    this.go(who?.invited === true ? "enrolment_code" : who?.pin === "opens" ? "pin" : "passphrase");
    this.wait.set(who !== null && who.wait_seconds > 0 ? who.wait_seconds : null);
  }

  /** Another way in. What was typed for the one before would be wrong there. */
  go(way: Way): void {
    this.way = way;
    this.secret = "";
    this.passphrase.forget();
    this.#clear();
  }

  setSecret(text: string): void {
    this.secret = text;
    this.missing = null;
  }

  /** Tries the door; `null` where it stays shut, and then what was typed is still there. */
  async try(asFound = false): Promise<Opened | null> {
    if (this.busy || this.wait.left !== null) return null;
    this.busy = true;
    try {
      if (!(await this.#checked())) return null;
      const using = this.#using();
      if (using === null) return null;
      const opened = await broker.unlock(using, asFound);
      this.forget();
      return opened;
    } catch (thrown) {
      this.#failed(failureOf(thrown));
      return null;
    } finally {
      this.busy = false;
    }
  }

  forget(): void {
    this.secret = "";
    this.passphrase.forget();
    this.wait.stop();
  }

  async #checked(): Promise<boolean> {
    this.#clear();
    if (this.way !== "recovery_kit" && this.person === null) this.missing = "Choose your name.";
    else if (this.secret.trim() === "") this.missing = MISSING[this.way];
    const renewed = !this.renews || (await this.passphrase.check());
    return this.missing === null && renewed;
  }

  #using(): UnlockWith | null {
    const { way, person, secret } = this;
    const passphrase = this.passphrase.text;
    if (way === "recovery_kit") return { kind: "recovery_kit", kit: secret, passphrase };
    if (person === null) return null;
    if (way === "enrolment_code") return { kind: "enrolment_code", person, code: secret, passphrase };
    return way === "pin" ? { kind: "pin", person, pin: secret } : { kind: "passphrase", person, passphrase: secret };
  }

  #failed(failure: Failure): void {
    const { detail } = failure;
    const fault = detail.of === "fault" ? detail.fault : null;
    if (detail.of === "wait" && detail.seconds !== null) this.wait.set(detail.seconds);
    if (fault === "pin_needs_passphrase") {
      this.pinOut = true;
      this.go("passphrase");
    }
    if (this.way === "pin") this.secret = "";
    if (fault === "wrong_passphrase") void this.#askWait();
    if (detail.of === "field" && detail.rule === "too_weak") this.passphrase.refuse(fieldMessage(detail.field, detail.rule));
    else if (detail.of === "damage") this.damage = failure;
    else this.message = doorMessage(failure, this.way);
  }

  /** The door says how long the next try has to wait; where it does not, that try says so itself. */
  async #askWait(): Promise<void> {
    const { person } = this;
    try {
      const now = (await broker.door()).people.find((one) => one.id === person);
      if (person === this.person && now !== undefined && now.wait_seconds > 0) this.wait.set(now.wait_seconds);
    } catch {
      return;
    }
  }

  #clear(): void {
    this.missing = null;
    this.message = null;
    this.damage = this.#seen;
  }
}

const MISSING: Record<Way, string> = {
  passphrase: "Type your passphrase.",
  pin: "Type your PIN.",
  enrolment_code: "Type the enrolment code.",
  recovery_kit: "Type the recovery kit.",
};
