// Lock for technicians: what it would do, then doing it.

import * as broker from "../api/rights";
import { failureOf } from "../api/error";
import type { LockPreview, LockScope } from "../api/gen";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";

export class Lockdown {
  preview = $state.raw<LockPreview | null>(null);
  busy = $state(false);
  message = $state.raw<Message | null>(null);
  readonly scope: LockScope;

  constructor(scope: LockScope) {
    this.scope = scope;
  }

  async load(): Promise<void> {
    try {
      this.preview = await broker.lockPreview(this.scope);
      this.message = null;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "lockdown");
    }
  }

  /** Locks, once the preview was there to be read. */
  async apply(): Promise<boolean> {
    if (this.busy || this.preview === null) return false;
    this.busy = true;
    try {
      await broker.lockForTechnicians(this.scope);
      return true;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "lockdown");
      return false;
    } finally {
      this.busy = false;
    }
  }
}
