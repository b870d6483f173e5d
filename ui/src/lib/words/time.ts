// Times and durations as people read them. All moments are milliseconds since 1970.

import type { At } from "../api/gen";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** "21 Nov 2026". */
export function onDay(at: At | null): string {
  return at === null ? "an unknown day" : DATE.format(at);
}

/** "21 Nov 2026, 10:18". */
export function atMoment(at: At | null): string {
  return at === null ? "an unknown time" : DATE_TIME.format(at);
}

/** "10:18". */
export function atClock(at: At | null): string {
  return at === null ? "" : CLOCK.format(at);
}

/** "just now", "5 min ago", "3 h ago", "2 days ago", then the day. */
export function ago(at: At | null, now: number): string {
  if (at === null) return "never";
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  const days = Math.floor(passed / DAY);
  if (days < 60) return days === 1 ? "yesterday" : `${days} days ago`;
  return onDay(at);
}

/** A length of time: "45 s", "12 min", "3 h 5 min". */
export function lasting(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
