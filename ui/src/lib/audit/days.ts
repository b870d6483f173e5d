// Days as date fields have them, and as moments: a day begins at midnight here.

/** Milliseconds at the beginning of the day `by` days later; `null` for no day. */
export function dayStart(day: string, by = 0): number | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(year + month + date)) return null;
  return new Date(year, month - 1, date + by).getTime();
}

/** "2026-11-21" of the moment's day, `by` days later; empty for none. */
export function dayText(at: number | null, by = 0): string {
  if (at === null) return "";
  const then = new Date(at);
  const day = new Date(then.getFullYear(), then.getMonth(), then.getDate() + by);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
