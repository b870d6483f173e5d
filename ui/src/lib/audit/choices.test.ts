import { describe, expect, it } from "vitest";
import type { Snapshot } from "../api/gen";
import { organizationsOf, whom } from "./choices";

describe("whom the log is asked about", () => {
  it("those who left as well, after the others", () => {
    const people = [
      { id: "h1", name: "Bob", active: false },
      { id: "h2", name: "Eve", active: true },
      { id: "h3", name: "Ada", active: true },
    ];
    expect(whom(people)).toEqual([
      { id: "h3", label: "Ada" },
      { id: "h2", label: "Eve" },
      { id: "h1", label: "Bob", note: "Disabled or offboarded" },
    ]);
  });
});

describe("the organizations that the log is asked about", () => {
  it("those of two accounts stay two, also where their ids are one", () => {
    const of = (connection: string, name: string): object => ({ connection, organization: { id: "1", name } });
    const shot = { accounts: [{ id: "a1", name: "North" }, { id: "a2", name: "South" }], folders: [{ client: null }, { client: of("a1", "Contoso") }], credentials: [of("a2", "Fabrikam"), of("a1", "Contoso")] };
    expect(organizationsOf(shot as unknown as Snapshot)).toEqual([
      { id: JSON.stringify({ connection: "a1", organization: "1" }), label: "Contoso", note: "North" },
      { id: JSON.stringify({ connection: "a2", organization: "1" }), label: "Fabrikam", note: "South" },
    ]);
  });
});
