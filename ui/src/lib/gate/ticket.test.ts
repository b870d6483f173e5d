import { describe, expect, it } from "vitest";
import { TicketPrompt } from "./ticket.svelte";

const prompt = (policy: "off" | "optional" | "required", pattern: string | null = null, last: string | null = null): TicketPrompt => new TicketPrompt({ policy, pattern, last });

describe("the ticket", () => {
  it("is not asked for where the policy is off", () => {
    const off = prompt("off", "x", "x");
    expect([off.wanted, off.take()]).toEqual([false, null]);
  });

  it("may be left out where it is optional, but not its number alone", () => {
    const optional = prompt("optional");
    expect(optional.take()).toBeNull();
    optional.reason = "Patch window";
    expect(optional.take()).toBeUndefined();
    expect(optional.wrong).toBe("The ticket number is missing.");
    optional.setNumber("42");
    expect([optional.wrong, optional.take()]).toEqual([null, { number: "42", reason: "Patch window" }]);
  });

  it("is needed where it is required, and the last one stands there again", () => {
    const required = prompt("required");
    expect(required.take()).toBeUndefined();
    expect(prompt("required", null, "INC7").take()).toEqual({ number: "INC7", reason: "" });
  });

  it.each([
    ["INC[0-9]{4}", "INC1234", true],
    ["INC[0-9]{4}", "INC12345", false],
    ["INC[0-9]{4}", "xINC1234", false],
    ["a|b", "b", true],
    ["a|b", "ab", false],
    ["(", "anything", true],
  ])("pattern %s and number %s: %s", (pattern, number, good) => {
    const required = prompt("required", pattern);
    required.setNumber(number);
    expect(required.take() !== undefined).toBe(good);
    expect(required.wrong === null).toBe(good);
  });
});
