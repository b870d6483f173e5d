// A list that waits for IT Glue's limit, and goes on by itself.

import type { PickerProgress } from "../api/gen";
import { number } from "./names";

/** "Waiting for IT Glue: 40 s (1,000 of 3,000 loaded)". */
export function waitingWords(seconds: number, progress: Pick<PickerProgress, "loaded" | "total">): string {
  return `Waiting for IT Glue: ${number(seconds)} s (${loadedWords(progress)})`;
}

function loadedWords({ loaded, total }: Pick<PickerProgress, "loaded" | "total">): string {
  if (total !== null) return `${number(loaded)} of ${number(total)} loaded`;
  return loaded === 0 ? "nothing loaded yet" : `${number(loaded)} loaded`;
}

/** Why it waits, and what the person can do meanwhile. */
export function waitingWhy(loaded: number): string {
  const meanwhile = loaded === 0 ? "" : "; you can choose meanwhile";
  return `The limit of requests is used up. The list goes on by itself${meanwhile}, and Cancel closes it.`;
}
