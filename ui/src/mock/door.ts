// The invented broker's door: who comes in, by what, and every way in which it stays shut.

import type { Code, Detail, Door, DoorPerson, Fault, Reply, Request, Strength, UnlockWith } from "../lib/api/gen";

type Of<K extends Request["ask"]> = Extract<Request, { ask: K }>;
export type DoorRequest = Of<"door" | "create_vault" | "unlock" | "passphrase_strength" | "lock" | "prove" | "change_passphrase" | "set_pin" | "new_recovery_kit" | "accept_as_found" | "set_own_idle_lock">;

const failed = (code: Code, detail: Detail): Reply => ({ reply: "failed", failure: { code, detail } });
const fault = (code: Code, which: Fault): Reply => failed(code, { of: "fault", fault: which });

const person = (id: string, name: string, more: Partial<DoorPerson> = {}): DoorPerson => ({ id, name, pin: "none", invited: false, wait_seconds: 0, ...more });
const PEOPLE = [person("h1", "Mara Lindqvist", { pin: "opens" }), person("h2", "Jonas Brandt", { pin: "after_passphrase" }), person("h3", "Tom Reyes", { pin: "spent" }), person("h4", "Ines Okafor", { invited: true })];

const PATH = "/home/mara/.local/share/usher/vault.usher";
const BASE: Door = { state: "locked", people: PEOPLE, keyring: "ok", damage: null, test_build: false, waiting: 0, path: PATH };

/** Scenes that begin before the door; in the others the vault is open. */
export const DOORS: Record<string, Door> = {
  create: { ...BASE, state: "none", people: [] },
  old: { ...BASE, state: "old", people: [] },
  locked: BASE,
  waits: { ...BASE, waiting: 1 },
  one: { ...BASE, people: PEOPLE.slice(1, 2) },
  "no-keyring": { ...BASE, people: [], keyring: "missing" },
  "new-device": { ...BASE, people: [], keyring: "empty" },
  damaged: { ...BASE, people: PEOPLE.slice(0, 2) },
  rolled: { ...BASE, people: PEOPLE.slice(0, 2) },
};

const KIT = (): string => Array.from({ length: 8 }, () => Math.random().toString(36).slice(2, 6).toUpperCase().padEnd(4, "7")).join("-");

/** What is typed decides: "wrong" is wrong, "wait" is too soon, "expired" is an old code, all else opens. */
export class MockDoor {
  open: boolean;
  proved: "passphrase" | "pin";
  readOnly = false;
  #scene: string;
  #wrong = 0;

  constructor(scene: string) {
    this.#scene = scene;
    this.open = !(scene in DOORS) && scene !== "keyring" && scene !== "corrupt";
    this.proved = scene === "pin" ? "pin" : "passphrase";
    this.readOnly = scene === "found";
  }

  answer(request: DoorRequest): Reply {
    switch (request.ask) {
      case "door":
        return { reply: "door", door: DOORS[this.#scene] ?? BASE };
      case "passphrase_strength":
        return { reply: "strength", strength: weigh(request.passphrase) };
      case "create_vault":
        return this.#enter(KIT());
      case "unlock":
        return this.#unlock(request.with, request.as_found);
      case "lock":
        this.open = false;
        return { reply: "done" };
      case "prove":
        return this.#proved(request.passphrase, () => (this.proved = "passphrase"));
      case "change_passphrase":
        return this.#proved(request.current);
      case "set_pin":
        return this.#proved(request.passphrase);
      case "new_recovery_kit":
        return this.#wrongOr(request.passphrase) ?? { reply: "recovery_kit", kit: KIT() };
      case "accept_as_found":
        this.readOnly = false;
        return { reply: "done" };
      case "set_own_idle_lock":
        return { reply: "done" };
    }
  }

  #proved(typed: string, then: () => void = () => undefined): Reply {
    const wrong = this.#wrongOr(typed);
    if (wrong === null) then();
    return wrong ?? { reply: "done" };
  }

  #unlock(using: UnlockWith, asFound: boolean): Reply {
    const typed = using.kind === "pin" ? using.pin : using.kind === "recovery_kit" ? using.kit : using.kind === "enrolment_code" ? using.code : using.passphrase;
    const wrong = this.#wrongOr(typed);
    if (wrong !== null) return wrong;
    if (typed === "expired") return fault("locked", "code_expired");
    if (!asFound && this.#scene === "damaged") return failed("storage", { of: "damage", fault: "vault_damaged", table: "grant", row: "0193f2c4", read_only_offered: true });
    if (!asFound && this.#scene === "rolled") return failed("storage", { of: "damage", fault: "vault_rolled_back", table: null, row: null, read_only_offered: true });
    this.readOnly = asFound;
    this.proved = using.kind === "pin" ? "pin" : "passphrase";
    const kit = using.kind === "enrolment_code" || using.kind === "recovery_kit" || using.kind === "upgrade" ? KIT() : null;
    return this.#enter(kit, using.kind === "upgrade");
  }

  /** Which scene of the open vault shows is not decided here. */
  #enter(recovery_kit: string | null, upgraded = false): Reply {
    this.open = true;
    this.#wrong = 0;
    const whom = { id: "h1", name: "Mara Lindqvist", administrator: true };
    return { reply: "unlocked", handle: "", person: whom, recovery_kit, read_only: this.readOnly, notes: upgraded ? ["upgraded"] : [] };
  }

  #wrongOr(typed: string): Reply | null {
    if (typed === "wait") return failed("locked", { of: "wait", seconds: 8 });
    if (typed !== "wrong" && typed !== "000000") return null;
    this.#wrong += 1;
    return this.#wrong > 2 ? failed("locked", { of: "wait", seconds: 2 ** this.#wrong }) : fault("locked", "wrong_passphrase");
  }
}

function weigh(passphrase: string): Strength {
  const score = Math.min(4, Math.floor(passphrase.length / 5));
  const warning = passphrase.startsWith("pass") ? "this_is_a_common_password" : null;
  return { score: warning === null ? score : 0, enough: score >= 3 && warning === null, guesses_log10: passphrase.length, warning, suggestions: score < 3 ? ["add_another_word_or_two"] : [] };
}
