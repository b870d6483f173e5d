// Find session: every session, best match first.

import type { SessionRow } from "../api/gen";
import { byName } from "./tree";

export type Found = { session: SessionRow; path: string };

/** Sessions whose name, host or folders hold all words; better places first, then recent, then name. */
export function findSessions(all: readonly Found[], query: string): Found[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const scored: { found: Found; score: number }[] = [];
  for (const found of all) {
    const score = scoreOf(found, words);
    if (score !== null) scored.push({ found, score });
  }
  return scored.sort(better).map(({ found }) => found);
}

type Scored = { found: Found; score: number };

function better(a: Scored, b: Scored): number {
  const recent = (b.found.session.last_launched ?? 0) - (a.found.session.last_launched ?? 0);
  return b.score - a.score || recent || byName(a.found.session, b.found.session);
}

function scoreOf({ session, path }: Found, words: readonly string[]): number | null {
  let score = 0;
  for (const word of words) {
    const points = Math.max(
      pointsIn(session.name, word, 3),
      pointsIn(session.host, word, 2),
      pointsIn(path, word, 1),
    );
    if (points === 0) return null;
    score += points;
  }
  return score;
}

/** At the start of the text counts most, at the start of a word next, anywhere least. */
function pointsIn(text: string, word: string, weight: number): number {
  const at = text.toLowerCase().indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return weight * 10 + 5;
  return /[\s\-_./\\]/.test(text.charAt(at - 1)) ? weight * 10 + 2 : weight * 10;
}
