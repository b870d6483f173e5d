import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { AuditRow } from "../api/gen";

const broker = vi.hoisted(() => ({ audit: vi.fn(), auditVerify: vi.fn(), clientReport: vi.fn() }));
const files = vi.hoisted(() => ({ saveAudit: vi.fn(), saveText: vi.fn() }));
vi.mock("../api/audit", () => broker);
vi.mock("../api/save", () => files);
vi.mock("../api/commands", () => ({ organizations: vi.fn().mockResolvedValue([]) }));

const { AuditLog } = await import("./audit.svelte");
const { dayStart, dayText } = await import("./days");
const { ReportForm } = await import("./report.svelte");

const row = (number: number): AuditRow => ({ number, at: 0, person: "Ada", what: "launch", on: "DC01", outcome: "done", details: [], run: null });

beforeEach(() => {
  vi.resetAllMocks();
  broker.audit.mockResolvedValue({ rows: [row(2), row(1)], unsigned_from: 2 });
});

describe("the audit log", () => {
  it("an answer to an older filter is dropped", async () => {
    const answers: ((page: { rows: AuditRow[]; unsigned_from: null }) => void)[] = [];
    broker.audit.mockImplementation(() => new Promise((answer) => answers.push(answer)));
    const log = new AuditLog();
    const first = log.narrow({ person: "h1" });
    const second = log.narrow({ what: "launch" });
    answers[1]?.({ rows: [row(9)], unsigned_from: null });
    await second;
    answers[0]?.({ rows: [row(1)], unsigned_from: null });
    await first;
    expect(log.rows.map((one) => one.number)).toEqual([9]);
    expect(broker.audit.mock.lastCall?.[0]).toMatchObject({ person: "h1", what: "launch", host: null });
    expect([log.busy, log.filtered]).toEqual([false, true]);
  });

  it("exports what fits the filter", async () => {
    files.saveAudit.mockResolvedValueOnce("/home/a/audit.csv").mockResolvedValueOnce(null);
    const log = new AuditLog();
    await log.narrow({ host: "dc01" });
    expect([await log.export("csv"), await log.export("csv")]).toEqual(["/home/a/audit.csv", null]);
    expect([log.message, log.exporting]).toEqual([null, null]);
    expect(files.saveAudit).toHaveBeenCalledWith(expect.objectContaining({ host: "dc01" }), "csv");
  });

  it("a failed verification says so and keeps no verdict", async () => {
    broker.auditVerify.mockRejectedValue(new Refusal({ code: "timed_out", detail: { of: "plain" } }));
    const log = new AuditLog();
    await log.verify();
    expect([log.verdict, log.verifying, log.message?.title]).toEqual([null, false, "No answer in time"]);
  });

  it("keeps nothing when the vault is locked", async () => {
    const log = new AuditLog();
    await log.narrow({ person: "h1" });
    log.forget();
    expect([log.rows, log.filtered, log.verdict]).toEqual([[], false, null]);
  });
});

describe("days", () => {
  it("begin at midnight here; the last one is included by asking for the next", () => {
    expect(dayText(dayStart("2026-02-28"))).toBe("2026-02-28");
    expect(dayText(dayStart("2026-02-28", 1))).toBe("2026-03-01");
    expect(dayText(dayStart("2026-12-31", 1), -1)).toBe("2026-12-31");
    expect([dayStart(""), dayText(null)]).toEqual([null, ""]);
  });
});

describe("the client report", () => {
  it("needs an organization and days in order, and includes the last one", async () => {
    const form = new ReportForm("a1", "2026-11-20", "2026-11-01");
    await form.make();
    expect(form.errors.of("organization")).toBe("The organization is missing.");
    form.setOrganization({ id: "4000", name: "Contoso" });
    await form.make();
    expect(form.errors.of("to")).toBe("The last day lies before the first one.");
    expect(broker.clientReport).not.toHaveBeenCalled();
    broker.clientReport.mockResolvedValue({ csv: "", html: "", rows: [], verdict: {} });
    form.setDay("to", "2026-11-20");
    await form.make();
    expect(broker.clientReport).toHaveBeenCalledWith("a1", "4000", dayStart("2026-11-20"), dayStart("2026-11-21"));
    expect(form.report).not.toBeNull();
    await form.save("page");
    expect(files.saveText).toHaveBeenCalledWith("Contoso 2026-11-20 to 2026-11-20", "page", "", true);
  });
});
