// What is asked of the audit log.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { At, AuditFilter, AuditVerdict, ClientReport, Reply } from "./gen";

export type AuditPage = Pick<Extract<Reply, { reply: "audit" }>, "rows" | "unsigned_from">;

/** Rows before `before` that fit, newest first. */
export async function audit(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
  return expectReply(await ask({ ask: "audit", filter, before, limit }), "audit");
}

/** Walks the whole chain and its signatures. */
export async function auditVerify(): Promise<AuditVerdict> {
  return expectReply(await ask({ ask: "audit_verify" }), "audit_verdict").verdict;
}

/** What was done for one organization between two moments. */
export async function clientReport(connection: string, organization: string, from: At, to: At): Promise<ClientReport> {
  return expectReply(await ask({ ask: "client_report", organization, connection, from, to }), "report").report;
}
