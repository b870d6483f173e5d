// A client that the person starts themselves: what to do where.

export type Steps = { client: string; steps: string };

/** Said over the one-time credential. */
export const BY_HAND_ABOUT = "Any RDP client on this machine can open the session with this one-time sign-in. It works once, and not after three wrong tries; elsewhere and afterwards it is worth nothing.";

export const BY_HAND_STEPS: readonly Steps[] = [
  { client: "Remmina", steps: "New connection, protocol RDP. Put in the address as server, then this user name and password; no domain." },
  { client: "mstsc", steps: "Put in the address as computer and connect. Type or paste this user name and password when it asks." },
  { client: "Windows App", steps: "Add a PC, with the address as its name. Connect, and paste this user name and password when it asks." },
];

/** The client meets Usher, not the host. */
export const BY_HAND_CERTIFICATE = "If the client asks about a certificate, it is Usher's own on this machine; Usher has checked the host's.";

/** "1:52". */
export function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The seconds were not enough. */
export function overText(seconds: number): string {
  return `No client signed in within ${seconds} seconds, so the one-time sign-in was withdrawn. No password was fetched or sent.`;
}
