// Messages over the window. Successes fade; errors stay until they are dismissed.

import { failureOf } from "../api/error";
import { failureMessage } from "../words/failure";
import type { Doing, Message } from "../words/message";

export type ToastAction = { label: string; run: () => void };

export type Toast = {
  id: number;
  tone: "good" | "bad";
  message: Message;
  actions: ToastAction[];
};

const FADE_MS = 5_000;
/** Longer where there is something to decide. */
const ACT_MS = 12_000;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  /** Something went well; it fades by itself. Answers its id. */
  good(title: string, text = "", actions: ToastAction[] = []): number {
    const message = { title, text, undone: "", next: "", causes: [] };
    const id = this.#add({ tone: "good", message, actions });
    setTimeout(() => this.dismiss(id), actions.length === 0 ? FADE_MS : ACT_MS);
    return id;
  }

  /** Nothing of an open vault stays on the screen. */
  clear(): void {
    this.list = [];
  }

  /** Something did not; it stays. The same message is not stacked twice. */
  bad(message: Message, actions: ToastAction[] = []): void {
    const same = this.list.find((t) => t.tone === "bad" && t.message.title === message.title);
    if (same !== undefined) this.dismiss(same.id);
    this.#add({ tone: "bad", message, actions });
  }

  /** Says what a thrown failure means. */
  thrown(thrown: unknown, doing: Doing, actions: ToastAction[] = []): void {
    this.bad(failureMessage(failureOf(thrown), doing), actions);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, "id">): number {
    const id = this.#next;
    this.#next += 1;
    this.list = [...this.list, { ...toast, id }];
    return id;
  }
}
