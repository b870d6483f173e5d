// The IT Glue credentials list: filtered and ranked by the broker, read page by page.
// The selection follows its record, never a position, so rows that stream in cannot move it.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { ChoiceRow, Failure, PickerPage, PickerProgress } from "../api/gen";
import { Countdown } from "../app/countdown.svelte";
import { notChoosable, type Purpose } from "../words/choice";

/** Rows asked for at a time. */
export const PAGE = 200;

/** Which organization of which account is listed, by id: what a record's page is asked for with. */
export type Listed = { connection: string; organization: string };

export type Opened = {
  picker: string;
  organization: string;
  host: string | null;
  purpose: Purpose;
  listed: Listed | null;
};

type Pages = ReadonlyMap<number, readonly ChoiceRow[]>;

export class Picker {
  readonly picker: string;
  readonly organization: string;
  /** Where the choice will be sent, for a launch. */
  readonly host: string | null;
  readonly purpose: Purpose;
  /** `null` where the entry that the list is for is not in sight. */
  readonly listed: Listed | null;
  /** Seconds until the list goes on, while IT Glue's limit holds it up. */
  readonly waiting = new Countdown();

  query = $state("");
  /** What was typed last is not answered yet: nothing may be accepted. */
  busy = $state(true);
  failure = $state.raw<Failure | null>(null);
  matching = $state(0);
  progress = $state.raw<PickerProgress>();
  index = $state(-1);
  selected = $state.raw<ChoiceRow | null>(null);
  /** Tells the view that rows came in above the selection: scroll along by this many. */
  onShift: (rows: number) => void = () => undefined;

  #pages = $state.raw<Pages>(new Map());
  #asked = 0;
  #fresh = true;
  #first = 0;
  #last = 0;
  #closed = false;

  constructor(opened: Opened) {
    this.picker = opened.picker;
    this.organization = opened.organization;
    this.host = opened.host;
    this.purpose = opened.purpose;
    this.listed = opened.listed;
  }

  rowAt(index: number): ChoiceRow | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Why the selected row cannot be chosen, or `null`. */
  get refusal(): string | null {
    return this.selected === null ? null : notChoosable(this.selected, this.purpose);
  }

  /** What OK would take: only a row that answers what is typed now, and that can be chosen. */
  get choice(): ChoiceRow | null {
    return this.busy || this.refusal !== null ? null : this.selected;
  }

  /** A new query: the best row that can be chosen is selected anew. */
  async type(query: string): Promise<void> {
    this.query = query;
    this.#fresh = true;
    this.busy = true;
    this.#first = 0;
    this.#last = 0;
    await this.reload();
  }

  /** The broker told of the list: rows came, or a wait began (perhaps as long as the one before). */
  async heard(progress: PickerProgress | null): Promise<void> {
    if (progress !== null && progress.waiting_seconds !== null) this.waiting.set(progress.waiting_seconds);
    await this.reload();
  }

  /** Asks again for what is in sight; an answer that was overtaken is dropped. */
  async reload(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const wanted = this.#wanted();
      const answers = await Promise.all(wanted.map((page) => this.#ask(page)));
      if (asked !== this.#asked || this.#closed) return;
      this.#land(wanted, answers);
      await this.#keepSelection(asked);
    } catch (thrown) {
      if (asked !== this.#asked || this.#closed) return;
      this.failure = failureOf(thrown);
      this.busy = false;
    }
  }

  /** Rows in sight, told by the view; pages that are missing are fetched. */
  async see(first: number, last: number): Promise<void> {
    // An empty list has no last row; the first page is asked for all the same.
    this.#first = Math.max(0, first);
    this.#last = Math.max(0, last);
    const missing = this.#wanted().filter((page) => !this.#pages.has(page));
    if (missing.length === 0 || this.busy) return;
    await this.#add(missing);
  }

  /** Moves the selection, and stops at the ends. */
  async move(by: number): Promise<void> {
    await this.moveTo(this.index + by);
  }

  async moveTo(index: number): Promise<void> {
    if (this.busy || this.matching === 0) return;
    const at = Math.min(Math.max(index, 0), this.matching - 1);
    const page = Math.floor(at / PAGE);
    if (!this.#pages.has(page)) await this.#add([page]);
    this.#select(at);
  }

  /** Forgets the list, here and in the broker. */
  async close(): Promise<void> {
    this.#closed = true;
    this.waiting.stop();
    try {
      await broker.closePicker(this.picker);
    } catch {
      // A list that is already gone needs no closing.
    }
  }

  #wanted(): number[] {
    const pages = new Set([Math.floor(this.#first / PAGE), Math.floor(this.#last / PAGE)]);
    if (!this.#fresh && this.index >= 0) pages.add(Math.floor(this.index / PAGE));
    return [...pages];
  }

  #ask(page: number): Promise<PickerPage> {
    return broker.pickerPage(this.picker, this.query, page * PAGE, PAGE);
  }

  #land(wanted: readonly number[], answers: readonly PickerPage[]): void {
    const last = answers.at(-1);
    if (last === undefined) return;
    this.#pages = new Map(wanted.map((page, i) => [page, answers[i]?.rows ?? []]));
    this.matching = last.matching;
    this.#wait(last.progress.waiting_seconds);
    this.progress = last.progress;
    this.failure = last.progress.failure;
    this.busy = false;
  }

  /** A number that the broker repeats with each page is no new wait. */
  #wait(seconds: number | null): void {
    if (seconds !== (this.progress?.waiting_seconds ?? null)) this.waiting.set(seconds);
  }

  async #add(missing: readonly number[]): Promise<void> {
    const asked = this.#asked;
    const answers = await Promise.all(missing.map((page) => this.#ask(page)));
    if (asked !== this.#asked || this.#closed) return;
    const pages = new Map(this.#pages);
    missing.forEach((page, i) => pages.set(page, answers[i]?.rows ?? []));
    this.#pages = pages;
  }

  async #keepSelection(asked: number): Promise<void> {
    const kept = this.#fresh ? null : this.selected;
    if (kept === null) {
      this.#selectFirst();
      return;
    }
    const at = await this.#find(kept.id, asked);
    if (asked !== this.#asked || this.#closed) return;
    if (at === null) {
      this.#selectFirst();
      return;
    }
    const shift = at - this.index;
    this.#select(at);
    if (shift !== 0) this.onShift(shift);
  }

  #selectFirst(): void {
    this.#fresh = this.matching === 0;
    const rows = this.#pages.get(0) ?? [];
    const best = rows.findIndex((row) => notChoosable(row, this.purpose) === null);
    this.#select(best < 0 ? 0 : best);
  }

  #select(index: number): void {
    this.selected = this.rowAt(index);
    this.index = this.selected === null ? -1 : index;
  }

  /** Where a record stands now; reads further pages only if it moved off those that are loaded. */
  async #find(id: string, asked: number): Promise<number | null> {
    const pages = Math.ceil(this.matching / PAGE);
    for (const page of nearestFirst(Math.floor(this.index / PAGE), pages)) {
      if (!this.#pages.has(page)) await this.#add([page]);
      if (asked !== this.#asked) return null;
      const at = this.#pages.get(page)?.findIndex((row) => row.id === id) ?? -1;
      if (at >= 0) return page * PAGE + at;
    }
    return null;
  }
}

function nearestFirst(from: number, pages: number): number[] {
  return [...Array(pages).keys()].sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
}
