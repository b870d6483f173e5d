// What is asked when the app is to close while sessions run.

/** So many are named; the others are counted. */
const NAMED = 4;

/** The question's title. */
export function closeTitle(sessions: number): string {
  return sessions === 1 ? "Close Usher and end the session?" : `Close Usher and end ${sessions} sessions?`;
}

/** What closing does. `names`: those of the sessions that are known; before the vault is open, none. */
export function closeText(sessions: number, names: readonly string[]): string {
  const run = sessions === 1 ? "1 session is running" : `${sessions} sessions are running`;
  const ends = sessions === 1 ? "Closing Usher ends it." : "Closing Usher ends them.";
  return `${run}${listed(sessions, names)}. ${ends}`;
}

function listed(sessions: number, names: readonly string[]): string {
  if (names.length === 0) return "";
  const named = names.slice(0, NAMED);
  const others = sessions - named.length;
  return `: ${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
}
