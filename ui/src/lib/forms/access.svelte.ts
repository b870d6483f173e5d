// Test Password Access: an administrator picks one record, which is fetched and thrown away unread.

import * as broker from "../api/commands";
import type { AccountRow, OrganizationRow, PasswordAccess } from "../api/gen";
import type { Chosen } from "./credential.svelte";
import { FormErrors } from "./errors.svelte";
import { Organizations } from "./organizations.svelte";

export class AccessTest {
  organization = $state.raw<OrganizationRow | null>(null);
  password = $state.raw<Chosen | null>(null);
  busy = $state(false);
  /** What the test came to; `null` before it. */
  outcome = $state<PasswordAccess | null>(null);
  readonly errors = new FormErrors(["organization", "record"]);
  readonly organizations = new Organizations();
  readonly account: AccountRow;

  constructor(account: AccountRow) {
    this.account = account;
    void this.organizations.of(account.id);
  }

  /** Choosing is quickly done again, so leaving does not ask. */
  readonly dirty = false;

  setOrganization(id: string): void {
    const row = this.organizations.rows.find((one) => one.id === id);
    if (row === undefined) return;
    if (row.id !== this.organization?.id) this.password = null;
    this.organization = row;
    this.outcome = null;
    this.errors.forget("organization");
  }

  setPassword(password: Chosen): void {
    this.password = password;
    this.outcome = null;
    this.errors.forget("record");
  }

  /** Has the record fetched. Says whether the test went through, whatever it came to. */
  async run(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    this.outcome = null;
    this.errors.require({ organization: this.organization, record: this.password });
    if (this.organization === null || this.password === null) return false;
    this.busy = true;
    try {
      const { account } = await broker.testPasswordAccess(this.account.id, this.organization.id, this.password.id);
      this.outcome = account.password_access;
      return true;
    } catch (thrown) {
      this.errors.take(thrown, "test");
      return false;
    } finally {
      this.busy = false;
    }
  }
}
