// Administration: people, groups, devices and Source rights as last read, and what is done to them.

import * as broker from "../api/people";
import type { Invited, Roster as Rows } from "../api/people";
import { failureOf } from "../api/error";
import type { GroupCard, PersonCard, SourceRow } from "../api/gen";
import type { Toasts } from "../toasts/toasts.svelte";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";
import { RotationList } from "./rotation.svelte";

export class Roster {
  rows = $state.raw<Rows>({ people: [], groups: [], devices: [] });
  sources = $state.raw<SourceRow[]>([]);
  loaded = $state(false);
  /** The id of what is being worked on, so that its row can say so. */
  busy = $state<string | null>(null);
  message = $state.raw<Message | null>(null);
  /** A code to enrol with, shown once. */
  invited = $state.raw<(Invited & { name: string }) | null>(null);
  /** What is to be changed in IT Glue after somebody left. */
  rotation = $state.raw<RotationList | null>(null);
  #toasts: Toasts;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  async load(): Promise<void> {
    try {
      [this.rows, this.sources] = await Promise.all([broker.people(), broker.sources()]);
      this.message = null;
      this.loaded = true;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "people");
    }
  }

  person(id: string): PersonCard | undefined {
    return this.rows.people.find((person) => person.id === id);
  }

  groupsOf(person: PersonCard): GroupCard[] {
    return this.rows.groups.filter((group) => person.groups.includes(group.id));
  }

  namesOf(ids: readonly string[]): string[] {
    return ids.flatMap((id) => this.person(id)?.name ?? []);
  }

  async inviteAgain(person: PersonCard): Promise<void> {
    await this.#do(person.id, async () => {
      this.invited = { ...(await broker.inviteAgain(person.id)), name: person.name };
    });
  }

  async setStanding(person: PersonCard, standing: "active" | "disabled"): Promise<void> {
    const told = standing === "active" ? `${person.name} may come in again` : `${person.name} can no longer come in`;
    await this.#do(person.id, () => broker.changePerson(person.id, person.name, person.administrator, standing), told);
  }

  /** Offboards the person; of somebody who was offboarded before it answers the list once more. */
  async offboard(person: PersonCard): Promise<void> {
    await this.#do(person.id, async () => {
      this.rotation = new RotationList(person.name, await broker.offboard(person.id));
    });
  }

  async removeGroup(group: GroupCard): Promise<void> {
    await this.#do(group.id, () => broker.removeGroup(group.id), `Removed the group ${group.name}`);
  }

  async removeDevice(id: string, name: string): Promise<void> {
    await this.#do(id, () => broker.removeDevice(id), `Removed the device ${name}`);
  }

  async removeSource(source: SourceRow): Promise<void> {
    await this.#do(source.id, () => broker.removeSource(source.id), `${source.name} no longer has that Source right`);
  }

  async rekey(): Promise<void> {
    await this.#do("rekey", () => broker.rekey(), "Everything is sealed with new keys");
  }

  /** Codes and lists leave the window with the vault's key. */
  forget(): void {
    this.rows = { people: [], groups: [], devices: [] };
    this.sources = [];
    this.invited = this.rotation = this.message = null;
    this.loaded = false;
  }

  async #do(id: string, deed: () => Promise<void>, told?: string): Promise<void> {
    if (this.busy !== null) return;
    this.busy = id;
    try {
      await deed();
      if (told !== undefined) this.#toasts.good(told);
      await this.load();
    } catch (thrown) {
      this.#toasts.thrown(thrown, "people");
    } finally {
      this.busy = null;
    }
  }
}
