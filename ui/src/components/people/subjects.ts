// People and groups as one choice.

import type { Roster } from "../../lib/api/people";
import type { SubjectRef } from "../../lib/api/gen";
import { keyOf } from "../../lib/rights/editor.svelte";
import type { Option } from "../shared/combobox";

/** Groups first: rights are better given to them. Who has left is not offered. */
export function subjectOptions({ people, groups }: Pick<Roster, "people" | "groups">): Option[] {
  const here = people.filter((person) => person.standing !== "revoked");
  return [
    ...groups.map((group) => ({ id: keyOf({ kind: "group", group: group.id }), label: group.name, note: `${group.members.length} in it`, group: "Groups" })),
    ...here.map((person) => ({ id: keyOf({ kind: "person", person: person.id }), label: person.name, note: person.administrator ? "Administrator" : undefined, group: "People" })),
  ];
}

/** The subject behind an option's id. */
export function subjectOf(key: string): SubjectRef {
  const id = key.slice(key.indexOf(":") + 1);
  return key.startsWith("group:") ? { kind: "group", group: id } : { kind: "person", person: id };
}
