// The rights of one entry or folder as they are, and as they are being changed.

import * as broker from "../api/rights";
import { failureOf } from "../api/error";
import type { ApprovalForm, GrantRow, Inheritance, ObjectRef, Right, RightsForm, RightsSheet, SubjectRef, TicketRule } from "../api/gen";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";
import { sheetReach } from "../words/rights";

/** One line of what saving would change: who gains or loses which rights. */
export type Difference = { name: string; gains: Right[]; loses: Right[] };

const ALL: readonly Right[] = ["view", "view_password", "edit"];

export class RightsEditor {
  sheet = $state.raw<RightsSheet | null>(null);
  inheritance = $state<Inheritance>("inherits");
  grants = $state.raw<readonly GrantRow[]>([]);
  /** `null`: what the folder above says. */
  approval = $state.raw<ApprovalForm | null>(null);
  tickets = $state.raw<TicketRule | null>(null);
  busy = $state(false);
  message = $state.raw<Message | null>(null);
  readonly of: ObjectRef;

  constructor(of: ObjectRef) {
    this.of = of;
  }

  async load(): Promise<void> {
    try {
      this.#start(await broker.rights(this.of));
      this.message = null;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "rights");
    }
  }

  #start(sheet: RightsSheet): void {
    this.sheet = sheet;
    this.inheritance = sheet.inheritance;
    this.grants = sheet.grants;
    this.approval = sheet.approval;
    this.tickets = sheet.tickets;
  }

  get dirty(): boolean {
    const { sheet } = this;
    return sheet !== null && JSON.stringify(this.form()) !== JSON.stringify(formOf(sheet));
  }

  /** Own rights start as a copy of those that hold now, so that nobody is shut out by the switch itself. */
  setInheritance(inheritance: Inheritance): void {
    this.inheritance = inheritance;
    if (inheritance === "inherits" && this.sheet !== null) this.grants = this.sheet.grants;
  }

  add(subject: SubjectRef, name: string): void {
    if (this.grants.some((grant) => same(grant.subject, subject))) return;
    this.grants = [...this.grants, { subject, name, rights: ["view"] }];
  }

  remove(subject: SubjectRef): void {
    this.grants = this.grants.filter((grant) => !same(grant.subject, subject));
  }

  /** Whoever shows a password or edits also sees the entry, so View goes first and last. */
  toggle(subject: SubjectRef, right: Right): void {
    this.grants = this.grants.map((grant) => (same(grant.subject, subject) ? { ...grant, rights: toggled(grant.rights, right) } : grant));
  }

  /** What would be saved. Inherited rights leave no own ones behind. */
  form(): RightsForm {
    const own = this.inheritance === "own" ? this.grants : [];
    const grants = own.filter((grant) => grant.rights.length > 0).map(({ subject, rights }) => ({ subject, rights: inOrder(rights) }));
    return { inheritance: this.inheritance, grants, approval: this.approval, tickets: this.tickets };
  }

  /** Who gains and who loses by what was changed among the grants. Back to inheriting, only the broker knows. */
  get difference(): Difference[] {
    if (this.sheet === null || this.inheritance === "inherits") return [];
    return differences(this.sheet.grants, this.grants);
  }

  /** Nobody could see it any more. */
  get shutsOut(): boolean {
    return this.inheritance === "own" && !this.grants.some((grant) => grant.rights.includes("view"));
  }

  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.message = null;
    try {
      await broker.setRights(this.of, this.form());
      return true;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "rights");
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** How far it reaches once it was saved, in words; nothing where that says nothing. */
export async function reachNow(of: ObjectRef): Promise<string> {
  try {
    return sheetReach(await broker.rights(of), "can now") ?? "";
  } catch (thrown) {
    return `How far it reaches now was not read. ${failureMessage(failureOf(thrown), "rights").text}`;
  }
}

function formOf({ inheritance, grants, approval, tickets }: RightsSheet): RightsForm {
  const own = inheritance === "own" ? grants : [];
  return { inheritance, grants: own.map(({ subject, rights }) => ({ subject, rights: inOrder(rights) })), approval, tickets };
}

export function same(a: SubjectRef, b: SubjectRef): boolean {
  return keyOf(a) === keyOf(b);
}

/** Names a subject among both kinds. */
export function keyOf(subject: SubjectRef): string {
  return subject.kind === "person" ? `person:${subject.person}` : `group:${subject.group}`;
}

const inOrder = (rights: readonly Right[]): Right[] => ALL.filter((right) => rights.includes(right));

function toggled(rights: readonly Right[], right: Right): Right[] {
  if (!rights.includes(right)) return inOrder([...rights, right, "view"]);
  return right === "view" ? [] : inOrder(rights.filter((one) => one !== right));
}

function differences(before: readonly GrantRow[], after: readonly GrantRow[]): Difference[] {
  const names = new Map([...before, ...after].map((grant) => [keyOf(grant.subject), grant.name]));
  const rightsIn = (grants: readonly GrantRow[], key: string): readonly Right[] => grants.find((grant) => keyOf(grant.subject) === key)?.rights ?? [];
  return [...names]
    .map(([key, name]) => {
      const [was, is] = [rightsIn(before, key), rightsIn(after, key)];
      return { name, gains: is.filter((right) => !was.includes(right)), loses: was.filter((right) => !is.includes(right)) };
    })
    .filter(({ gains, loses }) => gains.length + loses.length > 0);
}
