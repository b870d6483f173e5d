// The facts beside a row of the audit log, as people say them.

import { lasting } from "./time";
import { undoneWords } from "./undo";

/** Lists of closed words, as they stand in the log: "allowed_hosts,name". */
const list = (value: string): string => value.split(",").map(plain).join(", ");
const plain = (value: string): string => value.trim().replaceAll("_", " ");

/** How each fact reads; one without a phrase is said as its name and value. */
const FACTS: Record<string, (value: string) => string> = {
  lasted_s: (value) => `lasted ${lasting(Number(value))}`,
  record_name: (value) => `record ${value}`,
  username: (value) => `as ${value}`,
  person: (value) => `for ${value}`,
  sha256: (value) => `fingerprint ${value.slice(0, 16)}…`,
  reason: plain,
  why: plain,
  ticket: (value) => `ticket ${value}`,
  ticket_reason: (value) => `“${value}”`,
  fields: (value) => `changed ${list(value)}`,
  to: (value) => `to ${value}`,
  rights: (value) => (value === "" ? "no rights" : list(value)),
  by: (value) => `by ${plain(value)}`,
  of: (value) => `a copy of ${value}`,
  administrator: (value) => (value === "true" ? "administrator" : "no administrator"),
  added: (value) => `with ${list(value)}`,
  removed: (value) => `without ${list(value)}`,
  undone: (value) => undoneWords(value).replace(/\.$/, ""),
  scope: (value) => plain(value),
  things: (value) => (value === "1" ? "1 entry or folder" : `${value} entries and folders`),
  rows: (value) => (value === "1" ? "1 row" : `${value} rows`),
  signed_to: (value) => `signed up to row ${value}`,
  first_bad: (value) => `first bad row ${value}`,
};

/** One fact of a row. */
export function auditFact(name: string, value: string): string {
  return FACTS[name]?.(value) ?? `${plain(name)} ${value}`;
}
