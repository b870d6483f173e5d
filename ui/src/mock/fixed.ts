// A vault that is open read-only: what could be changed cannot.

import type { May, Snapshot } from "../lib/api/gen";

const READ_ONLY: May = { may: "no", why: { missing: "read_only" } };
const OPEN = ["edit", "repoint", "move_away", "duplicate", "delete", "administer"];

export function fixed(snapshot: Snapshot): Snapshot {
  const row = <T extends object>(of: T): T => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, OPEN.includes(name) ? READ_ONLY : value])) as T;
  const { accounts, folders, credentials, sessions } = snapshot;
  return { ...snapshot, administer: READ_ONLY, accounts: accounts.map(row), folders: folders.map(row), credentials: credentials.map(row), sessions: sessions.map(row) };
}
