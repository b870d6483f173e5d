// New and edit folder: its name, the organization it is mapped to, the credential sessions inherit.

import * as broker from "../api/commands";
import type { FolderForm as Form, FolderRow, OrganizationRow } from "../api/gen";
import type { Vault } from "../vault/vault.svelte";
import { FormErrors } from "./errors.svelte";
import { Organizations } from "./organizations.svelte";

const FIELDS = ["name", "parent", "connection", "organization", "credential", "client"];

export class FolderForm {
  parent = $state("");
  name = $state("");
  mapped = $state(false);
  connection = $state<string | null>(null);
  organization = $state.raw<OrganizationRow | null>(null);
  credential = $state<string | null>(null);
  busy = $state(false);

  readonly errors = new FormErrors(FIELDS);
  readonly organizations = new Organizations();
  /** The folder being edited, or `null` for a new one. */
  readonly entry: FolderRow | null;
  #vault: Vault;
  #named: boolean;
  #before: string;

  constructor(vault: Vault, entry: FolderRow | null, parent: string) {
    this.#vault = vault;
    this.entry = entry;
    this.parent = entry?.parent ?? parent;
    this.#named = entry !== null;
    if (entry !== null) this.#startFrom(entry);
    this.connection ??= vault.data.accounts[0]?.id ?? null;
    this.#before = this.#typed();
    if (this.mapped) void this.organizations.of(this.connection);
  }

  #startFrom(entry: FolderRow): void {
    this.name = entry.name;
    this.credential = entry.credential;
    this.mapped = entry.client !== null;
    this.connection = entry.client?.connection ?? null;
    this.organization = entry.client?.organization ?? null;
  }

  get dirty(): boolean {
    return this.#typed() !== this.#before;
  }

  setName(name: string): void {
    this.name = name;
    this.#named = name !== "";
    this.errors.forget("name");
  }

  setMapped(mapped: boolean): void {
    this.mapped = mapped;
    this.errors.forget("organization");
    if (mapped) void this.organizations.of(this.connection);
  }

  setConnection(account: string): void {
    if (account === this.connection) return;
    this.connection = account;
    this.organization = null;
    void this.organizations.of(account);
  }

  setOrganization(organization: OrganizationRow): void {
    this.organization = organization;
    this.errors.forget("organization");
    if (!this.#named) this.name = organization.name;
  }

  /** Saves; answers the folder's id, or `null` where something is to be corrected. */
  async save(): Promise<string | null> {
    if (this.busy) return null;
    this.errors.clear();
    const mapping = this.mapped ? { connection: this.connection, organization: this.organization } : {};
    this.errors.require({ name: this.name.trim(), ...mapping });
    if (!this.errors.none) return null;
    this.busy = true;
    try {
      return await this.#send(this.#form());
    } catch (thrown) {
      this.errors.take(thrown, "save");
      return null;
    } finally {
      this.busy = false;
    }
  }

  #form(): Form {
    const chosen = this.mapped && this.connection !== null && this.organization !== null;
    const client = chosen && this.connection !== null && this.organization !== null
      ? { connection: this.connection, organization: this.organization.id }
      : null;
    return { name: this.name.trim(), client, credential: this.credential };
  }

  async #send(form: Form): Promise<string> {
    if (this.entry === null) return broker.createFolder(this.parent, form);
    await broker.changeFolder(this.entry.id, this.entry.version, form);
    return this.entry.id;
  }

  /** Whether the vault has an account to map a folder to. */
  get mappable(): boolean {
    return this.#vault.data.accounts.length > 0;
  }

  #typed(): string {
    return JSON.stringify([this.parent, this.name, this.mapped, this.organization?.id, this.credential]);
  }
}
