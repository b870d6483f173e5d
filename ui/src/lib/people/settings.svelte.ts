// The vault's settings, which administrators change, and its name: that of its top folder.

import * as broker from "../api/people";
import { changeFolder } from "../api/commands";
import type { FolderRow, SettingsForm as Settings } from "../api/gen";
import { FormErrors } from "../forms/errors.svelte";

export const SHORTEST = 1;
/** Half a day; the vault locks after 12 hours anyway. */
export const LONGEST = 720;

/** Minutes as typed, or `null` where that is no whole number of minutes that can be. */
export function minutesOf(typed: string): number | null {
  const minutes = /^\d+$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN;
  return minutes >= SHORTEST && minutes <= LONGEST ? minutes : null;
}

export const MINUTES_WRONG = `Type a number of minutes from ${SHORTEST} to ${LONGEST}.`;

export class SettingsForm {
  name = $state("");
  minutes = $state("");
  trust = $state(false);
  askMe = $state(false);
  busy = $state(false);
  readonly errors = new FormErrors(["name", "idle_lock_minutes"]);
  #before: Settings;
  #root: () => FolderRow | null;

  /** `root`: the top folder as it is now. */
  constructor(settings: Settings, root: () => FolderRow | null) {
    this.#before = settings;
    this.#root = root;
    this.name = root()?.name ?? "";
    this.minutes = String(settings.idle_lock_minutes);
    this.trust = settings.technicians_trust_on_first_use;
    this.askMe = settings.ask_me;
  }

  get dirty(): boolean {
    return this.#renamed || this.#changed;
  }

  get #renamed(): boolean {
    const root = this.#root();
    return root !== null && this.name.trim() !== root.name;
  }

  get #changed(): boolean {
    const { technicians_trust_on_first_use: trust, idle_lock_minutes: minutes, ask_me } = this.#before;
    return this.minutes !== String(minutes) || this.trust !== trust || this.askMe !== ask_me;
  }

  setName(name: string): void {
    this.name = name;
    this.errors.forget("name");
  }

  setMinutes(minutes: string): void {
    this.minutes = minutes;
    this.errors.forget("idle_lock_minutes");
  }

  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    this.errors.require(this.#root() === null ? {} : { name: this.name.trim() });
    const minutes = minutesOf(this.minutes);
    if (minutes === null) this.errors.fields = { ...this.errors.fields, idle_lock_minutes: MINUTES_WRONG };
    if (minutes === null || !this.errors.none) return false;
    this.busy = true;
    try {
      if (this.#renamed) await this.#rename();
      if (this.#changed) await this.#send({ technicians_trust_on_first_use: this.trust, idle_lock_minutes: minutes, ask_me: this.askMe });
      return true;
    } catch (thrown) {
      this.errors.take(thrown, "save");
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Of the top folder nothing but its name. */
  async #rename(): Promise<void> {
    const root = this.#root();
    if (root === null) return;
    const client = root.client === null ? null : { connection: root.client.connection, organization: root.client.organization.id };
    await changeFolder(root.id, root.version, { name: this.name.trim(), client, credential: root.credential });
  }

  async #send(form: Settings): Promise<void> {
    await broker.saveSettings(form);
    this.#before = form;
  }
}
