// A session's host and port as one writes them.

import type { SessionRow } from "../api/gen";

/** "srv01.contoso.com:3389", "[2001:db8::5]:3389". */
export function addressOf({ host, port }: Pick<SessionRow, "host" | "port">): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
