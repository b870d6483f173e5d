// The invented broker's hosts: what each shows when somebody looks at it.

import type { CertificateRow, HostLook, May, SessionRow } from "../lib/api/gen";
import { NOW, YES } from "./data";

const DAY = 86_400_000;

export const certificate = (subject: string, seed: number, more: Partial<CertificateRow> = {}): CertificateRow => ({
  subject,
  issuer: subject,
  sha256: Array.from({ length: 64 }, (_, i) => ((i * 7 + seed * 13 + ((i * i) % 11)) % 16).toString(16)).join(""),
  not_before: NOW - 90 * DAY,
  not_after: NOW + 90 * DAY,
  publicly_trusted: false,
  ...more,
});

/** The one that was trusted half a year ago, where the host shows another one now. */
export const before = (subject: string): CertificateRow => certificate(subject, 4, { not_before: NOW - 200 * DAY, not_after: NOW - 20 * DAY });

/** Whether this person may trust a certificate, and whom to ask. */
export function trusting(technician: boolean): { trust: May; ask: string[] } {
  if (!technician) return { trust: YES, ask: [] };
  return { trust: { may: "no", why: { missing: "on_credential", right: "view_password" } }, ask: ["Mara Lindqvist", "Tom Reyes"] };
}

/** Every verdict, by session. */
export function lookAt({ id, host }: SessionRow, trusted: boolean, technician: boolean): HostLook {
  const subject = `CN=${host}`;
  const shown = certificate(subject, 3);
  if (trusted) return { is: "trusted", certificate: shown, takes: id === "s9" ? "tls" : "nla" };
  switch (id) {
    case "s1":
      return { is: "trusted", certificate: shown, takes: "nla" };
    case "s2":
      return { is: "public", certificate: { ...shown, issuer: "CN=R11, O=Let's Encrypt, C=US", publicly_trusted: true }, takes: "nla" };
    case "s4":
      return { is: "changed", shown, before: before(subject), takes: "nla", ...trusting(technician) };
    case "s5":
      return { is: "unreachable", failure: { code: "unreachable", detail: { of: "fault", fault: "host_timed_out" } } };
    case "s6":
      return { is: "unreachable", failure: { code: "refused_by_host", detail: { of: "fault", fault: "host_standard_security" } } };
    default:
      return { is: "unknown", shown, takes: id === "s9" ? "tls" : "nla", ...trusting(technician) };
  }
}
