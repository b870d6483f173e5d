// How a launch looks in a list: what needs attention stands out.

import type { RunRow } from "../api/gen";
import { endedWell } from "../words/run";

export type RunTone = "active" | "coming" | "stuck" | "failed" | "over";

export function toneOf({ state }: RunRow): RunTone {
  switch (state.state) {
    case "active":
    case "desktop_only":
      return "active";
    case "waiting_for_client":
    case "signing_in":
      return "coming";
    case "dropped":
    case "needs_unlock":
      return "stuck";
    case "ended":
      return endedWell(state.end) ? "over" : "failed";
  }
}

/** Whether it has not ended. */
export const isLive = (run: RunRow): boolean => run.state.state !== "ended";

/** Whether its host shows a desktop. */
export const isUp = ({ state }: Pick<RunRow, "state">): boolean => state.state === "active" || state.state === "desktop_only";

/** Whether it has a window that Usher knows of. */
export const hasWindow = (run: RunRow): boolean => isLive(run) && !run.by_hand;
