// The searchable select's data: what it offers, what matches, where its popup goes.

export type Option = { id: string; label: string; note?: string; group?: string };

/** More rows than these are not drawn; the person types to narrow them down. */
export const SHOWN = 200;

/** Options that hold every typed word, in label or note. */
export function matching(options: readonly Option[], typed: string): Option[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, note = "", group = "" }) => {
    const text = `${label} ${note} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export type Spot = { left: number; top: number; width: number; height: number };

/** Below the field where there is room, else above it. */
export function popupSpot(field: DOMRect, wanted: number, viewport: number): Spot {
  const below = viewport - field.bottom - 12;
  const above = field.top - 12;
  const under = below >= Math.min(wanted, 160) || below >= above;
  const height = Math.min(wanted, under ? below : above, 300);
  const top = under ? field.bottom + 4 : field.top - 4 - height;
  return { left: field.left, top, width: field.width, height };
}
