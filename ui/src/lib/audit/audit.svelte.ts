// The audit log, newest first, loaded a page at a time; its filter, its verdict, its export.

import * as broker from "../api/audit";
import { failureOf } from "../api/error";
import type { AuditFilter, AuditRow, AuditVerdict, ExportFormat } from "../api/gen";
import { saveAudit } from "../api/save";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";

const PAGE = 100;
const EVERYTHING: AuditFilter = { person: null, entry: null, on: null, organization: null, host: null, what: null, from: null, to: null };

export class AuditLog {
  rows = $state.raw<AuditRow[]>([]);
  busy = $state(false);
  complete = $state(false);
  message = $state.raw<Message | null>(null);
  filter = $state.raw<AuditFilter>(EVERYTHING);
  /** From this row on nobody has signed the log yet. */
  unsignedFrom = $state<number | null>(null);
  verdict = $state.raw<AuditVerdict | null>(null);
  verifying = $state(false);
  exporting = $state<ExportFormat | null>(null);
  #wanted = 0;

  get filtered(): boolean {
    return Object.values(this.filter).some((value) => value !== null);
  }

  /** The newest rows, from the start. */
  async load(): Promise<void> {
    await this.#read(null);
  }

  /** Older rows than those in sight. */
  async more(): Promise<void> {
    await this.#read(this.rows.at(-1)?.number ?? null);
  }

  /** Changes part of the filter and reads anew. */
  async narrow(part: Partial<AuditFilter>): Promise<void> {
    this.filter = { ...this.filter, ...part };
    await this.load();
  }

  async widen(): Promise<void> {
    await this.narrow(EVERYTHING);
  }

  /** Walks chain and signatures of the whole log, whatever the filter is. */
  async verify(): Promise<void> {
    if (this.verifying) return;
    this.verifying = true;
    try {
      this.verdict = await broker.auditVerify();
      this.message = null;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "audit");
    } finally {
      this.verifying = false;
    }
  }

  /** Saves what fits the filter; answers where, or `null` where nothing was saved. */
  async export(format: ExportFormat): Promise<string | null> {
    if (this.exporting !== null) return null;
    this.exporting = format;
    try {
      const path = await saveAudit(this.filter, format);
      this.message = null;
      return path;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "export");
      return null;
    } finally {
      this.exporting = null;
    }
  }

  /** Nothing of it stays when the vault is locked. */
  forget(): void {
    this.rows = [];
    this.filter = EVERYTHING;
    this.verdict = this.message = null;
  }

  /** An answer to an older filter is dropped. */
  async #read(before: number | null): Promise<void> {
    this.#wanted += 1;
    const wanted = this.#wanted;
    this.busy = true;
    try {
      const { rows, unsigned_from } = await broker.audit(this.filter, before, PAGE);
      if (wanted !== this.#wanted) return;
      this.rows = before === null ? rows : [...this.rows, ...rows];
      this.complete = rows.length < PAGE;
      this.unsignedFrom = unsigned_from;
      this.message = null;
    } catch (thrown) {
      if (wanted === this.#wanted) this.message = failureMessage(failureOf(thrown), "audit");
    } finally {
      if (wanted === this.#wanted) this.busy = false;
    }
  }
}
