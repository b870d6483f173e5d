// New and edit session entry (RDP).

import * as broker from "../api/commands";
import type { CredentialsRow, SessionForm as Form, SessionRow } from "../api/gen";
import type { Vault } from "../vault/vault.svelte";
import { fieldMessage } from "../words/field";
import { FormErrors } from "./errors.svelte";
import { RDP_FIELDS, RdpFields } from "./rdp.svelte";

const FIELDS = ["name", "host", "port", "credentials", "folder", ...RDP_FIELDS];
const RDP_PORT = "3389";

export class SessionForm {
  folder = $state("");
  name = $state("");
  host = $state("");
  port = $state(RDP_PORT);
  from = $state<CredentialsRow["from"]>("linked");
  credential = $state<string | null>(null);
  busy = $state(false);

  readonly errors = new FormErrors(FIELDS);
  readonly rdp: RdpFields;
  /** The entry being edited, or `null` for a new one. */
  readonly entry: SessionRow | null;
  #vault: Vault;
  #named: boolean;
  #before: string;

  constructor(vault: Vault, entry: SessionRow | null, folder: string) {
    this.#vault = vault;
    this.entry = entry;
    this.folder = entry?.folder ?? folder;
    this.#named = entry !== null;
    this.rdp = new RdpFields(this.errors, entry?.rdp);
    if (entry === null) this.from = vault.inheritedFrom(folder) === null ? "linked" : "inherited";
    else this.#startFrom(entry);
    this.#before = this.#typed();
  }

  #startFrom(entry: SessionRow): void {
    this.name = entry.name;
    this.host = entry.host;
    this.port = String(entry.port);
    this.from = entry.credentials.from;
    this.credential = entry.credentials.from === "linked" ? entry.credentials.credential : null;
  }

  get dirty(): boolean {
    return this.#typed() !== this.#before;
  }

  /** Whether saving links a credential, or leads one that is linked to another host. */
  get leadsElsewhere(): boolean {
    const entry = this.entry;
    if (this.from === "none" || this.rdp.form.gateway !== null) return false;
    if (entry === null || entry.host !== this.host.trim() || String(entry.port) !== this.port.trim()) return true;
    const before = entry.credentials.from === "linked" ? entry.credentials.credential : null;
    return entry.credentials.from !== this.from || (this.from === "linked" && before !== this.credential);
  }

  /** What "Inherited from folder" means here: which credential, from which folder. */
  get inherited(): { credential: string; folder: string } | null {
    const folder = this.#vault.inheritedFrom(this.folder);
    const entry = folder?.credential == null ? undefined : this.#vault.credentials.get(folder.credential);
    return folder === null || entry === undefined ? null : { credential: entry.name, folder: folder.name };
  }

  setName(name: string): void {
    this.name = name;
    this.#named = name !== "";
    this.errors.forget("name");
  }

  setHost(host: string): void {
    this.host = host;
    this.errors.forget("host");
    if (!this.#named) this.name = /^[\d.:]+$/.test(host) ? host : (host.split(".")[0] ?? host);
  }

  setFrom(from: CredentialsRow["from"]): void {
    this.from = from;
    this.errors.forget("credentials");
  }

  /** Saves; answers the entry's id, or `null` where something is to be corrected. */
  async save(): Promise<string | null> {
    if (this.busy) return null;
    const form = this.#checked();
    if (form === null) return null;
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

  #checked(): Form | null {
    const credentials = this.#credentials();
    this.errors.clear();
    this.errors.require({ name: this.name.trim(), host: this.host, port: this.port.trim(), credentials });
    const port = Number(this.port);
    const fits = Number.isInteger(port) && port >= 1 && port <= 65535;
    if (this.port.trim() !== "" && !fits) {
      this.errors.fields = { ...this.errors.fields, port: fieldMessage("port", "not_a_port") };
    }
    this.rdp.checkSize();
    if (credentials === null || !this.errors.none) return null;
    return { name: this.name.trim(), host: this.host.trim(), port, credentials, rdp: this.rdp.form };
  }

  #credentials(): CredentialsRow | null {
    if (this.from !== "linked") return { from: this.from };
    return this.credential === null ? null : { from: "linked", credential: this.credential };
  }

  async #send(form: Form): Promise<string> {
    if (this.entry === null) return broker.createSession(this.folder, form);
    await broker.changeSession(this.entry.id, this.entry.version, form);
    return this.entry.id;
  }

  #typed(): string {
    return JSON.stringify([this.folder, this.name, this.host, this.port, this.from, this.credential, this.rdp.form]);
  }
}
