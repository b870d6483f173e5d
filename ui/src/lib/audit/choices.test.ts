import { describe, expect, it } from "vitest";
import { whom } from "./choices";

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
