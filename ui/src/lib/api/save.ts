// Files: the shell asks the person where to, and writes them. The window learns whether it was done.

import { Refusal } from "./error";
import { commands, type AuditFilter, type ExportFormat, type FileKind, type Saved } from "./gen";

/** Saves a text that the window made, under a name without ending; answers where, `null`: cancelled. */
export async function saveText(name: string, kind: FileKind, text: string, open = false): Promise<string | null> {
  return written(await commands.saveText(name, kind, text, open));
}

/** Writes what fits the filter from the log to a file, which is on record itself. */
export async function saveAudit(filter: AuditFilter, format: ExportFormat): Promise<string | null> {
  return written(await commands.saveAudit(filter, format));
}

function written(saved: Saved): string | null {
  if (saved.saved === "failed") throw new Refusal(saved.failure);
  return saved.saved === "written" ? saved.path : null;
}
