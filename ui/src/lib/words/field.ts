// Which rule a field of a form breaks, said beside that field.

import type { FieldRule } from "../api/gen";
import { unreachableCase } from "./message";

const LABELS: Record<string, string> = {
  name: "The name",
  host: "The host",
  port: "The port",
  size: "The window's size",
  gateway: "The RD Gateway",
  user: "The user name",
  typed_password: "The password",
  api_key: "The API key",
  account_address: "The address",
  person: "The person",
  region: "The region",
  connection: "The IT Glue account",
  organization: "The organization",
  target: "The password",
  password: "The password",
  record: "The password record",
  category: "The category",
  credential: "The credential entry",
  credentials: "The credential",
  allowed_hosts: "The allowed hosts",
  folder: "The folder",
  parent: "The folder",
  client: "The client mapping",
  choice: "The chosen password",
  sha256: "The fingerprint",
  vault: "The vault's name",
  administrator: "The name",
  passphrase: "The passphrase",
  current: "The passphrase",
  new: "The new passphrase",
  pin: "The PIN",
  kit: "The recovery kit",
  code: "The enrolment code",
  group: "The group",
  members: "The members",
  subject: "The person or group",
  grants: "The list of rights",
  pattern: "The pattern of ticket numbers",
  ticket: "The ticket number",
  reason: "The reason",
  idle_lock_minutes: "The idle limit",
  minutes: "The idle limit",
  to: "The folder",
  approval: "The approval policy",
};

/** What a field is called on screen. */
export function fieldLabel(field: string): string {
  return LABELS[field] ?? "This field";
}

/** What is wrong with a field, and what would be right. */
export function fieldMessage(field: string, rule: FieldRule): string {
  const label = fieldLabel(field);
  switch (rule) {
    case "required":
      return `${label} is missing.`;
    case "too_long":
      return `${label} is too long. Shorten it.`;
    case "unsafe":
      return `${label} contains line breaks or control characters. Type it again without them.`;
    case "not_a_host":
      return "This is not a host name or address. Use a name like srv01.contoso.com or an address like 10.0.0.5, without spaces and without a leading - or /.";
    case "not_a_port":
      return "A port is a number from 1 to 65535. RDP usually listens on 3389.";
    case "not_a_size":
      return "Width and height are 200 to 8192 pixels each.";
    case "not_a_host_pattern":
      return "Use one per line: a host name, *.domain, or a network such as 10.0.0.0/24.";
    case "other_organization":
      return "The folder is mapped to another organization. Choose that organization, or another folder.";
    case "not_mapped":
      return "The folder is not mapped to an organization. Map it, or choose a client folder.";
    case "not_a_key":
      return "This does not look like an IT Glue API key. Keys start with ITG. and are shown only once, when they are made.";
    case "not_an_app_url":
      return "This is not an address of IT Glue's app. Paste one like https://yourcompany.eu.itglue.com, or the API key itself.";
    case "in_use":
      return `${label} is still in use. Remove what uses it first.`;
    case "no_credential":
      return "There is no credential here. Choose a credential entry, or set one on the folder.";
    case "choice_missing":
      return "Choose a password from the list first.";
    case "out_of_scope":
      return `${label} lies outside what this entry may use.`;
    case "too_weak":
      return field === "pin" ? "Choose a PIN of six digits or more that is harder to guess." : `${label} is too easy to guess. Use four or more words that do not belong together.`;
    case "other_shape":
      return `${label} does not have the shape that is asked for.`;
    case "not_a_pattern":
      return "This is not a regular expression. Use one like INC[0-9]{6}, or leave it empty.";
    case "last_administrator":
      return "They are the last administrator who can come in. Make somebody else one first.";
    case "circle":
      return "A folder cannot lie within itself. Choose another folder.";
    case "not_minutes":
      return "Type a whole number of minutes. Only an administrator makes the vault's limit longer.";
    case "not_applicable":
      return `${label} does not apply here.`;
    default:
      return unreachableCase(rule);
  }
}
