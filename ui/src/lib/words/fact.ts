// The facts beside a row of the audit log, as people say them.

import { count } from "./names";
import { atMoment, lasting } from "./time";
import { undoneWords } from "./undo";

/** Lists of closed words, as they stand in the log: "allowed_hosts,name". */
const list = (value: string): string => value.split(",").map(plain).join(", ");
const plain = (value: string): string => value.trim().replaceAll("_", " ");

/** Folders, people, or the moments that an export or a report goes from and to. */
const endOf = (value: string): string => (/^\d{13}$/.test(value) ? atMoment(Number(value)) : value);

/** How each fact reads; one without a phrase is said as its name and value. */
const FACTS: Record<string, (value: string) => string> = {
  lasted_s: (value) => `lasted ${lasting(Number(value))}`,
  record_name: (value) => `record ${value}`,
  username: (value) => `as ${value}`,
  person: (value) => `for ${value}`,
  sha256: (value) => `fingerprint ${value.slice(0, 16)}…`,
  certificate: (value) => `certificate ${plain(value)}`,
  reason: plain,
  why: plain,
  ticket: (value) => `ticket ${value}`,
  ticket_reason: (value) => `“${value}”`,
  fields: (value) => `changed ${list(value)}`,
  from: (value) => `from ${endOf(value)}`,
  to: (value) => `to ${endOf(value)}`,
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
  report_rows: (value) => `${count(Number(value), "row")} in the report`,
  rotate: (value) => `${count(Number(value), "password")} to change`,
  grants: (value) => (value === "0" ? "no rights went with it" : `${count(Number(value), "grant")} of rights went with it`),
  organization_id: (value) => (value === "all" ? "all organizations" : `organization ${value}`),
  of_name: (value) => `only named “${value}”`,
  of_organization: (value) => `only organization ${value}`,
  of_what: (value) => `only ${plain(value)}`,
  signed_to: (value) => `signed up to row ${value}`,
  first_bad: (value) => `first bad row ${value}`,
};

/** One fact of a row. */
export function auditFact(name: string, value: string): string {
  return FACTS[name]?.(value) ?? `${plain(name)} ${value}`;
}
