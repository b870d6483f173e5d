import { describe, expect, it } from "vitest";
import type { CredentialRow, FolderRow, SessionRow } from "../api/gen";
import { treeRows, type Entries } from "./tree";

const folder = (id: string, parent: string | null): FolderRow => ({ id, name: id, parent, client: null }) as unknown as FolderRow;
const session = (id: string, folder: string): SessionRow => ({ id, name: id, folder, host: `${id}.example` }) as unknown as SessionRow;
const credential = (id: string, folder: string): CredentialRow => ({ id, name: id, folder, organization: { id: "1", name: "Contoso" } }) as unknown as CredentialRow;

const shown = (entries: Entries, filter = "", closed: string[] = []): [string, number][] => treeRows(entries, new Set(closed), filter).map((row) => [row.id, row.depth]);

const ALL: Entries = {
  folders: [folder("root", null), folder("client", "root"), folder("servers", "client")],
  sessions: [session("dc", "servers"), session("lone", "root")],
  credentials: [credential("admin", "client")],
};

describe("the tree", () => {
  it("shows each folder with what lies in it, and the root as the top", () => {
    expect(shown(ALL)).toEqual([["client", 0], ["servers", 1], ["dc", 2], ["admin", 1], ["lone", 0]]);
    expect(shown(ALL, "", ["client"])).toEqual([["client", 0], ["lone", 0]]);
  });

  it("shows an entry at the top whose folder may not be seen", () => {
    const one = { folders: [], sessions: [session("dc", "servers")], credentials: [credential("admin", "client")] };
    expect(shown(one)).toEqual([["dc", 0], ["admin", 0]]);
    expect(shown(one, "adm")).toEqual([["admin", 0]]);
  });

  it("shows a folder at the top of which those above may not be seen", () => {
    const some = { folders: [folder("servers", "client")], sessions: [session("dc", "servers")], credentials: [] };
    expect(shown(some)).toEqual([["servers", 0], ["dc", 1]]);
    expect(shown(some, "dc")).toEqual([["servers", 0], ["dc", 1]]);
  });
});
