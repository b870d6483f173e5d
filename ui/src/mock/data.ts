// An invented vault for `npm run dev:mock` and for looking at every screen. Nothing here is real.

import type {
  AuditRow,
  ChoiceRow,
  CredentialRow,
  FolderRow,
  May,
  OrganizationRow,
  RunRow,
  SessionRow,
  TicketAsk,
} from "../lib/api/gen";
import { NOTHING_SET } from "../lib/words/rdp";

export const NOW = Date.now();
const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

export const YES: May = { may: "yes" };
export const NO_TICKET: TicketAsk = { policy: "off", pattern: null, last: null };
export const TICKET: TicketAsk = { policy: "required", pattern: "INC[0-9]{4,6}", last: "INC20417" };
export const NO_EDIT: May = { may: "no", why: { missing: "on_session", right: "edit" } };

const NAMES = [
  "Contoso", "Fabrikam", "Northwind Traders", "Adventure Works", "Tailspin Toys", "Wide World Importers", "Litware",
  "Proseware", "Alpine Ski House", "Blue Yonder Airlines", "City Power & Light", "Coho Vineyard", "Fourth Coffee",
  "Graphic Design Institute", "Humongous Insurance", "Lucerne Publishing", "Margie's Travel", "Relecloud", "VanArsdel", "Woodgrove Bank",
];
export const ORGANIZATIONS: OrganizationRow[] = [...NAMES, ...NAMES.map((name) => `${name} Europe`)]
  .map((name, i) => ({ id: String(4000 + i), name }))
  .sort((a, b) => a.name.localeCompare(b.name));

const org = (name: string): OrganizationRow => ORGANIZATIONS.find((one) => one.name === name) ?? { id: "0", name };

const folder = (id: string, parent: string | null, name: string, organization?: string, credential: string | null = null): FolderRow => ({
  id,
  parent,
  name,
  client: organization === undefined ? null : { connection: "a1", organization: org(organization) },
  credential,
  version: 1,
  edit: YES,
  move_away: YES,
});

export const FOLDERS: FolderRow[] = [
  folder("root", null, "Vault"),
  folder("f1", "root", "Contoso", "Contoso", "c1"),
  folder("f1a", "f1", "Domain controllers"),
  folder("f1b", "f1", "Terminal servers"),
  folder("f2", "root", "Fabrikam", "Fabrikam"),
  folder("f3", "root", "Alpine Ski House", "Alpine Ski House", "c4"),
  folder("f4", "root", "Internal"),
];

const credential = (id: string, at: string, name: string, organization: string, more: Partial<CredentialRow>): CredentialRow => ({
  id,
  folder: at,
  name,
  connection: "a1",
  organization: org(organization),
  target: { kind: "always_prompt_with_list", category: null },
  allowed_hosts: [],
  signs_in_as: null,
  user_name: null,
  version: 1,
  reveal_asks: true,
  ticket: NO_TICKET,
  move_away: YES,
  duplicate: YES,
  delete: YES,
  edit: YES,
  repoint: YES,
  show: { may: "no", why: { missing: "choose_first" } },
  copy: { may: "no", why: { missing: "choose_first" } },
  ...more,
});

export const CREDENTIALS: CredentialRow[] = [
  credential("c1", "f1", "Contoso passwords", "Contoso", { allowed_hosts: ["*.corp.contoso.com", "10.20.0.0/16"] }),
  credential("c2", "f1", "Domain admin", "Contoso", {
    target: { kind: "specific", password: "90017", name: "Domain Admin – CORP", username: "CORP\\adm-northstar" },
    allowed_hosts: ["*.corp.contoso.com"],
    signs_in_as: "CORP\\adm-northstar",
    ticket: TICKET,
    show: YES,
    copy: YES,
  }),
  credential("c3", "f2", "Fabrikam RDP", "Fabrikam", { target: { kind: "always_prompt_with_list", category: "Windows" } }),
  credential("c4", "f3", "Backup operator", "Alpine Ski House", {
    target: { kind: "specific", password: "90420", name: "Backup operator", username: null },
    user_name: "empty",
    edit: { may: "no", why: { missing: "on_credential", right: "edit" } },
    repoint: { may: "no", why: { missing: "source" } },
    show: { may: "no", why: { missing: "on_credential", right: "view_password" } },
    copy: { may: "no", why: { missing: "on_credential", right: "view_password" } },
  }),
];

const session = (id: string, at: string, name: string, host: string, more: Partial<SessionRow>): SessionRow => ({
  id,
  folder: at,
  name,
  host,
  port: 3389,
  rdp: structuredClone(NOTHING_SET),
  credentials: { from: "inherited" },
  resolved: "c1",
  inherited_from: "Contoso",
  version: 1,
  launch: YES,
  move_away: YES,
  duplicate: YES,
  delete: YES,
  edit: YES,
  last_launched: null,
  ...more,
});

const linked = (credential: string): Partial<SessionRow> => ({
  credentials: { from: "linked", credential },
  resolved: credential,
  inherited_from: null,
});

/** Sessions whose launch asks the person to prove who they are. */
export const PROVES_AT_LAUNCH = new Set(["s3"]);

export const SESSIONS: SessionRow[] = [
  session("s1", "f1a", "PRG-DC01", "prg-dc01.corp.contoso.com", { last_launched: NOW - 25 * MIN }),
  session("s2", "f1a", "PRG-DC02", "prg-dc02.corp.contoso.com", { last_launched: NOW - 3 * DAY, rdp: { ...NOTHING_SET, size: { size: "full_screen" }, all_monitors: true, devices: ["sound", "drives"], clipboard: "text_and_files" } }),
  session("s3", "f1b", "TS-01 accounting", "10.20.4.11", { ...linked("c2"), last_launched: NOW - 2 * HOUR }),
  session("s4", "f1b", "TS-02 warehouse", "10.20.4.12", { ...linked("c2") }),
  session("s5", "f2", "FAB-SQL", "sql.fabrikam.example", { ...linked("c3"), last_launched: NOW - 9 * DAY }),
  session("s6", "f2", "FAB-FILES", "files.fabrikam.example", { ...linked("c3"), port: 13389, rdp: { ...NOTHING_SET, kerberos: true, gateway: "rdgw.fabrikam.example" } }),
  session("s7", "f3", "ASH-BACKUP", "backup.alpine.example", { ...linked("c4"), edit: NO_EDIT, last_launched: NOW - 30 * DAY }),
  session("s8", "f4", "Jump host", "jump.northstar.example", {
    credentials: { from: "none" },
    resolved: null,
    inherited_from: null,
    launch: { may: "no", why: { missing: "no_credential" } },
  }),
  session("s9", "f4", "Build server (xrdp)", "build.northstar.example", { credentials: { from: "ask_me" }, resolved: null, inherited_from: null, rdp: { ...NOTHING_SET, size: { size: "pixels", width: 1600, height: 900 }, dynamic_resolution: false } }),
];

const run = (id: string, of: string, name: string, client: string, host: string, more: Partial<RunRow>): RunRow => ({ run: id, session: of, name, client, host, account: null, since: NOW - 25 * MIN, state: { state: "active" }, audited: true, credential_name: "Contoso passwords", by_hand: false, can_sign_in_again: false, ...more });

export const RUNS: RunRow[] = [
  run("r1", "s1", "PRG-DC01", "Contoso", "prg-dc01.corp.contoso.com", { account: "CORP\\adm-northstar", can_sign_in_again: true }),
  run("r2", "s5", "FAB-SQL", "Fabrikam", "sql.fabrikam.example", { since: NOW - 20_000, state: { state: "waiting_for_client" }, credential_name: "Fabrikam RDP" }),
  run("r4", "s2", "PRG-DC02", "Contoso", "prg-dc02.corp.contoso.com", { account: "CORP\\adm-northstar", since: NOW - 3 * HOUR, state: { state: "dropped" } }),
  run("r3", "s3", "TS-01 accounting", "Contoso", "10.20.4.11", {
    account: "CORP\\svc-print",
    since: NOW - 2 * HOUR,
    audited: false,
    credential_name: "Domain admin",
    state: { state: "ended", end: { end: "host_refused", reason: "password_expired", record: "Print service", changed: NOW - 400 * DAY, choose_again: true, others: ["c2"], refusals: 2, typed: false } },
  }),
];

const KINDS = ["Domain admin", "Local administrator", "SQL service", "Backup operator", "Exchange admin", "Print service", "VPN gateway", "ESXi root", "Firewall", "Monitoring", "Azure AD sync", "Veeam console"];
const CATEGORIES = ["Windows", "Windows", "Database", "Backup", "E-mail", "Windows", "Network", "Virtualization", "Network", "Monitoring", "Cloud", "Backup"];
const SITES = ["PRG", "BRN", "VIE", "BER", "LON", "OSL"];

/** Deterministic rows, with some of every oddity. */
export const PASSWORDS: ChoiceRow[] = Array.from({ length: 3000 }, (_, i) => {
  const kind = i % KINDS.length;
  const site = SITES[Math.floor(i / KINDS.length) % SITES.length] ?? "PRG";
  const serial = String(Math.floor(i / (KINDS.length * SITES.length)) + 1).padStart(2, "0");
  const login = (KINDS[kind] ?? "").toLowerCase().replaceAll(" ", ".");
  const username = i % 37 === 5 ? null : kind % 3 === 0 ? `CORP\\${login}` : kind % 3 === 1 ? `.\\${login}` : `${login}@contoso.com`;
  return {
    id: String(90000 + i),
    name: `${KINDS[kind]} – ${site}-${serial}`,
    username,
    category: CATEGORIES[kind] ?? null,
    resource: kind % 2 === 0 ? `${site}-SRV${serial}` : null,
    changed: NOW - ((i * 7919) % 900) * DAY,
    signs_in_as: username,
    archived: i % 41 === 3,
    vaulted: i % 53 === 7,
    restricted: i % 23 === 4,
    otp: i % 9 === 0,
    matched: [],
  };
});

const audit = (number: number, ago: number, person: string, what: string, on: string, outcome: string, details: Record<string, string> = {}): AuditRow => ({
  number, at: NOW - ago, person, what, on, outcome, run: null,
  details: Object.entries(details).map(([name, value]) => ({ name, value })),
});

export const AUDIT: AuditRow[] = [
  audit(412, 2 * MIN, "Mara Lindqvist", "host_refused", "TS-01 accounting", "refused", { host: "10.20.4.11", record: "Print service", reason: "password_expired" }),
  audit(411, 2 * MIN, "Mara Lindqvist", "sign_in", "TS-01 accounting", "intended", { host: "10.20.4.11", record: "Print service" }),
  audit(410, 24 * MIN, "Mara Lindqvist", "host_accepted", "PRG-DC01", "done", { host: "prg-dc01.corp.contoso.com", record: "Domain Admin – CORP" }),
  audit(409, 25 * MIN, "Mara Lindqvist", "certificate_trusted", "prg-dc01.corp.contoso.com", "done"),
  audit(408, 2 * HOUR, "Mara Lindqvist", "sign_in", "Build server (xrdp)", "intended", { host: "build.northstar.example", username: "builder" }),
  audit(407, 3 * HOUR, "Jonas Brandt", "password_shown", "Backup operator", "denied"),
  audit(406, 4 * HOUR, "Mara Lindqvist", "password_copied", "Domain admin", "done", { record: "Domain Admin – CORP" }),
  audit(405, 5 * HOUR, "Mara Lindqvist", "report_made", "Contoso", "done", { from: String(NOW - 30 * DAY), to: String(NOW), report_rows: "7" }),
  audit(404, DAY, "Mara Lindqvist", "session_ended", "FAB-SQL", "done", { lasted_s: "4320" }),
  audit(403, 2 * DAY, "Mara Lindqvist", "credential_created", "Fabrikam RDP", "done"),
  audit(402, 2 * DAY, "Mara Lindqvist", "account_added", "Northstar IT", "done"),
  audit(401, 2 * DAY, "Mara Lindqvist", "unlocked", "Vault", "done"),
];
