// The invented broker's audit log: filtered, verified, written out.

import type { AuditFilter, AuditRow, AuditVerdict, ReportRow, Reply, Request } from "../lib/api/gen";
import type { Came, Deed } from "../lib/words/report";
import { AUDIT, CREDENTIALS, NOW, SESSIONS } from "./data";

type Of<K extends Request["ask"]> = Extract<Request, { ask: K }>;
export type AuditRequest = Of<"audit" | "audit_verify" | "audit_export" | "client_report">;

const GOOD: AuditVerdict = { rows: 412, good: true, first_bad: null, fault: null, signed_to: 409, unsigned: 3, anchored: true };
const BAD: AuditVerdict = { rows: 412, good: false, first_bad: 407, fault: "changed", signed_to: 406, unsigned: 6, anchored: true };
const HOUR = 3_600_000;
const PEOPLE: Record<string, string> = { h1: "Mara Lindqvist", h2: "Jonas Brandt" };

const NAMES = new Map([
  ...SESSIONS.map((row) => [JSON.stringify({ kind: "session", session: row.id }), row.name] as const),
  ...CREDENTIALS.map((row) => [JSON.stringify({ kind: "credential", credential: row.id }), row.name] as const),
]);

const reported = (at: number, what: Deed, outcome: Came, more: Partial<ReportRow> = {}): ReportRow => ({ person: "Mara Lindqvist", at, what, on: "Domain admin", host: "", account: "CORP\\adm-northstar", ticket: "", reason: "", outcome, seconds: null, ...more });
const ON_DC = { on: "PRG-DC01", host: "prg-dc01.corp.contoso.com" };
const ON_TS = { person: "Jonas Brandt", on: "TS-01 accounting", host: "10.20.4.11", account: "CORP\\svc-print" };

/** One row of each kind that the broker makes, with each thing that can come of it. */
const REPORT: ReportRow[] = [
  reported(NOW - 50 * HOUR, "password_shown", "released", { ticket: "INC20380" }),
  reported(NOW - 49 * HOUR, "password_copied", "denied", { person: "Jonas Brandt", account: "" }),
  reported(NOW - 26 * HOUR, "launch", "refused", { ...ON_TS, ticket: "INC20398", reason: "Printer queue" }),
  reported(NOW - 25 * HOUR, "typed_by_person", "signed_in", { ...ON_TS, ticket: "INC20398", reason: "Printer queue", seconds: 312 }),
  reported(NOW - 4 * HOUR, "launch", "failed", { ...ON_DC, account: "" }),
  reported(NOW - 2 * HOUR, "launch", "signed_in", { ...ON_DC, ticket: "INC20417", reason: "Patch window", seconds: 1840 }),
  reported(NOW - HOUR / 4, "launch", "open", ON_DC),
];

export function answerAudit(request: AuditRequest, scene: string): Reply {
  switch (request.ask) {
    case "audit":
      return { reply: "audit", rows: request.before === null ? AUDIT.filter((row) => fits(row, request.filter)) : [], unsigned_from: 410 };
    case "audit_verify":
      return { reply: "audit_verdict", verdict: scene === "tampered" ? BAD : GOOD };
    case "audit_export":
      return { reply: "exported", text: JSON.stringify(AUDIT[0]) };
    case "client_report":
      return { reply: "report", report: { csv: "person,at\r\n", html: "<!doctype html><title>Report</title><h1>Contoso</h1><p>3 rows</p>", rows: REPORT, verdict: GOOD } };
  }
}

function fits(row: AuditRow, filter: AuditFilter): boolean {
  const host = row.details.find((detail) => detail.name === "host")?.value;
  return (
    (filter.person === null || row.person === PEOPLE[filter.person]) &&
    (filter.entry === null || row.on === NAMES.get(JSON.stringify(filter.entry))) &&
    (filter.on === null || row.on.toLowerCase().includes(filter.on.toLowerCase())) &&
    (filter.host === null || host === filter.host) &&
    (filter.what === null || row.what === filter.what) &&
    (filter.from === null || (row.at ?? 0) >= filter.from) &&
    (filter.to === null || (row.at ?? 0) < filter.to)
  );
}
