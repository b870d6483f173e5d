// What the filter of the log offers to choose from.

import type { OrganizationRef, PersonRow, Snapshot } from "../api/gen";

type Choice = { id: string; label: string; note?: string };

/** People, those who still come in first. The log goes on about the others. */
export function whom(people: readonly PersonRow[]): Choice[] {
  const sorted = [...people].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return sorted.map(({ id, name, active }) => (active ? { id, label: name } : { id, label: name, note: "Disabled or offboarded" }));
}

/** Names an organization of an account: their ids may coincide. */
export function organizationKey({ connection, organization }: OrganizationRef): string {
  return JSON.stringify({ connection, organization });
}

/** The organizations that folders and entries know; those of two accounts say of which. */
export function organizationsOf({ folders, credentials, accounts }: Pick<Snapshot, "folders" | "credentials" | "accounts">): Choice[] {
  const account = new Map(accounts.map(({ id, name }) => [id, name]));
  const clients = [...folders.flatMap(({ client }) => client ?? []), ...credentials];
  const found = new Map(clients.map(({ connection, organization }) => [organizationKey({ connection, organization: organization.id }), { connection, label: organization.name }]));
  return [...found]
    .map(([id, { connection, label }]) => (account.size > 1 ? { id, label, note: account.get(connection) ?? "" } : { id, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
