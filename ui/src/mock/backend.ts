// An invented broker behind the mocked IPC: enough of one to use every screen by hand.

import { emit } from "@tauri-apps/api/event";
import type { ChoiceRow, Code, Detail, Event, ObjectRef, PageOf, PickerProgress, Reply, Request, Saved, Snapshot, TypedForm } from "../lib/api/gen";
import { ACCOUNTS, ALL_STATES, MockAccounts, PEOPLE } from "./accounts";
import { answerAudit } from "./audit";
import * as data from "./data";
import { MockDoor, type DoorRequest } from "./door";
import { fixed } from "./fixed";
import { MockPeople } from "./people";
import { MockSessions } from "./sessions";

export type Scene = "rich" | "empty" | "keyring" | "corrupt" | "technician" | "changed" | "refused" | "accounts" | "waiting" | "create" | "old" | "locked" | "one" | "no-keyring" | "new-device" | "damaged" | "rolled" | "pin" | "found" | "tampered" | "no-idle" | "waits" | "away" | "no-client" | "hurry" | "no-ask";

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const failed = (code: Code, detail: Detail = { of: "plain" }): Reply => ({ reply: "failed", failure: { code, detail } });

export class MockBroker {
  #scene: Scene;
  #event = 0;
  #next = 1;
  #tries = 0;
  #pickers = new Map<string, { loaded: number; organization: string; category: string | null; waiting: number | null }>();
  #accounts: MockAccounts;
  #door: MockDoor;
  #people = new MockPeople();
  #sessions: MockSessions;
  #vault: Snapshot;

  constructor(scene: Scene) {
    this.#scene = scene;
    const rich = scene !== "empty" && scene !== "create";
    this.#door = new MockDoor(scene);
    this.#accounts = new MockAccounts(scene === "accounts" ? ALL_STATES : rich ? ACCOUNTS : [], data.ORGANIZATIONS);
    this.#sessions = new MockSessions(scene, rich, {
      session: (id) => this.#vault.sessions.find((row) => row.id === id),
      credential: (id) => this.#vault.credentials.find((row) => row.id === id),
      list: (organization, category) => this.#openPicker(organization, category),
      tell: (event) => this.#tell(event),
    });
    this.#people.settings.ask_me = scene !== "no-ask";
    this.#vault = {
      event: 0,
      person: { id: scene === "technician" ? "h2" : "h1", name: scene === "technician" ? "Jonas Brandt" : "Mara Lindqvist", administrator: scene !== "technician" },
      people: scene === "technician" ? PEOPLE.slice(1, 2) : PEOPLE,
      accounts: [],
      folders: rich ? [...data.FOLDERS] : data.FOLDERS.slice(0, 1),
      credentials: rich ? [...data.CREDENTIALS] : [],
      sessions: rich ? [...data.SESSIONS] : [],
      runs: [],
      audit: data.YES,
      administer: data.YES,
      test_build: scene === "technician",
      settings: this.#people.settings,
      drift: 0,
      undo: null,
      read_only: false,
      proved: "passphrase",
    };
    if (scene === "technician") this.#restrict();
    if (scene === "waits") setTimeout(() => void this.#tell({ event: "waiting", sessions: 2 }), 4000);
  }

  #restrict(): void {
    const no = { may: "no", why: { missing: "administrator" } } as const;
    this.#vault.audit = this.#vault.administer = no;
    this.#accounts.rows = this.#accounts.rows.map((row) => ({ ...row, administer: no }));
    this.#vault.folders = this.#vault.folders.map((row) => ({ ...row, edit: { may: "no", why: { missing: "on_folder", right: "edit" } } }));
    this.#vault.sessions = this.#vault.sessions.map((row) => ({ ...row, edit: data.NO_EDIT }));
    const hidden = { may: "no", why: { missing: "on_credential", right: "view_password" } } as const;
    this.#vault.credentials = this.#vault.credentials.map((row) => ({ ...row, show: hidden, copy: hidden, edit: hidden, repoint: hidden }));
  }

  async call(command: string, args: Record<string, unknown>): Promise<Reply | Saved> {
    switch (command) {
      case "ask":
        return this.#ask(args["request"] as Request);
      case "launch":
        return this.#proof(args) ?? this.#sessions.launch(String(args["session"]), args["choice"] as string | null, args["typed"] as TypedForm | null, args["byHand"] === true);
      case "save_audit":
      case "save_text":
        return { saved: "written", path: `/home/mara/${String(args["name"] ?? "Usher audit")}` };
      case "copy_password":
        return this.#proof(args) ?? { reply: "done" };
      case "show_password": {
        await wait(250);
        const wrong = this.#proof(args);
        if (wrong !== null) return wrong;
        return { reply: "revealed", revealed: { record: "Domain Admin – CORP", username: "CORP\\adm-northstar", password: `shown-${"x".repeat(6)}-${this.#next}`, changed: data.NOW - 40 * 86_400_000, seconds: 15 } };
      }
      case "open_in_it_glue":
        return this.#openInItGlue(args["of"] as PageOf);
      default:
        return { reply: "done" };
    }
  }

  /** The technician of the mock may open everything but the account's own page. */
  #openInItGlue(of: PageOf): Reply {
    if (this.#scene !== "technician" || of.kind !== "account") return { reply: "done" };
    return failed("denied", { of: "denied", why: { missing: "source" }, ask: ["Mara Lindqvist", "Tom Reyes"] });
  }

  async #tell(event: Event): Promise<void> {
    this.#event += 1;
    await emit("broker-event", { number: this.#event, event });
  }

  async #ask(request: Request): Promise<Reply> {
    switch (request.ask) {
      case "door":
      case "create_vault":
      case "unlock":
      case "passphrase_strength":
      case "lock":
      case "prove":
      case "change_passphrase":
      case "set_pin":
      case "new_recovery_kit":
      case "accept_as_found":
      case "set_own_idle_lock":
        await wait(request.ask === "unlock" || request.ask === "create_vault" ? 500 : 60);
        return this.#atDoor(request);
      case "snapshot":
        return this.#snapshot();
      case "people":
      case "add_person":
      case "invite_again":
      case "change_person":
      case "save_group":
      case "remove_group":
      case "offboard":
      case "remove_device":
      case "rekey":
      case "save_settings":
      case "sources":
      case "set_source":
      case "remove_source":
      case "rights":
      case "set_rights":
      case "lock_preview":
      case "lock_for_technicians":
      case "drift":
      case "reach":
        await wait(120);
        return this.#asAdministrator(request) ?? this.#people.answer(request);
      case "move_entry":
        return this.#move(request);
      case "duplicate":
        return this.#duplicate(request.entry);
      case "undo":
        this.#vault.undo = null;
        return { reply: "undone", what: "moved" };
      case "audit":
      case "audit_verify":
      case "audit_export":
      case "client_report":
        await wait(request.ask === "audit_verify" ? 600 : 80);
        return answerAudit(request, this.#scene);
      case "read_account_address":
      case "add_account":
      case "replace_key":
      case "check_account":
      case "test_password_access":
      case "set_person_key":
      case "remove_person_key":
      case "set_keep_alive":
        await wait(request.ask === "read_account_address" ? 50 : 400);
        return this.#accounts.answer(request);
      case "organizations":
        await wait(300);
        return { reply: "organizations", organizations: data.ORGANIZATIONS };
      case "browse_passwords":
        return { reply: "picker_opened", picker: this.#openPicker("Contoso", null) };
      case "picker_page":
        return this.#page(request);
      case "create_folder":
      case "create_credential":
      case "create_session":
        return this.#create(request);
      case "change_session":
        return this.#change(request);
      case "prepare_launch":
      case "trust_certificate":
      case "look_at_host":
      case "end_session":
      case "dismiss_run":
      case "sign_in_again":
      case "traffic":
        return this.#sessions.answer(request);
      case "delete_credential":
        return failed("invalid", { of: "field", field: "credential", rule: "in_use" });
      case "delete_session":
        this.#vault.sessions = this.#vault.sessions.filter((row) => row.id !== request.session);
        this.#vault.undo = "session_deleted";
        return { reply: "done" };
      default:
        return { reply: "done" };
    }
  }

  #atDoor(request: DoorRequest): Reply {
    this.#tries += 1;
    const shut = this.#tries <= 2 && request.ask === "door";
    if (shut && this.#scene === "keyring") return failed("storage", { of: "fault", fault: "keyring_missing" });
    if (shut && this.#scene === "corrupt") return failed("storage", { of: "fault", fault: "vault_corrupt" });
    const reply = this.#door.answer(request);
    if (request.ask === "lock") void this.#tell({ event: "locked", why: "asked" });
    return reply;
  }

  #snapshot(): Reply {
    if (!this.#door.open) return failed("locked");
    const { readOnly: read_only, proved } = this.#door;
    const { drift } = this.#people;
    const settings = { ...this.#people.settings, idle_known: this.#scene !== "no-idle" };
    const snapshot = { ...this.#vault, runs: this.#sessions.runs, accounts: this.#accounts.rows, event: this.#event, settings, read_only, proved, drift: this.#scene === "technician" ? 0 : drift.length };
    return { reply: "snapshot", snapshot: read_only ? fixed(snapshot) : snapshot };
  }

  /** After an unlock by PIN, what changes people or rights wants the passphrase first. */
  #asAdministrator(request: Request): Reply | null {
    const reads = ["people", "sources", "rights", "lock_preview", "drift", "reach"].includes(request.ask);
    return reads || this.#door.proved === "passphrase" ? null : failed("denied", { of: "denied", why: { missing: "passphrase" }, ask: [] });
  }

  #proof(args: Record<string, unknown>): Reply | null {
    return args["proof"] === "wrong" ? failed("locked", { of: "fault", fault: "wrong_passphrase" }) : null;
  }

  #move({ entry, to }: Extract<Request, { ask: "move_entry" }>): Reply {
    const [kind, id] = [entry.kind, entry.kind === "folder" ? entry.folder : entry.kind === "session" ? entry.session : entry.credential];
    if (kind === "folder") this.#vault.folders = this.#vault.folders.map((row) => (row.id === id ? { ...row, parent: to } : row));
    if (kind === "session") this.#vault.sessions = this.#vault.sessions.map((row) => (row.id === id ? { ...row, folder: to } : row));
    if (kind === "credential") this.#vault.credentials = this.#vault.credentials.map((row) => (row.id === id ? { ...row, folder: to } : row));
    this.#vault.undo = "moved";
    return { reply: "done" };
  }

  #duplicate(entry: ObjectRef): Reply {
    const id = `n${this.#next++}`;
    const session = entry.kind === "session" ? this.#vault.sessions.find((row) => row.id === entry.session) : undefined;
    if (session !== undefined) this.#vault.sessions = [...this.#vault.sessions, { ...session, id, name: `${session.name} (copy)` }];
    const credential = entry.kind === "credential" ? this.#vault.credentials.find((row) => row.id === entry.credential) : undefined;
    if (credential !== undefined) this.#vault.credentials = [...this.#vault.credentials, { ...credential, id, name: `${credential.name} (copy)` }];
    this.#vault.undo = "duplicated";
    return { reply: "created", id };
  }

  #openPicker(organization: string, category: string | null): string {
    const picker = `p${this.#next++}`;
    this.#pickers.set(picker, { loaded: 0, organization, category, waiting: null });
    void this.#fill(picker);
    return picker;
  }

  async #fill(picker: string): Promise<void> {
    for (const loaded of [1000, 2000, 3000]) {
      await wait(this.#scene === "rich" ? 700 : 120);
      const open = this.#pickers.get(picker);
      if (open === undefined) return;
      open.loaded = loaded;
      open.waiting = null;
      await this.#tell({ event: "picker", picker, progress: this.#progress(picker) });
      if (this.#scene === "waiting" && loaded === 1000) await this.#holdUp(picker, 40);
    }
  }

  /** IT Glue's limit is used up in the middle of a list. */
  async #holdUp(picker: string, seconds: number): Promise<void> {
    const open = this.#pickers.get(picker);
    if (open === undefined) return;
    open.waiting = seconds;
    await this.#tell({ event: "picker", picker, progress: this.#progress(picker) });
    await wait(seconds * 1000);
  }

  #progress(picker: string): PickerProgress {
    const { loaded, organization, waiting } = this.#pickers.get(picker) ?? { loaded: 0, organization: "", waiting: null };
    return { loaded, total: loaded === 0 ? null : 3000, done: loaded === 3000, failure: null, organization, waiting_seconds: waiting };
  }

  #page(request: Extract<Request, { ask: "picker_page" }>): Reply {
    const open = this.#pickers.get(request.picker);
    if (open === undefined) return failed("not_found", { of: "not_found", what: "picker" });
    if (this.#scene === "away") return { reply: "picker_page", page: { rows: [], matching: 0, progress: { ...this.#progress(request.picker), done: true, failure: { code: "unreachable", detail: { of: "plain" } } } } };
    const rows = data.PASSWORDS.slice(0, open.loaded).flatMap((row) => matched(row, request.query));
    const page = rows.slice(request.offset, request.offset + request.limit);
    return { reply: "picker_page", page: { rows: page, matching: rows.length, progress: this.#progress(request.picker) } };
  }

  /** One entry is always edited by somebody else meanwhile. */
  #change({ session, form }: Extract<Request, { ask: "change_session" }>): Reply {
    if (session === "s7") return failed("conflict");
    const resolved = form.credentials.from === "linked" ? form.credentials.credential : null;
    this.#vault.sessions = this.#vault.sessions.map((row) => (row.id === session ? { ...row, ...form, resolved: form.credentials.from === "inherited" ? row.resolved : resolved } : row));
    return { reply: "done" };
  }

  #create(request: Extract<Request, { ask: "create_folder" | "create_credential" | "create_session" }>): Reply {
    const id = `n${this.#next++}`;
    if (request.ask === "create_session") {
      if (/[\s/]|^-/.test(request.form.host)) return failed("invalid", { of: "field", field: "host", rule: "not_a_host" });
      const resolved = request.form.credentials.from === "linked" ? request.form.credentials.credential : null;
      this.#vault.sessions = [...this.#vault.sessions, { ...data.SESSIONS[0]!, ...request.form, id, folder: request.folder, resolved, inherited_from: null, last_launched: null }];
    } else if (request.ask === "create_credential") {
      const organization = data.ORGANIZATIONS.find((row) => row.id === request.form.organization)!;
      const target = request.form.target.kind === "specific" ? { ...request.form.target, name: request.form.name, username: null } : request.form.target;
      this.#vault.credentials = [...this.#vault.credentials, { ...data.CREDENTIALS[0]!, ...request.form, id, folder: request.folder, organization, target }];
    } else {
      const { client } = request.form;
      const organization = data.ORGANIZATIONS.find((row) => row.id === client?.organization);
      const mapping = client === null || organization === undefined ? null : { connection: client.connection, organization };
      this.#vault.folders = [...this.#vault.folders, { ...data.FOLDERS[1]!, ...request.form, id, parent: request.parent, client: mapping }];
    }
    return { reply: "created", id };
  }
}

function matched(row: ChoiceRow, query: string): ChoiceRow[] {
  const typed = query.trim().toLowerCase();
  if (typed === "") return [row];
  const at = row.name.toLowerCase().indexOf(typed);
  if (at >= 0) return [{ ...row, matched: Array.from({ length: typed.length }, (_, i) => at + i) }];
  return (row.username ?? "").toLowerCase().includes(typed) ? [row] : [];
}
