// Short names of things: regions, kinds, counts.

import type { NotFoundWhat, PasswordAccess, Region } from "../api/gen";
import { unreachableCase } from "./message";

export const REGIONS: readonly Region[] = ["us", "eu", "au"];

/** The region with the host that its keys are for, so that nobody has to guess which is meant. */
export function regionName(region: Region): string {
  switch (region) {
    case "us":
      return "US / Global (api.itglue.com)";
    case "eu":
      return "Europe (api.eu.itglue.com)";
    case "au":
      return "Australia (api.au.itglue.com)";
    default:
      return unreachableCase(region);
  }
}

/** Whether a key has the Password Access box, as the account's card says it. */
export function passwordAccessWords(access: PasswordAccess): string {
  switch (access) {
    case "unknown":
      return "Not known yet";
    case "granted":
      return "Yes";
    case "missing":
      return "No";
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
    case "person":
      return "the person";
    case "group":
      return "the group";
    case "device":
      return "the device";
    case "source":
      return "the Source right";
    case "undo":
      return "the change to take back";
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
