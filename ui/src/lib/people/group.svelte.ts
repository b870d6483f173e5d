// A group: its name and who belongs to it.

import * as broker from "../api/people";
import type { GroupCard } from "../api/gen";
import { FormErrors } from "../forms/errors.svelte";

export class GroupForm {
  name = $state("");
  members = $state.raw<readonly string[]>([]);
  busy = $state(false);
  readonly errors = new FormErrors(["name"]);
  readonly group: GroupCard | null;
  #before: string;

  constructor(group: GroupCard | null) {
    this.group = group;
    this.name = group?.name ?? "";
    this.members = group?.members ?? [];
    this.#before = this.#typed();
  }

  get dirty(): boolean {
    return this.#typed() !== this.#before;
  }

  setName(name: string): void {
    this.name = name;
    this.errors.forget("name");
  }

  toggle(person: string): void {
    this.members = this.members.includes(person) ? this.members.filter((one) => one !== person) : [...this.members, person];
  }

  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    this.errors.require({ name: this.name.trim() });
    if (!this.errors.none) return false;
    this.busy = true;
    try {
      await broker.saveGroup(this.group?.id ?? null, this.name.trim(), [...this.members]);
      return true;
    } catch (thrown) {
      this.errors.take(thrown, "people");
      return false;
    } finally {
      this.busy = false;
    }
  }

  #typed(): string {
    return JSON.stringify([this.name, [...this.members].sort()]);
  }
}
