import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { AccountRow, PersonKeyRow } from "../api/gen";

const broker = vi.hoisted(() => ({ setPersonKey: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { PersonKeyForm, withoutOwnKey } = await import("./person.svelte");

const KEY = `ITG.${crypto.randomUUID()}`;
const ADA = { id: "h1", name: "Ada", active: true };
const GRACE = { id: "h2", name: "Grace", active: true };
const GONE = { id: "h3", name: "Bob", active: false };
const ACCOUNT = { id: "a1", name: "Northstar", person_keys: [{ person: "h1", name: "Ada" } as PersonKeyRow] } as AccountRow;

beforeEach(() => {
  vi.clearAllMocks();
  broker.setPersonKey.mockResolvedValue({ account: ACCOUNT, organizations: 40 });
});

describe("a key of a person's own", () => {
  it("is offered to those who have none, and still come in", () => {
    expect(withoutOwnKey([ADA, GRACE, GONE], ACCOUNT)).toEqual([GRACE]);
  });

  it("needs a person and a key", async () => {
    const form = new PersonKeyForm(ACCOUNT);
    expect(await form.save()).toBeNull();
    expect([form.errors.of("person"), form.errors.of("api_key")]).toEqual(["The person is missing.", "The API key is missing."]);
    expect(broker.setPersonKey).not.toHaveBeenCalled();
  });

  it("goes to the broker once, and is forgotten", async () => {
    const form = new PersonKeyForm(ACCOUNT);
    form.setPerson("h2");
    form.setKey(` ${KEY} `);
    const [first, second] = await Promise.all([form.save(), form.save()]);
    expect(broker.setPersonKey.mock.calls).toEqual([["a1", "h2", KEY]]);
    expect([first?.organizations, second]).toEqual([40, null]);
    expect(form.key).toBe("");
  });

  it("is replaced for the person it belongs to", async () => {
    const form = new PersonKeyForm(ACCOUNT, ADA);
    expect(form.dirty).toBe(false);
    form.setKey(KEY);
    await form.save();
    expect(broker.setPersonKey).toHaveBeenCalledWith("a1", "h1", KEY);
  });

  it("that IT Glue refuses is said to be that person's, and stays to be corrected", async () => {
    broker.setPersonKey.mockRejectedValue(new Refusal({ code: "key_refused", detail: { of: "account", account: "Northstar", region: "eu", may_replace: true, ask: [], person: "Grace" } }));
    const form = new PersonKeyForm(ACCOUNT);
    form.setPerson("h2");
    form.setKey(KEY);
    expect(await form.save()).toBeNull();
    expect(form.errors.message?.text).toContain("Grace's own API key for the account “Northstar”");
    expect(form.errors.message?.undone).toBe("No key was added, replaced or removed.");
    expect([form.key, form.busy]).toEqual([KEY, false]);
  });
});
