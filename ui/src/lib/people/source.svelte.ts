// Giving a person or group Source: they may make credential entries of an account or organization.

import * as broker from "../api/people";
import type { OrganizationRow, SubjectRef } from "../api/gen";
import { FormErrors } from "../forms/errors.svelte";
import { Organizations } from "../forms/organizations.svelte";

export class SourceForm {
  subject = $state.raw<SubjectRef | null>(null);
  connection = $state<string | null>(null);
  /** `null`: every organization of the account. */
  organization = $state.raw<OrganizationRow | null>(null);
  busy = $state(false);
  readonly errors = new FormErrors(["subject", "connection", "organization"]);
  readonly organizations = new Organizations();

  constructor(account: string | null) {
    this.connection = account;
    void this.organizations.of(account);
  }

  setSubject(subject: SubjectRef): void {
    this.subject = subject;
    this.errors.forget("subject");
  }

  setConnection(account: string): void {
    this.connection = account;
    this.organization = null;
    this.errors.forget("connection");
    void this.organizations.of(account);
  }

  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    this.errors.require({ subject: this.subject, connection: this.connection });
    if (this.subject === null || this.connection === null) return false;
    this.busy = true;
    try {
      await broker.setSource(this.subject, this.connection, this.organization?.id ?? null);
      return true;
    } catch (thrown) {
      this.errors.take(thrown, "people");
      return false;
    } finally {
      this.busy = false;
    }
  }
}
