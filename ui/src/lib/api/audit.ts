// What is asked of the audit log.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { At, AuditFilter, AuditVerdict, ExportFormat, Reply } from "./gen";

export type AuditPage = Pick<Extract<Reply, { reply: "audit" }>, "rows" | "unsigned_from">;
export type Exported = Pick<Extract<Reply, { reply: "exported" }>, "text" | "name">;
export type Report = Pick<Extract<Reply, { reply: "report" }>, "csv" | "html" | "rows" | "verdict">;

/** Rows before `before` that fit, newest first. */
export async function audit(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
  return expectReply(await ask({ ask: "audit", filter, before, limit }), "audit");
}

/** Walks the whole chain and its signatures. */
export async function auditVerify(): Promise<AuditVerdict> {
  return expectReply(await ask({ ask: "audit_verify" }), "audit_verdict").verdict;
}

export async function auditExport(filter: AuditFilter, format: ExportFormat): Promise<Exported> {
  return expectReply(await ask({ ask: "audit_export", filter, format }), "exported");
}

/** What was done for one organization between two moments. */
export async function clientReport(connection: string, organization: string, from: At | null, to: At | null): Promise<Report> {
  return expectReply(await ask({ ask: "client_report", organization, connection, from, to }), "report");
}
