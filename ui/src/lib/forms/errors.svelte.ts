// What is wrong with a form: said at its field where it belongs to one, else over the buttons.

import { failureOf } from "../api/error";
import { fieldMessage } from "../words/field";
import { failureMessage } from "../words/failure";
import type { Doing, Message } from "../words/message";

export class FormErrors {
  fields = $state.raw<Readonly<Record<string, string>>>({});
  message = $state.raw<Message | null>(null);
  #known: readonly string[];

  /** `known`: the fields this form shows; what concerns another one is said over the buttons. */
  constructor(known: readonly string[]) {
    this.#known = known;
  }

  get none(): boolean {
    return Object.keys(this.fields).length === 0;
  }

  of(field: string): string | null {
    return this.fields[field] ?? null;
  }

  clear(): void {
    this.fields = {};
    this.message = null;
  }

  /** The person is correcting a field: what was said about it no longer holds. */
  forget(field: string): void {
    if (!(field in this.fields)) return;
    this.fields = Object.fromEntries(Object.entries(this.fields).filter(([name]) => name !== field));
  }

  /** Marks fields that must not be empty. */
  require(values: Readonly<Record<string, unknown>>): void {
    const missing = Object.entries(values).filter(([, value]) => value === null || value === "");
    this.fields = Object.fromEntries(missing.map(([field]) => [field, fieldMessage(field, "required")]));
  }

  /** Puts a failed request where the person looks for it; `shownAt`: fields shown under another name. */
  take(thrown: unknown, doing: Doing, shownAt: Readonly<Record<string, string>> = {}): void {
    const failure = failureOf(thrown);
    const { detail } = failure;
    const field = detail.of === "field" ? (shownAt[detail.field] ?? detail.field) : "";
    if (detail.of === "field" && this.#known.includes(field)) {
      this.fields = { ...this.fields, [field]: fieldMessage(detail.field, detail.rule) };
    } else {
      this.message = failureMessage(failure, doing);
    }
  }
}
