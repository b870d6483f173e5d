import { describe, expect, it } from "vitest";
import type { May, SessionRow } from "../../lib/api/gen";
import type { App } from "../../lib/app/app.svelte";
import { deniedReason } from "../../lib/words/denied";
import { entryDeeds } from "./deeds";

const YES: May = { may: "yes" };
const FIXED: May = { may: "no", why: { missing: "read_only" } };

const reasons = (may: May): [string, string | null][] => {
  const app = { vault: { data: { administer: may } } } as App;
  const row = { id: "s1", name: "DC01", launch: YES, move_away: may, duplicate: may } as SessionRow;
  return entryDeeds(app, "session", row).map(({ id, reason }) => [id, reason]);
};

describe("what can be done with an entry", () => {
  it("all of it, where it may be", () => {
    expect(reasons(YES)).toEqual([["by-hand", null], ["rights", null], ["lock", null], ["move", null], ["duplicate", null]]);
  });

  it("in a read-only vault it can be launched and its rights looked at, and nothing else", () => {
    const why = deniedReason({ missing: "read_only" });
    expect(reasons(FIXED)).toEqual([["by-hand", null], ["rights", null], ["lock", why], ["move", why], ["duplicate", why]]);
  });
});
