// Which passwords to change in IT Glue after somebody left. No cell is blank: what is not known is said.

import type { CredentialRow, RotationRow, RotationWhy } from "../api/gen";
import { unreachableCase } from "./message";

/** Why a password has to be changed. */
export function rotationWhy(why: RotationWhy): string {
  switch (why) {
    case "launched":
      return "Launched with it";
    case "seen":
      return "Saw or copied it";
    case "could_pick":
      return "Could choose it";
    default:
      return unreachableCase(why);
  }
}

/** A row in words; `named` is whether one password is meant, by its name. */
export type RotationCells = { organization: string; password: string; named: boolean; entry: string; why: string };

/** The row in words. The entries say whether it is about a list of passwords, and which. */
export function rotationCells(row: RotationRow, entries: Iterable<CredentialRow>): RotationCells {
  const list = listOf(row, entries);
  return {
    organization: row.organization || "Not on record",
    password: list ?? (row.password || "One whose name is not on record"),
    named: list === null && row.password !== "",
    entry: row.entry || "An entry that is gone",
    why: rotationWhy(row.why),
  };
}

/** "Any password of the list of Contoso", with its category; `null` where one password is meant. */
function listOf(row: RotationRow, entries: Iterable<CredentialRow>): string | null {
  if (row.why !== "could_pick") return null;
  const whose = row.organization === "" ? "" : ` of ${row.organization}`;
  if (row.password === "") return `Any password of the list${whose}`;
  return isCategory(row, entries) ? `Any password of the list${whose} in the category ${row.password}` : null;
}

/** A list of one category comes with the category's name in the place of a password's. */
function isCategory({ organization, password, entry }: RotationRow, entries: Iterable<CredentialRow>): boolean {
  const led = [...entries].filter((one) => one.name === entry && one.organization.name === organization);
  const list = led.some(({ target }) => target.kind === "always_prompt_with_list" && target.category === password);
  return list && !led.some(({ target }) => target.kind === "specific" && target.name === password);
}

/** The list for a spreadsheet. Names only; Usher holds no passwords. */
export function rotationCsv(rows: readonly RotationRow[], entries: Iterable<CredentialRow>): string {
  const known = [...entries];
  const lines = rows.map((row) => {
    const { organization, password, entry, why } = rotationCells(row, known);
    return [organization, password, entry, why, row.last === null ? "" : new Date(row.last).toISOString()];
  });
  return [["Organization", "Password", "Entry", "Why", "Last"], ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Quoted; what a spreadsheet would run as a formula is made text, also behind blanks and in its wide signs. */
function cell(text: string): string {
  const harmless = /^[\t\r\n]|^[\s\p{Cc}\uFEFF]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
