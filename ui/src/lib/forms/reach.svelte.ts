// How far an entry that prompts with a list would reach, said before it is saved.

import * as broker from "../api/rights";
import type { CredentialForm, ReachRow } from "../api/gen";

export class DraftReach {
  row = $state.raw<ReachRow | null>(null);
  #asked = "";

  /** Asks for a draft that is complete and prompts with a list; the newest question counts. */
  async of(folder: string, form: CredentialForm | null): Promise<void> {
    const list = form !== null && form.target.kind === "always_prompt_with_list" ? form : null;
    const asked = list === null ? "" : JSON.stringify([folder, list.connection, list.organization, list.target]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.row = null;
    if (list === null) return;
    try {
      const row = await broker.reach({ kind: "draft", folder, form: { ...list, name: list.name || "-" } });
      if (asked === this.#asked) this.row = row;
    } catch {
      // It is a courtesy: where the reach cannot be had, saving says what stands in its way.
    }
  }
}
