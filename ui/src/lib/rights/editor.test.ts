import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { GrantRow, RightsSheet } from "../api/gen";

const broker = vi.hoisted(() => ({ rights: vi.fn(), setRights: vi.fn(), lockPreview: vi.fn(), lockForTechnicians: vi.fn() }));
vi.mock("../api/rights", () => broker);

const { reachNow, RightsEditor } = await import("./editor.svelte");
const { Lockdown } = await import("./lockdown.svelte");

const OF = { kind: "credential", credential: "c1" } as const;
const ADA = { kind: "person", person: "h1" } as const;
const TECHS = { kind: "group", group: "g1" } as const;
const GRANTS: GrantRow[] = [
  { subject: ADA, name: "Ada", rights: ["view", "view_password", "edit"] },
  { subject: TECHS, name: "Technicians", rights: ["view"] },
];
const sheet = (more: Partial<RightsSheet> = {}): RightsSheet => ({ of: OF, inheritance: "inherits", inherited_from: "Vault", grants: GRANTS, people: [], approval: null, effective_approval: { launch: "auto", reveal: "verify" }, tickets: null, effective_tickets: { policy: "off", pattern: null }, may_change: { may: "yes" }, reach: null, below: null, ...more });

async function editing(more: Partial<RightsSheet> = {}): Promise<InstanceType<typeof RightsEditor>> {
  broker.rights.mockResolvedValue(sheet(more));
  const editor = new RightsEditor(OF);
  await editor.load();
  return editor;
}

beforeEach(() => vi.resetAllMocks());

describe("the rights of an entry", () => {
  it("own rights start as those that were inherited: nobody is shut out by the switch itself", async () => {
    const editor = await editing();
    expect(editor.dirty).toBe(false);
    editor.setInheritance("own");
    expect(editor.difference).toEqual([]);
    expect(editor.dirty).toBe(true);
    expect(editor.form().grants).toEqual(GRANTS.map(({ subject, rights }) => ({ subject, rights })));
  });

  it("inherited rights leave no own ones behind", async () => {
    const editor = await editing({ inheritance: "own" });
    editor.setInheritance("inherits");
    expect(editor.form()).toEqual({ inheritance: "inherits", grants: [], approval: null, tickets: null });
    expect(editor.dirty).toBe(true);
  });

  it("says who gains and who loses what", async () => {
    const editor = await editing({ inheritance: "own" });
    editor.toggle(TECHS, "edit");
    editor.toggle(ADA, "view_password");
    editor.add({ kind: "person", person: "h2" }, "Grace");
    expect(editor.difference).toEqual([
      { name: "Ada", gains: [], loses: ["view_password"] },
      { name: "Technicians", gains: ["edit"], loses: [] },
      { name: "Grace", gains: ["view"], loses: [] },
    ]);
    editor.remove(TECHS);
    expect(editor.difference[1]).toEqual({ name: "Technicians", gains: [], loses: ["view"] });
  });

  it("View goes first and last: the others need it", async () => {
    const editor = await editing({ inheritance: "own", grants: [{ subject: TECHS, name: "Technicians", rights: [] }] });
    expect(editor.shutsOut).toBe(true);
    editor.toggle(TECHS, "edit");
    expect(editor.grants[0]?.rights).toEqual(["view", "edit"]);
    editor.toggle(TECHS, "view");
    expect(editor.grants[0]?.rights).toEqual([]);
    expect(editor.form().grants).toEqual([]);
  });

  it("the same subject is not added twice; a person and a group of one id are two", async () => {
    const editor = await editing({ inheritance: "own" });
    editor.add(TECHS, "Technicians");
    editor.add({ kind: "person", person: "g1" }, "Somebody");
    expect(editor.grants.map((grant) => grant.name)).toEqual(["Ada", "Technicians", "Somebody"]);
  });

  it("toggled back is not a change", async () => {
    const editor = await editing({ inheritance: "own" });
    editor.toggle(TECHS, "edit");
    editor.toggle(TECHS, "edit");
    expect([editor.dirty, editor.difference]).toEqual([false, []]);
  });

  it("what cannot be saved stays, with the reason", async () => {
    broker.setRights.mockRejectedValue(new Refusal({ code: "invalid", detail: { of: "field", field: "pattern", rule: "not_a_pattern" } }));
    const editor = await editing();
    editor.tickets = { policy: "required", pattern: "(" };
    expect(await editor.save()).toBe(false);
    expect(editor.message?.text).toContain("regular expression");
    expect(editor.tickets.pattern).toBe("(");
    expect(broker.setRights).toHaveBeenCalledWith(OF, { inheritance: "inherits", grants: [], approval: null, tickets: { policy: "required", pattern: "(" } });
  });
});

describe("how far it reaches once it was saved", () => {
  const after = (more: Partial<RightsSheet>): Promise<string> => {
    broker.rights.mockResolvedValue(sheet(more));
    return reachNow(OF);
  };

  it("says it of an entry and of a folder's lists, and nothing where there is nothing to say", async () => {
    const people = ["Ada", "Bob", "Cy", "Eve"];
    expect(await after({ reach: { people, passwords: 12, organization: "Contoso" } })).toBe("4 people can now sign in with any of 12 passwords of Contoso.");
    expect(await after({ below: { people, lists: 3 } })).toBe("4 people can now sign in with passwords of the 3 lists in this folder.");
    expect(await after({ below: { people: ["Ada"], lists: 1 } })).toBe("1 person can now sign in with passwords of the one list in this folder.");
    expect(await after({})).toBe("");
  });

  it("says that it was not read where it was not: it is saved all the same", async () => {
    broker.rights.mockRejectedValue(new Refusal({ code: "timed_out", detail: { of: "plain" } }));
    expect(await reachNow(OF)).toContain("How far it reaches now was not read.");
  });
});

describe("Lock for technicians", () => {
  it("is not done before its preview was there", async () => {
    const lockdown = new Lockdown({ kind: "everything" });
    expect(await lockdown.apply()).toBe(false);
    expect(broker.lockForTechnicians).not.toHaveBeenCalled();
    broker.lockPreview.mockResolvedValue({ entries: 3, people: [] });
    await lockdown.load();
    expect(await lockdown.apply()).toBe(true);
    expect(broker.lockForTechnicians).toHaveBeenCalledWith({ kind: "everything" });
  });
});
