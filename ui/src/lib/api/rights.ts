// What is asked about rights on entries and folders, locking them down, and moving them.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { DriftRow, LockPreview, LockScope, ObjectRef, ReachOf, ReachRow, Request, RightsForm, RightsSheet } from "./gen";

async function done(request: Request): Promise<void> {
  expectReply(await ask(request), "done");
}

export async function rights(of: ObjectRef): Promise<RightsSheet> {
  return expectReply(await ask({ ask: "rights", of }), "rights").sheet;
}

export const setRights = (of: ObjectRef, form: RightsForm): Promise<void> => done({ ask: "set_rights", of, form });

/** Who will see what once the scope is locked for technicians, and who keeps more and why. */
export async function lockPreview(scope: LockScope): Promise<LockPreview> {
  return expectReply(await ask({ ask: "lock_preview", scope }), "lock_preview").preview;
}

export const lockForTechnicians = (scope: LockScope): Promise<void> => done({ ask: "lock_for_technicians", scope });

/** Locked entries that technicians can change all the same. */
export async function drift(): Promise<DriftRow[]> {
  return expectReply(await ask({ ask: "drift" }), "drift").rows;
}

/** How many people could sign in with how many passwords. */
export async function reach(of: ReachOf): Promise<ReachRow> {
  return expectReply(await ask({ ask: "reach", of }), "reach").reach;
}

export const moveEntry = (entry: ObjectRef, version: number, to: string): Promise<void> =>
  done({ ask: "move_entry", entry, version, to });

export async function duplicate(entry: ObjectRef, to: string | null): Promise<string> {
  return expectReply(await ask({ ask: "duplicate", entry, to }), "created").id;
}

/** Takes back the last change of this unlock; answers what it was. */
export async function undo(): Promise<string> {
  return expectReply(await ask({ ask: "undo" }), "undone").what;
}
