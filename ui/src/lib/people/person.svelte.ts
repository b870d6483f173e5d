// Adding a person, or changing one: name, administrator or not, groups.

import * as broker from "../api/people";
import type { Invited } from "../api/people";
import type { GroupCard, PersonCard } from "../api/gen";
import { FormErrors } from "../forms/errors.svelte";

export class PersonForm {
  name = $state("");
  administrator = $state(false);
  groups = $state.raw<readonly string[]>([]);
  busy = $state(false);
  readonly errors = new FormErrors(["name"]);
  /** Who is changed, or `null` for somebody new. */
  readonly person: PersonCard | null;
  #all: readonly GroupCard[];
  #before: string;

  constructor(person: PersonCard | null, all: readonly GroupCard[]) {
    this.person = person;
    this.#all = all;
    if (person !== null) {
      this.name = person.name;
      this.administrator = person.administrator;
      this.groups = person.groups;
    }
    this.#before = this.#typed();
  }

  get dirty(): boolean {
    return this.#typed() !== this.#before;
  }

  setName(name: string): void {
    this.name = name;
    this.errors.forget("name");
  }

  toggle(group: string): void {
    this.groups = this.groups.includes(group) ? this.groups.filter((one) => one !== group) : [...this.groups, group];
  }

  /** Saves. Somebody new gets a code to enrol with; `undefined` where something is to be corrected. */
  async save(): Promise<Invited | null | undefined> {
    if (this.busy) return undefined;
    this.errors.clear();
    this.errors.require({ name: this.name.trim() });
    if (!this.errors.none) return undefined;
    this.busy = true;
    try {
      return await this.#send();
    } catch (thrown) {
      this.errors.take(thrown, "people");
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  async #send(): Promise<Invited | null> {
    const name = this.name.trim();
    if (this.person === null) return broker.addPerson(name, this.administrator, [...this.groups]);
    const { id, standing } = this.person;
    const itself = name !== this.person.name || this.administrator !== this.person.administrator;
    if (itself) await broker.changePerson(id, name, this.administrator, standing);
    await this.#sendGroups(id);
    return null;
  }

  /** A person's groups are kept with the groups: each that gained or lost them is saved. */
  async #sendGroups(id: string): Promise<void> {
    for (const group of this.#all) {
      const was = group.members.includes(id);
      const is = this.groups.includes(group.id);
      if (was === is) continue;
      const members = is ? [...group.members, id] : group.members.filter((member) => member !== id);
      await broker.saveGroup(group.id, group.name, members);
    }
  }

  #typed(): string {
    return JSON.stringify([this.name, this.administrator, [...this.groups].sort()]);
  }
}
