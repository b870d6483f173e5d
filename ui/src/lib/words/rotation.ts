// Which passwords to change in IT Glue after somebody left. No cell is blank: what is not known is said.

import type { RotationRow, RotationWhy } from "../api/gen";
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

/** The row in words. */
export function rotationCells(row: RotationRow): RotationCells {
  const list = listOf(row);
  return {
    organization: row.organization || "Not on record",
    password: list ?? (row.password || "One whose name is not on record"),
    named: list === null && row.password !== "",
    entry: row.entry || "An entry that is gone",
    why: rotationWhy(row.why),
  };
}

/** "Any password of the list of Contoso", with its category; `null` where one password is meant. */
function listOf({ list, organization, password }: RotationRow): string | null {
  if (!list) return null;
  const whose = organization === "" ? "" : ` of ${organization}`;
  const category = password === "" ? "" : ` in the category ${password}`;
  return `Any password of the list${whose}${category}; IT Glue could not be asked for their names`;
}
