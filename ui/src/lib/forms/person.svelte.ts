// Giving one person a key of their own beside the account's, or replacing it. Checked before it is kept.

import * as broker from "../api/commands";
import type { Checked } from "../api/commands";
import type { AccountRow, PersonRow } from "../api/gen";
import { FormErrors } from "./errors.svelte";

type Whom = Pick<PersonRow, "id" | "name">;

export class PersonKeyForm {
  person = $state<string | null>(null);
  key = $state("");
  busy = $state(false);
  readonly errors = new FormErrors(["person", "api_key"]);
  readonly account: AccountRow;
  /** Whose key is replaced, or `null` where somebody is chosen who has none. */
  readonly replaces: Whom | null;

  constructor(account: AccountRow, replaces: Whom | null = null) {
    this.account = account;
    this.replaces = replaces;
    this.person = replaces?.id ?? null;
  }

  get dirty(): boolean {
    return this.key !== "" || (this.replaces === null && this.person !== null);
  }

  setPerson(person: string): void {
    this.person = person;
    this.errors.forget("person");
  }

  setKey(key: string): void {
    this.key = key;
    this.errors.forget("api_key");
  }

  /** Checks the key with IT Glue and keeps it for that person; `null` where something is to be corrected. */
  async save(): Promise<Checked | null> {
    if (this.busy) return null;
    this.errors.clear();
    this.errors.require({ person: this.person, api_key: this.key.trim() });
    if (this.person === null || !this.errors.none) return null;
    this.busy = true;
    try {
      const checked = await broker.setPersonKey(this.account.id, this.person, this.key.trim());
      this.key = "";
      return checked;
    } catch (thrown) {
      this.errors.take(thrown, "person_key");
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Forgets the key. */
  forget(): void {
    this.key = "";
  }
}

/** Who can still be given a key of their own: everybody who comes in and has none for this account. */
export function withoutOwnKey(people: readonly PersonRow[], account: AccountRow): PersonRow[] {
  const have = new Set(account.person_keys.map((key) => key.person));
  return people.filter((person) => person.active && !have.has(person.id));
}
