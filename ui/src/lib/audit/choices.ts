// What the filter of the log offers to choose from.

import type { PersonRow } from "../api/gen";

type Choice = { id: string; label: string; note?: string };

/** People, those who still come in first. The log goes on about the others. */
export function whom(people: readonly PersonRow[]): Choice[] {
  const sorted = [...people].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return sorted.map(({ id, name, active }) => (active ? { id, label: name } : { id, label: name, note: "Disabled or offboarded" }));
}
