import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";

const rights = vi.hoisted(() => ({ undo: vi.fn(), duplicate: vi.fn() }));
const broker = vi.hoisted(() => ({ snapshot: vi.fn(), listenToBroker: vi.fn(), deleteSession: vi.fn(), deleteFolder: vi.fn() }));
vi.mock("../api/rights", () => rights);
vi.mock("../api/commands", () => broker);

const { App } = await import("./app.svelte");

/** An open vault that says what Undo would take back. */
async function open(undo: string | null): Promise<InstanceType<typeof App>> {
  const app = new App();
  broker.snapshot.mockResolvedValue({ ...app.vault.data, undo });
  await app.vault.open();
  return app;
}
const labels = (app: InstanceType<typeof App>): string[] => app.toasts.list.flatMap((toast) => toast.actions.map((action) => action.label));

beforeEach(() => {
  vi.resetAllMocks();
  broker.listenToBroker.mockResolvedValue(() => undefined);
  rights.undo.mockResolvedValue("moved");
});

describe("Undo", () => {
  it("is offered once, by the newest message, and goes when it is used", async () => {
    const app = await open("moved");
    await app.edited("Moved DC01", "moved");
    await app.edited("Moved DC02", "moved");
    expect([labels(app), app.toasts.list.map((toast) => toast.message.title)]).toEqual([["Undo"], ["Moved DC02"]]);
    broker.snapshot.mockResolvedValue({ ...app.vault.data, undo: null });
    await app.undo();
    expect(rights.undo).toHaveBeenCalledTimes(1);
    expect(app.toasts.list.map((toast) => [toast.message.title, toast.message.text])).toEqual([["Taken back", "The move."]]);
    await app.undo();
    expect(rights.undo).toHaveBeenCalledTimes(1);
  });

  it.each([["nothing", null], ["another edit", "session_deleted"]])("is not offered where it would take back %s", async (_, undo) => {
    const app = await open(undo);
    await app.edited("Moved DC01", "moved");
    expect([labels(app), app.toasts.list[0]?.message.title]).toEqual([[], "Moved DC01"]);
  });

  it("is never offered after a change of rights or a lock, and no longer by the message of an older edit", async () => {
    const app = await open("moved");
    await app.edited("Moved DC01", "moved");
    expect(labels(app)).toEqual(["Undo"]);
    await app.changed("Locked the whole vault for technicians");
    expect([labels(app), app.toasts.list.map((toast) => toast.message.title)]).toEqual([[], ["Locked the whole vault for technicians"]]);
  });

  it("is no longer offered by the message of an older edit once something else is saved", async () => {
    const app = await open("moved");
    await app.edited("Moved DC01", "moved");
    await app.saved("session", "s1");
    expect(labels(app)).toEqual([]);
  });

  it("is offered after a deletion by its own word", async () => {
    const app = await open("session_deleted");
    await app.remove("session", "s1", "DC01");
    expect(labels(app)).toEqual(["Undo"]);
    await app.remove("folder", "f1", "Contoso");
    expect(labels(app)).toEqual([]);
  });

  it("that is refused says that nothing was taken back", async () => {
    rights.undo.mockRejectedValue(new Refusal({ code: "conflict", detail: { of: "plain" } }));
    const app = await open("moved");
    await app.undo();
    expect(app.toasts.list[0]?.message.undone).toBe("Nothing was taken back.");
  });
});
