// How each kind of entry is drawn.

import type { TreeRow } from "../../lib/vault/tree";
import type { IconName } from "../shared/icons";

export function iconOf(row: TreeRow): IconName {
  switch (row.kind) {
    case "folder":
      return row.folder.client === null ? "folder" : "building";
    case "session":
      return "monitor";
    case "credential":
      return row.credential.target.kind === "specific" ? "key" : "list";
  }
}
