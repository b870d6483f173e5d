// New and edit credential entry (IT Glue): account, organization, which password, where it may go.

import * as broker from "../api/commands";
import type { CredentialForm as Form, CredentialRow, OrganizationRow, Target } from "../api/gen";
import type { Vault } from "../vault/vault.svelte";
import { FormErrors } from "./errors.svelte";
import { Organizations } from "./organizations.svelte";

/** The record that "One password" means. */
export type Chosen = { id: string; name: string; username: string | null };

const FIELDS = ["name", "connection", "organization", "target", "category", "allowed_hosts", "folder"];

export class CredentialForm {
  folder = $state("");
  name = $state("");
  connection = $state<string | null>(null);
  organization = $state.raw<OrganizationRow | null>(null);
  kind = $state<Target["kind"]>("always_prompt_with_list");
  password = $state.raw<Chosen | null>(null);
  category = $state("");
  hosts = $state("");
  /** Make a client folder for the organization where the entry would lie outside of one. */
  makeClientFolder = $state(true);
  busy = $state(false);

  readonly errors = new FormErrors(FIELDS);
  readonly organizations = new Organizations();
  /** The entry being edited, or `null` for a new one. */
  readonly entry: CredentialRow | null;
  #vault: Vault;
  #named: boolean;
  #before: string;

  constructor(vault: Vault, entry: CredentialRow | null, folder: string) {
    this.#vault = vault;
    this.entry = entry;
    this.folder = entry?.folder ?? folder;
    this.#named = entry !== null;
    if (entry === null) this.#startFresh();
    else this.#startFrom(entry);
    this.#before = JSON.stringify([this.name, this.form()]);
    void this.organizations.of(this.connection);
  }

  #startFresh(): void {
    const client = this.#vault.clientFolderOf(this.folder)?.client ?? null;
    const only = this.#vault.data.accounts.length === 1 ? this.#vault.data.accounts[0] : undefined;
    this.connection = client?.connection ?? only?.id ?? null;
    this.organization = client?.organization ?? null;
    this.#suggest();
  }

  #startFrom(entry: CredentialRow): void {
    this.name = entry.name;
    this.connection = entry.connection;
    this.organization = entry.organization;
    this.hosts = entry.allowed_hosts.join("\n");
    this.kind = entry.target.kind;
    if (entry.target.kind === "specific") {
      const { password, name, username } = entry.target;
      this.password = { id: password, name, username };
    } else {
      this.category = entry.target.category ?? "";
    }
  }

  get dirty(): boolean {
    return JSON.stringify([this.name, this.form()]) !== this.#before;
  }

  setName(name: string): void {
    this.name = name;
    this.#named = name !== "";
    this.errors.forget("name");
  }

  setConnection(account: string): void {
    if (account === this.connection) return;
    this.connection = account;
    this.organization = null;
    this.password = null;
    this.errors.forget("connection");
    void this.organizations.of(account);
  }

  setOrganization(organization: OrganizationRow): void {
    if (organization.id !== this.organization?.id) this.password = null;
    this.organization = organization;
    this.errors.forget("organization");
    this.#goToClientFolder(organization.id);
    this.#suggest();
  }

  /** The folder it lies in; a client folder brings its organization along. */
  setFolder(folder: string): void {
    this.folder = folder;
    this.errors.forget("folder");
    const client = this.#vault.clientFolderOf(folder)?.client ?? null;
    if (client === null) return;
    this.setConnection(client.connection);
    this.setOrganization(client.organization);
  }

  /** Whether a client folder has to be made first: entries lie in a folder mapped to their organization. */
  get needsClientFolder(): boolean {
    return this.entry === null && this.organization !== null && this.#vault.clientFolderOf(this.folder) === null;
  }

  setKind(kind: Target["kind"]): void {
    this.kind = kind;
    this.errors.forget("target");
    this.#suggest();
  }

  setPassword(password: Chosen): void {
    this.password = password;
    this.errors.forget("target");
    this.#suggest();
  }

  /** What would be saved; `null` while something is missing. */
  form(): Form | null {
    const target = this.#target();
    if (this.connection === null || this.organization === null || target === null) return null;
    return {
      name: this.name.trim(),
      connection: this.connection,
      organization: this.organization.id,
      target,
      allowed_hosts: this.hosts.split("\n").map((line) => line.trim()).filter(Boolean),
    };
  }

  /** Saves; answers the entry's id, or `null` where something is to be corrected. */
  async save(): Promise<string | null> {
    if (this.busy) return null;
    this.errors.clear();
    this.errors.require({
      name: this.name.trim(),
      connection: this.connection,
      organization: this.organization,
      target: this.#target(),
    });
    const form = this.form();
    if (form === null || !this.errors.none) return null;
    this.busy = true;
    try {
      return await this.#send(form);
    } catch (thrown) {
      this.errors.take(thrown, "save");
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #send(form: Form): Promise<string> {
    await this.#makeClientFolder(form);
    if (this.entry === null) return broker.createCredential(this.folder, form);
    await broker.changeCredential(this.entry.id, this.entry.version, form);
    return this.entry.id;
  }

  /** Made before the entry; a later failure does not make it twice. */
  async #makeClientFolder({ connection, organization }: Form): Promise<void> {
    if (!this.needsClientFolder || !this.makeClientFolder || this.organization === null) return;
    const client = { connection, organization };
    const form = { name: this.organization.name, client, credential: null };
    this.folder = await broker.createFolder(this.folder, form);
    await this.#vault.refresh();
  }

  /** Outside any client folder: goes to the one of this organization, if there is one. */
  #goToClientFolder(organization: string): void {
    if (this.entry !== null || this.#vault.clientFolderOf(this.folder) !== null) return;
    const mapped = this.#vault.data.folders.find((row) => row.client?.organization.id === organization);
    if (mapped !== undefined) this.folder = mapped.id;
  }

  #target(): Target | null {
    if (this.kind === "always_prompt_with_list") {
      return { kind: "always_prompt_with_list", category: this.category.trim() || null };
    }
    return this.password === null ? null : { kind: "specific", password: this.password.id };
  }

  /** Names the entry after what it points at, until the person types a name. */
  #suggest(): void {
    if (this.#named) return;
    if (this.kind === "specific" && this.password !== null) this.name = this.password.name;
    else if (this.organization !== null) this.name = `${this.organization.name} passwords`;
  }
}
