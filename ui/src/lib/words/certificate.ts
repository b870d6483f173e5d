// A host's certificate, and what looking at a host has shown.

import type { CertificateRow, HostLook, HostTakes } from "../api/gen";
import { unreachableCase } from "./message";
import { onDay } from "./time";

/** The SHA-256 in groups of four digits, so that people can compare them aloud. */
export function fingerprintGroups(sha256: string): string[] {
  return sha256.match(/.{1,4}/g) ?? [];
}

/** Whether its days are over, or have not begun. */
export function dayTrouble({ not_before, not_after }: CertificateRow, now: number): string | null {
  if (not_after === null || not_after < now) return "Expired";
  return not_before !== null && not_before > now ? "Not valid yet" : null;
}

/** What the two have in common, as far as that helps to judge the change. */
export function changeWords(before: CertificateRow, shown: CertificateRow): string {
  if (before.subject !== shown.subject) return `The name in it is another one as well: “${shown.subject}” instead of “${before.subject}”.`;
  if ((shown.not_before ?? 0) > (before.not_before ?? 0)) {
    return `It is a newer one for the same name, valid from ${onDay(shown.not_before)}. Windows renews the certificate it signs itself about every six months; ask who looks after the host whether that is it.`;
  }
  return "It is for the same name, but not newer than the one that was trusted. A renewal does not look like that.";
}

export type LookWords = { tone: "good" | "warn" | "bad"; badge: string; text: string };

/** What a look at the host comes to, where it answered. */
export function lookWords(look: Exclude<HostLook, { is: "unreachable" }>): LookWords {
  switch (look.is) {
    case "trusted":
      return { tone: "good", badge: "Trusted", text: "The host shows the certificate that was trusted before." };
    case "public":
      return { tone: "good", badge: "Publicly valid", text: "A public authority vouches for this name, so nobody needs to trust it here." };
    case "unknown":
      return { tone: "warn", badge: "Not trusted yet", text: "Nobody has trusted this host's certificate so far. Compare the fingerprint with the host's own, then decide." };
    case "changed":
      return { tone: "bad", badge: "Changed", text: "The host shows another certificate than the one that was trusted. Launches stop before any password is sent." };
    default:
      return { tone: "warn", badge: "Not known", text: unreachableCase(look) };
  }
}

/** When and under what cover the host takes the password. */
export function takesWords(takes: HostTakes): string {
  switch (takes) {
    case "nla":
      return "Before a session begins (NLA)";
    case "tls":
      return "Inside TLS, with the session's first messages (no NLA)";
    default:
      return unreachableCase(takes);
  }
}
