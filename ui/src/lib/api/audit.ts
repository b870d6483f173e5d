// What is asked of the audit log.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { At, AuditFilter, AuditVerdict, ClientReport, ExportFormat, Reply } from "./gen";
import { saveFile } from "./save";

export type AuditPage = Pick<Extract<Reply, { reply: "audit" }>, "rows" | "unsigned_from">;

/** Rows before `before` that fit, newest first. */
export async function audit(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
  return expectReply(await ask({ ask: "audit", filter, before, limit }), "audit");
}

/** Walks the whole chain and its signatures. */
export async function auditVerify(): Promise<AuditVerdict> {
  return expectReply(await ask({ ask: "audit_verify" }), "audit_verdict").verdict;
}

/** Writes what fits the filter to a file; answers its name. */
export async function auditExport(filter: AuditFilter, format: ExportFormat): Promise<string> {
  const { text, name } = expectReply(await ask({ ask: "audit_export", filter, format }), "exported");
  return saveFile(name, text);
}

/** What was done for one organization between two moments. */
export async function clientReport(connection: string, organization: string, from: At, to: At): Promise<ClientReport> {
  return expectReply(await ask({ ask: "client_report", organization, connection, from, to }), "report").report;
}
