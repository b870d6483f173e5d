// The invented broker's people, groups, rights, Source and settings.

import type { DriftRow, EffectiveRow, GroupCard, LockPreview, PersonCard, Reply, Request, RightsSheet, RotationRow, SettingsRow, SourceRow, SubjectRef } from "../lib/api/gen";
import { NOW, ORGANIZATIONS, YES } from "./data";

type Of<K extends Request["ask"]> = Extract<Request, { ask: K }>;
export type PeopleRequest = Of<"people" | "add_person" | "invite_again" | "change_person" | "save_group" | "remove_group" | "offboard" | "remove_device" | "rekey" | "save_settings" | "sources" | "set_source" | "remove_source" | "rights" | "set_rights" | "lock_preview" | "lock_for_technicians" | "drift" | "reach">;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const card = (id: string, name: string, more: Partial<PersonCard> = {}): PersonCard => ({ id, name, administrator: false, standing: "active", invited_until: null, enrolled: true, has_pin: false, has_recovery_kit: true, groups: [], last_unlocked: NOW - 3 * HOUR, you: false, ...more });

const PEOPLE: PersonCard[] = [
  card("h1", "Mara Lindqvist", { administrator: true, has_pin: true, you: true, last_unlocked: NOW - HOUR / 3, groups: ["g2"] }),
  card("h2", "Jonas Brandt", { groups: ["g1"], last_unlocked: NOW - 2 * DAY }),
  card("h3", "Tom Reyes", { administrator: true, groups: ["g2"], last_unlocked: NOW - 9 * DAY }),
  card("h4", "Ines Okafor", { enrolled: false, invited_until: NOW + 2 * DAY, last_unlocked: null, has_recovery_kit: false, groups: ["g1"] }),
  card("h5", "Pavel Novák", { enrolled: false, invited_until: NOW - DAY, last_unlocked: null, has_recovery_kit: false }),
  card("h6", "Rosa Klein", { standing: "disabled", groups: ["g1"], last_unlocked: NOW - 40 * DAY }),
  card("h7", "Dmitri Ivanov", { standing: "revoked", last_unlocked: NOW - 90 * DAY }),
];
const GROUPS: GroupCard[] = [
  { id: "g1", name: "Technicians", members: ["h2", "h4", "h6"] },
  { id: "g2", name: "Service desk leads", members: ["h1", "h3"] },
  { id: "g3", name: "Night shift", members: [] },
];
const DEVICES = [
  { id: "d1", name: "mara-thinkpad", added: NOW - 120 * DAY, this_one: true },
  { id: "d2", name: "noc-bench-02", added: NOW - 20 * DAY, this_one: false },
];
const SOURCES: SourceRow[] = [
  { id: "r1", subject: { kind: "group", group: "g2" }, name: "Service desk leads", connection: "a1", account: "Northstar IT", organization: null, organization_name: null },
  { id: "r2", subject: { kind: "person", person: "h2" }, name: "Jonas Brandt", connection: "a1", account: "Northstar IT", organization: "4000", organization_name: "Contoso" },
];
const ROTATION: RotationRow[] = [
  { organization: "Contoso", password: "Domain Admin – CORP", list: false, entry: "Domain admin", why: "seen", last: NOW - 2 * DAY },
  { organization: "Contoso", password: "Print service", list: false, entry: "Contoso passwords", why: "launched", last: NOW - 12 * DAY },
  { organization: "Contoso", password: "", list: true, entry: "Contoso passwords", why: "could_pick", last: null },
  { organization: "Fabrikam", password: "Windows", list: true, entry: "Fabrikam RDP", why: "could_pick", last: null },
  { organization: "Fabrikam", password: "", list: false, entry: "", why: "launched", last: NOW - 5 * DAY },
  { organization: "Alpine Ski House", password: "Backup operator", list: false, entry: "Backup operator", why: "launched", last: NOW - 30 * DAY },
];
const EFFECTIVE: EffectiveRow[] = [
  { person: "h1", name: "Mara Lindqvist", rights: ["view", "view_password", "edit"], through: ["Service desk leads"] },
  { person: "h3", name: "Tom Reyes", rights: ["view", "view_password", "edit"], through: ["Service desk leads"] },
  { person: "h2", name: "Jonas Brandt", rights: ["view", "edit"], through: ["Technicians", "Jonas Brandt"] },
  { person: "h4", name: "Ines Okafor", rights: ["view"], through: ["Technicians"] },
];
const DRIFT: DriftRow[] = [
  { of: { kind: "credential", credential: "c1" }, name: "Contoso passwords", folder: "Contoso", people: ["Jonas Brandt"], rights: ["edit"] },
  { of: { kind: "credential", credential: "c3" }, name: "Fabrikam RDP", folder: "Fabrikam", people: ["Jonas Brandt", "Ines Okafor"], rights: ["view_password", "edit"] },
  { of: { kind: "credential", credential: "c4" }, name: "Backup operator", folder: "Alpine Ski House", people: ["Ines Okafor"], rights: ["view_password"] },
];
const PREVIEW: LockPreview = {
  entries: 3,
  people: [
    { person: "h2", name: "Jonas Brandt", sees: 3, keeps: [{ on: "Contoso passwords", rights: ["edit"], because: "outside_scope" }] },
    { person: "h4", name: "Ines Okafor", sees: 2, keeps: [] },
    { person: "h1", name: "Mara Lindqvist", sees: 3, keeps: [{ on: "Northstar vault", rights: ["view_password", "edit"], because: "administrator" }] },
    { person: "h3", name: "Tom Reyes", sees: 3, keeps: [{ on: "Domain admin", rights: ["view_password"], because: "administrator" }, { on: "Fabrikam RDP", rights: ["edit"], because: "administrator" }] },
    { person: "h5", name: "Pavel Novák", sees: 0, keeps: [{ on: "Fabrikam RDP", rights: ["edit"], because: "outside_scope" }] },
  ],
};

export class MockPeople {
  settings: SettingsRow = { technicians_trust_on_first_use: false, idle_lock_minutes: 15, ask_me: true, own_idle_lock_minutes: null, idle_known: true };
  drift = DRIFT;
  #people = PEOPLE;
  #groups = GROUPS;
  #devices = DEVICES;
  #sources = SOURCES;
  #sheets = new Map<string, Partial<RightsSheet>>();
  #next = 1;

  answer(request: PeopleRequest): Reply {
    switch (request.ask) {
      case "people":
        return { reply: "people", people: this.#people, groups: this.#groups, devices: this.#devices };
      case "add_person":
        return this.#add(request);
      case "invite_again":
        this.#change(request.person, { enrolled: false, invited_until: NOW + 3 * DAY });
        return this.#invited(request.person);
      case "change_person":
        return this.#change(request.person, { name: request.name, administrator: request.administrator, standing: request.standing });
      case "save_group":
        return this.#saveGroup(request);
      case "remove_group":
        this.#groups = this.#groups.filter((group) => group.id !== request.group);
        return { reply: "done" };
      case "offboard":
        this.#change(request.person, { standing: "revoked" });
        return { reply: "rotation", rows: ROTATION, csv: "organization,password\r\n", person: this.#people.find((one) => one.id === request.person)!.name };
      case "remove_device":
        this.#devices = this.#devices.filter((device) => device.id !== request.device);
        return { reply: "done" };
      case "rekey":
        return { reply: "done" };
      case "save_settings":
        this.settings = { ...this.settings, ...request.form };
        return { reply: "done" };
      case "sources":
        return { reply: "sources", rows: this.#sources };
      case "set_source":
        return this.#setSource(request);
      case "remove_source":
        this.#sources = this.#sources.filter((row) => row.id !== request.source);
        return { reply: "done" };
      case "rights":
        return { reply: "rights", sheet: { ...this.#sheet(request.of), ...this.#sheets.get(JSON.stringify(request.of)) } };
      case "set_rights":
        return this.#setRights(request);
      case "lock_preview":
        return { reply: "lock_preview", preview: PREVIEW };
      case "lock_for_technicians":
        this.drift = request.scope.kind === "everything" ? [] : this.drift.slice(1);
        return { reply: "done" };
      case "drift":
        return { reply: "drift", rows: this.drift };
      case "reach":
        return { reply: "reach", reach: { people: ["Mara Lindqvist", "Tom Reyes", "Jonas Brandt", "Ines Okafor"], passwords: 214, organization: "Contoso" } };
    }
  }

  #sheet(of: RightsSheet["of"]): RightsSheet {
    const list = of.kind === "credential" && (of.credential === "c1" || of.credential === "c3");
    return {
      of,
      inheritance: of.kind === "folder" && of.folder === "root" ? "own" : "inherits",
      inherited_from: of.kind === "folder" && of.folder === "root" ? null : "Northstar vault",
      grants: [
        { subject: { kind: "group", group: "g2" }, name: "Service desk leads", rights: ["view", "view_password", "edit"] },
        { subject: { kind: "group", group: "g1" }, name: "Technicians", rights: ["view"] },
        { subject: { kind: "person", person: "h2" }, name: "Jonas Brandt", rights: ["view", "edit"] },
      ],
      people: EFFECTIVE,
      approval: null,
      effective_approval: { launch: "auto", reveal: "verify" },
      tickets: null,
      effective_tickets: { policy: "off", pattern: null },
      may_change: YES,
      reach: list ? { people: EFFECTIVE.map((row) => row.name), passwords: 214, organization: "Contoso" } : null,
      below: of.kind === "folder" ? { people: EFFECTIVE.map((row) => row.name), lists: 2 } : null,
    };
  }

  #setRights({ of, form }: Of<"set_rights">): Reply {
    const { inheritance, approval, tickets } = form;
    const grants = form.grants.map((grant) => ({ ...grant, name: this.#name(grant.subject) }));
    this.#sheets.set(JSON.stringify(of), { inheritance, approval, tickets, ...(inheritance === "own" ? { grants, inherited_from: null } : {}) });
    return { reply: "done" };
  }

  #name(subject: SubjectRef): string {
    return (subject.kind === "person" ? this.#people.find((one) => one.id === subject.person)?.name : this.#groups.find((one) => one.id === subject.group)?.name) ?? "";
  }

  #add({ name, administrator, groups }: Of<"add_person">): Reply {
    const id = `h${20 + this.#next++}`;
    this.#people = [...this.#people, card(id, name, { administrator, groups, enrolled: false, invited_until: NOW + 3 * DAY, last_unlocked: null })];
    return this.#invited(id);
  }

  #invited(person: string): Reply {
    const code = Array.from({ length: 6 }, () => Math.random().toString(36).slice(2, 6).toUpperCase().padEnd(4, "7")).join("-");
    return { reply: "invited", person, code, until: NOW + 3 * DAY };
  }

  #change(person: string, more: Partial<PersonCard>): Reply {
    this.#people = this.#people.map((one) => (one.id === person ? { ...one, ...more } : one));
    return { reply: "done" };
  }

  #saveGroup({ group, name, members }: Of<"save_group">): Reply {
    const id = group ?? `g${20 + this.#next++}`;
    const row = { id, name, members };
    this.#groups = group === null ? [...this.#groups, row] : this.#groups.map((one) => (one.id === id ? row : one));
    this.#people = this.#people.map((one) => ({ ...one, groups: this.#groups.filter((g) => g.members.includes(one.id)).map((g) => g.id) }));
    return { reply: "created", id };
  }

  #setSource({ subject, connection, organization }: Of<"set_source">): Reply {
    const id = `r${20 + this.#next++}`;
    const named = ORGANIZATIONS.find((row) => row.id === organization)?.name ?? null;
    this.#sources = [...this.#sources, { id, subject, name: this.#name(subject), connection, account: "Northstar IT", organization, organization_name: named }];
    return { reply: "created", id };
  }
}
