// What the forms' selects offer, made from the snapshot.

import type { AccountRow, CredentialRow, FolderRow } from "../../lib/api/gen";
import { byName } from "../../lib/vault/tree";
import type { Vault } from "../../lib/vault/vault.svelte";
import type { Option } from "../shared/combobox";

/** The choice that opens the fields of a new account. */
export const ADD_ACCOUNT = "+add";

export const accountOptions = (accounts: readonly AccountRow[]): Option[] =>
  accounts.map((account) => ({ id: account.id, label: account.name, note: account.region_label }));

/** Every folder by its path; those inside `without` are left out. */
export function folderOptions(vault: Vault, without: string | null = null): Option[] {
  const rows = vault.data.folders.filter((folder) => without === null || !isInside(vault, folder, without));
  return rows
    .map((folder) => ({
      id: folder.id,
      label: vault.path(folder.id).join(" / ") || folder.name,
      note: folder.client?.organization.name,
    }))
    .sort((a, b) => (a.id === vault.root?.id ? -1 : b.id === vault.root?.id ? 1 : a.label.localeCompare(b.label)));
}

function isInside(vault: Vault, folder: FolderRow, outer: string): boolean {
  let at: FolderRow | undefined = folder;
  while (at !== undefined) {
    if (at.id === outer) return true;
    at = at.parent === null ? undefined : vault.folders.get(at.parent);
  }
  return false;
}

/** Credential entries, those of the folder's own client first. The broker says which may be linked. */
export function credentialOptions(vault: Vault, folder: string): Option[] {
  const client = vault.clientFolderOf(folder);
  const own = (row: CredentialRow): boolean =>
    client !== null && vault.clientFolderOf(row.folder)?.id === client.id;
  const rows = [...vault.data.credentials].sort(byName);
  const first = rows.filter(own).map((row) => credentialOption(row, client?.name));
  const rest = rows
    .filter((row) => !own(row))
    .map((row) => credentialOption(row, vault.clientFolderOf(row.folder)?.name ?? "Elsewhere"))
    .sort((a, b) => (a.group ?? "").localeCompare(b.group ?? ""));
  return [...first, ...rest];
}

function credentialOption(row: CredentialRow, group: string | undefined): Option {
  const note = row.target.kind === "specific" ? (row.target.username ?? "One password") : "Always prompts";
  return { id: row.id, label: row.name, note, group };
}
