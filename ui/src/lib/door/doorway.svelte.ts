// Which page stands before the vault: to make one, to bring an older one up, to come in, or the
// recovery kit that is shown once on the way in.

import * as broker from "../api/door";
import type { Opened } from "../api/door";
import { failureOf } from "../api/error";
import type { Door, Failure, LockWhy, UnlockNote } from "../api/gen";
import { Founding } from "./found.svelte";
import { Unlock } from "./unlock.svelte";

export type Page =
  | { at: "looking" }
  | { at: "failed"; failure: Failure }
  | { at: "create"; form: Founding }
  | { at: "upgrade"; form: Founding }
  | { at: "unlock"; form: Unlock }
  | { at: "kit"; kit: string };

export class Doorway {
  page = $state.raw<Page>({ at: "looking" });
  door = $state.raw<Door | null>(null);
  /** Why the vault was locked, where it was open before. */
  why = $state<LockWhy | null>(null);
  #entered: (notes: readonly UnlockNote[]) => void;
  #notes: readonly UnlockNote[] = [];

  /** `entered`: called when the vault is open and there is nothing left to write down. */
  constructor(entered: (notes: readonly UnlockNote[]) => void) {
    this.#entered = entered;
  }

  /** Looks how the vault stands and shows what fits. Can be tried again. */
  async look(why: LockWhy | null = this.why): Promise<void> {
    this.why = why;
    this.page = { at: "looking" };
    try {
      this.door = await broker.door();
      this.page = pageOf(this.door);
    } catch (thrown) {
      this.page = { at: "failed", failure: failureOf(thrown) };
    }
  }

  /** So many sessions wait for somebody to unlock. What is being typed stays. */
  setWaiting(sessions: number): void {
    if (this.door !== null) this.door = { ...this.door, waiting: sessions };
  }

  /** Saves or tries whatever stands on the page. */
  async go(asFound = false): Promise<void> {
    const { page } = this;
    if (page.at === "create" || page.at === "upgrade") this.#opened(await page.form.save());
    else if (page.at === "unlock") this.#opened(await page.form.try(asFound));
  }

  /** The person has written the recovery kit down; it is not shown again. */
  written(): void {
    if (this.page.at === "kit") this.#enter();
  }

  #opened(opened: Opened | null): void {
    if (opened === null) return;
    this.#notes = opened.notes;
    if (opened.recovery_kit === null) this.#enter();
    else this.page = { at: "kit", kit: opened.recovery_kit };
  }

  #enter(): void {
    this.page = { at: "looking" };
    this.why = null;
    this.#entered(this.#notes);
  }
}

function pageOf(door: Door): Page {
  switch (door.state) {
    case "none":
      return { at: "create", form: new Founding(false) };
    case "old":
      return { at: "upgrade", form: new Founding(true) };
    case "locked":
      return { at: "unlock", form: new Unlock(door) };
  }
}
