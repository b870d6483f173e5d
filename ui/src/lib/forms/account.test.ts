import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { AccountRow, Failure, Region } from "../api/gen";
import { hostOf, looksLikeAddress } from "./address";

const broker = vi.hoisted(() => ({ addAccount: vi.fn(), replaceKey: vi.fn(), readAccountAddress: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { AccountForm } = await import("./account.svelte");

// A key's shape, made anew in each run.
const KEY = `ITG.${crypto.randomUUID()}`;
const ADDRESS = "https://contoso.eu.itglue.com/4001/passwords";
const ACCOUNT = { id: "a1", name: "Northstar", region: "eu" } as AccountRow;
const refused = (failure: Failure): Refusal => new Refusal(failure);

beforeEach(() => {
  vi.clearAllMocks();
  broker.readAccountAddress.mockResolvedValue("eu");
  broker.addAccount.mockResolvedValue({ account: ACCOUNT, organizations: 40 });
  broker.replaceKey.mockResolvedValue({ account: ACCOUNT, organizations: 40 });
});

describe("a key or an address", () => {
  it.each(["https://contoso.eu.itglue.com/1", "app.itglue.com", "APP.AU.ITGLUE.COM", "https://example.com/", "  contoso.itglue.com  "])("%s is an address", (text) => {
    expect(looksLikeAddress(text)).toBe(true);
  });

  it.each([KEY, "", "ITG.", "abc.def", `${ADDRESS} ${KEY}`, `https://${KEY}.itglue.com`])("%s is not", (text) => {
    expect(looksLikeAddress(text)).toBe(false);
  });

  it("is named by its host alone", () => {
    expect(hostOf("https://ada:pw@Contoso.eu.itglue.com:443/4001?a=b#c")).toBe("contoso.eu.itglue.com");
    expect(hostOf(" app.itglue.com ")).toBe("app.itglue.com");
  });
});

describe("the form of a new account", () => {
  it("takes the region from a pasted address, and empties the field for the key", async () => {
    const form = new AccountForm();
    await form.setKey(ADDRESS);
    expect(broker.readAccountAddress).toHaveBeenCalledWith(ADDRESS);
    expect(form.region).toBe("eu");
    expect(form.key).toBe("");
    expect(form.read).toEqual({ host: "contoso.eu.itglue.com", region: "eu" });
  });

  it("never sends a key as an address", async () => {
    const form = new AccountForm();
    await form.setKey(KEY);
    await form.setKey(`${KEY} https://app.itglue.com`);
    expect(broker.readAccountAddress).not.toHaveBeenCalled();
  });

  it("says at the field that an address is none of IT Glue's, and keeps the region", async () => {
    broker.readAccountAddress.mockRejectedValue(refused({ code: "invalid", detail: { of: "field", field: "account_address", rule: "not_an_app_url" } }));
    const form = new AccountForm();
    await form.setKey("https://itglue.com.evil.example/");
    expect(form.errors.of("api_key")).toContain("not an address of IT Glue's app");
    expect(form.errors.message).toBeNull();
    expect([form.region, form.read]).toEqual(["us", null]);
  });

  it("reads an address on saving too, and sends no key then", async () => {
    const form = new AccountForm();
    form.name = "Northstar";
    form.key = "https://support.example/";
    expect(await form.save()).toBe(false);
    expect(broker.readAccountAddress).toHaveBeenCalledTimes(1);
    expect(broker.addAccount).not.toHaveBeenCalled();
    expect(form.errors.of("api_key")).toBe("The API key is missing.");
  });

  it("drops the answer about an address when a key was pasted meanwhile", async () => {
    let late: (region: Region) => void = () => undefined;
    broker.readAccountAddress.mockReturnValue(new Promise((resolve) => (late = resolve)));
    const form = new AccountForm();
    const reading = form.setKey(ADDRESS);
    await form.setKey(KEY);
    late("eu");
    await reading;
    expect([form.key, form.region, form.read]).toEqual([KEY, "us", null]);
  });

  it("no longer says where the region came from when another one is picked", async () => {
    const form = new AccountForm();
    await form.setKey(ADDRESS);
    form.setRegion("au");
    expect(form.read).toBeNull();
  });

  it("sends name, region and key, and forgets the key", async () => {
    const form = new AccountForm();
    form.name = " Northstar ";
    await form.setKey(ADDRESS);
    await form.setKey(` ${KEY} `);
    expect(await form.save()).toBe(true);
    expect(broker.addAccount).toHaveBeenCalledWith("Northstar", "eu", KEY);
    expect([form.key, form.connected?.organizations]).toEqual(["", 40]);
  });

  it("asks for name and key before it asks IT Glue", async () => {
    const form = new AccountForm();
    expect(await form.save()).toBe(false);
    expect([form.errors.of("name"), form.errors.of("api_key")]).toEqual(["The name is missing.", "The API key is missing."]);
    expect(broker.addAccount).not.toHaveBeenCalled();
  });
});

describe("replacing a key", () => {
  it("keeps the account's region, whatever address is pasted", async () => {
    broker.readAccountAddress.mockResolvedValue("us");
    const form = new AccountForm(ACCOUNT);
    await form.setKey("https://app.itglue.com/");
    expect([form.region, form.read?.region]).toEqual(["eu", "us"]);
  });

  it("names the organizations that the new key does not see, and says that the old key stays", async () => {
    broker.replaceKey.mockRejectedValue(refused({ code: "conflict", detail: { of: "organizations", fault: "key_misses_organizations", names: ["Contoso", "Fabrikam"], count: 5 } }));
    const form = new AccountForm(ACCOUNT);
    await form.setKey(KEY);
    expect(await form.save()).toBe(false);
    expect(broker.replaceKey).toHaveBeenCalledWith("a1", KEY);
    expect(form.errors.message?.causes).toEqual(["Contoso", "Fabrikam", "and 3 more"]);
    expect(form.errors.message?.undone).toBe("The old key is still in place.");
    expect(form.key).toBe(KEY);
  });
});
