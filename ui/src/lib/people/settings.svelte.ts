// The vault's settings, which administrators change.

import * as broker from "../api/people";
import type { SettingsForm as Settings } from "../api/gen";
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
  minutes = $state("");
  trust = $state(false);
  busy = $state(false);
  readonly errors = new FormErrors(["idle_lock_minutes"]);
  #before: Settings;

  constructor(settings: Settings) {
    this.#before = settings;
    this.minutes = String(settings.idle_lock_minutes);
    this.trust = settings.technicians_trust_on_first_use;
  }

  get dirty(): boolean {
    return this.minutes !== String(this.#before.idle_lock_minutes) || this.trust !== this.#before.technicians_trust_on_first_use;
  }

  setMinutes(minutes: string): void {
    this.minutes = minutes;
    this.errors.forget("idle_lock_minutes");
  }

  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    const minutes = minutesOf(this.minutes);
    if (minutes === null) {
      this.errors.fields = { idle_lock_minutes: MINUTES_WRONG };
      return false;
    }
    this.busy = true;
    const form = { technicians_trust_on_first_use: this.trust, idle_lock_minutes: minutes };
    try {
      await broker.saveSettings(form);
      this.#before = form;
      return true;
    } catch (thrown) {
      this.errors.take(thrown, "save");
      return false;
    } finally {
      this.busy = false;
    }
  }
}
