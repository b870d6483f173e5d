// The client report: one organization, from one day to another.

import * as broker from "../api/audit";
import type { ClientReport, OrganizationRow } from "../api/gen";
import { saveText } from "../api/save";
import { FormErrors } from "../forms/errors.svelte";
import { Organizations } from "../forms/organizations.svelte";
import { dayStart } from "./days";

export class ReportForm {
  connection = $state<string | null>(null);
  organization = $state.raw<OrganizationRow | null>(null);
  from = $state("");
  to = $state("");
  busy = $state(false);
  report = $state.raw<ClientReport | null>(null);
  readonly errors = new FormErrors(["connection", "organization", "from", "to"]);
  readonly organizations = new Organizations();

  constructor(account: string | null, from: string, to: string) {
    this.connection = account;
    this.from = from;
    this.to = to;
    void this.organizations.of(account);
  }

  setConnection(account: string): void {
    this.connection = account;
    this.organization = null;
    void this.organizations.of(account);
  }

  setOrganization(organization: OrganizationRow): void {
    this.organization = organization;
    this.errors.forget("organization");
  }

  setDay(which: "from" | "to", day: string): void {
    this[which] = day;
    this.errors.forget("from");
    this.errors.forget("to");
  }

  /** Asks for the report; it stands in `report` then. */
  async make(): Promise<void> {
    const from = dayStart(this.from);
    const to = dayStart(this.to, 1);
    this.errors.clear();
    this.errors.require({ connection: this.connection, organization: this.organization, from, to });
    if (from !== null && to !== null && from >= to) this.errors.fields = { ...this.errors.fields, to: "The last day lies before the first one." };
    if (this.busy || !this.errors.none || this.connection === null || this.organization === null || from === null || to === null) return;
    this.busy = true;
    try {
      this.report = await broker.clientReport(this.connection, this.organization.id, from, to);
    } catch (thrown) {
      this.errors.take(thrown, "audit");
    } finally {
      this.busy = false;
    }
  }

  /** Saves it as a file, a page also to be printed from the browser; answers where, or `null` where it was not saved. */
  async save(as: "csv" | "page"): Promise<string | null> {
    if (this.report === null || this.organization === null) return null;
    const name = `${this.organization.name} ${this.from} to ${this.to}`;
    try {
      return await saveText(name, as, as === "csv" ? this.report.csv : this.report.html, as === "page");
    } catch (thrown) {
      this.errors.take(thrown, "export");
      return null;
    }
  }
}
