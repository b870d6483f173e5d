// What verifying the audit log found.

import type { AuditVerdict } from "../api/gen";
import { number } from "./names";

/** What verifying the log found. */
export function verdictMessage({ good, rows, first_bad, fault, signed_to, unsigned, anchored }: AuditVerdict): { tone: "good" | "bad"; title: string; text: string } {
  const tail = unsigned === 0 ? "Every row is signed." : `Rows up to ${number(signed_to)} are signed; the newest ${number(unsigned)} are not signed yet, which is usual until the next signature.`;
  if (good) return { tone: "good", title: `All ${number(rows)} rows are as they were written`, text: `${tail}${endText(anchored)}` };
  const where = first_bad === null ? "" : ` It begins at row ${number(first_bad)}.`;
  return { tone: "bad", title: "The log is not as it was written", text: `${faultText(fault)}${where} Rows before that still hold.` };
}

/** Whether rows may be missing at the end. */
function endText(anchored: boolean | null): string {
  if (anchored === null) return " The keyring does not say where the log ended, so rows at the end may be missing.";
  return anchored ? "" : " This computer has never noted where the log ended, so rows at the end may be missing.";
}

const FAULT_TEXTS: Record<string, string> = {
  other_vault: "It belongs to another vault.",
  missing: "A row is missing, or stands where another one stood.",
  changed: "A row was changed, or follows another row than the one before it.",
  unreadable: "A row does not open: Usher did not write it.",
  signature_wrong: "A signature is not that person's, or not of these rows.",
  cut_short: "Rows at the end are missing: it is an older copy, or was cut off.",
  rewritten: "The rows are not the ones that this computer remembers.",
};

export const LOG_FAULTS = Object.keys(FAULT_TEXTS);

function faultText(fault: string | null): string {
  return fault === null ? "A row does not hold." : (FAULT_TEXTS[fault] ?? `${capital(fault.replaceAll("_", " "))}.`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
