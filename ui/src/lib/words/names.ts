// Short names of things: regions, kinds, counts.

import type { NotFoundWhat, PasswordAccess, Region } from "../api/gen";
import { unreachableCase } from "./message";

export const REGIONS: readonly Region[] = ["us", "eu", "au"];

/** The region as IT Glue names it. */
export function regionName(region: Region): string {
  switch (region) {
    case "us":
      return "United States";
    case "eu":
      return "Europe";
    case "au":
      return "Australia";
    default:
      return unreachableCase(region);
  }
}

/** Whether a key has the Password Access box, as the account's card says it. */
export function passwordAccessWords(access: PasswordAccess): string {
  switch (access) {
    case "unknown":
      return "Password Access: known after the first launch";
    case "granted":
      return "Password Access: yes";
    case "missing":
      return "Made without the Password Access box";
    default:
      return unreachableCase(access);
  }
}

/** What could not be found, with its article. */
export function thing(what: NotFoundWhat): string {
  switch (what) {
    case "session":
      return "the session";
    case "credential":
      return "the credential entry";
    case "folder":
      return "the folder";
    case "account":
      return "the IT Glue account";
    case "run":
      return "the running session";
    case "organization":
      return "the organization";
    case "password_record":
      return "the password record";
    case "certificate":
      return "the certificate";
    case "picker":
      return "the list";
    default:
      return unreachableCase(what);
  }
}

const NUMBER = new Intl.NumberFormat("en");

/** "1 organization", "3,000 passwords". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(n)} ${n === 1 ? one : many}`;
}

export const number = (n: number): string => NUMBER.format(n);
