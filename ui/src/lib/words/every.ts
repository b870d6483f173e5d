// Every word of the protocol's closed lists, for the tests: a new word does not compile until it is here.

import type { Approval, Clipboard, Code, DeniedWhy, Detail, Fault, FieldRule, HostTakes, KeyringState, NotFoundWhat, PasswordAccess, PinAtDoor, Region, Right, RotationWhy, RunEnd, RunState, Standing, TicketPolicy, UnlockNote, UserNameFault, WindowSize } from "../api/gen";
import type { AtDoor } from "./door";
import type { Doing } from "./message";

const keys = <K extends string>(record: Record<K, true>): K[] => Object.keys(record) as K[];

export const CODES = keys<Code>({ denied: true, locked: true, not_found: true, unreachable: true, timed_out: true, key_refused: true, no_password_access: true, rate_limited: true, foreign_answer: true, untrusted_host: true, refused_by_host: true, client_missing: true, invalid: true, conflict: true, storage: true, audit_unavailable: true });

export const FAULTS = keys<Fault>({ vault_missing: true, vault_read_only: true, vault_newer: true, vault_corrupt: true, vault_on_network: true, vault_busy: true, disk_failed: true, keyring_missing: true, keyring_locked: true, keyring_slow: true, keyring_empty: true, keyring_failed: true, not_allowed_with_key: true, record_gone: true, record_archived: true, record_vaulted: true, record_empty: true, record_user_name: true, record_password: true, answer_cut_short: true, answer_malformed: true, answer_foreign: true, server_fault: true, it_glue_certificate: true, key_misses_organizations: true, key_card_unwritten: true, host_name_not_found: true, host_refused_connection: true, host_timed_out: true, host_broke_off: true, host_tls: true, host_not_rdp: true, host_standard_security: true, host_entra_only: true, restricted_admin: true, host_redirects: true, needs_kerberos: true, needs_gateway: true, host_weaker: true, injector_failed: true, entry_changed: true, lease_expired: true, typed_once: true, signed_in_too_often: true, session_not_up: true, refused_before: true, client_did_not_start: true, outgoing_ntlm_denied: true, client_has_no_window: true, window_stays_behind: true, clipboard_unavailable: true, browser_unavailable: true, wrong_passphrase: true, pin_needs_passphrase: true, code_expired: true, unknown_device: true, administrators_only: true, vault_rolled_back: true, vault_damaged: true, read_only_as_found: true, vault_exists: true, internal: true });

export const RULES = keys<FieldRule>({ required: true, too_long: true, unsafe: true, not_a_host: true, not_a_port: true, not_a_size: true, not_a_host_pattern: true, other_organization: true, not_mapped: true, not_a_key: true, not_an_app_url: true, in_use: true, no_credential: true, choice_missing: true, out_of_scope: true, too_weak: true, other_shape: true, not_a_pattern: true, last_administrator: true, circle: true, not_minutes: true, not_applicable: true });

export const THINGS = keys<NotFoundWhat>({ session: true, credential: true, folder: true, account: true, run: true, organization: true, password_record: true, certificate: true, picker: true, person: true, group: true, device: true, source: true, undo: true });

export const REGION_WORDS = keys<Region>({ us: true, eu: true, au: true });
export const ACCESS_WORDS = keys<PasswordAccess>({ unknown: true, granted: true, missing: true });
const RIGHTS = keys<Right>({ view: true, view_password: true, edit: true });

const WHYS: Record<DeniedWhy["missing"], DeniedWhy[]> = {
  on_session: RIGHTS.map((right) => ({ missing: "on_session", right })),
  on_credential: RIGHTS.map((right) => ({ missing: "on_credential", right })),
  on_folder: RIGHTS.map((right) => ({ missing: "on_folder", right })),
  source: [{ missing: "source" }],
  host_not_allowed: [{ missing: "host_not_allowed" }],
  administrator: [{ missing: "administrator" }],
  other_client_folder: [{ missing: "other_client_folder" }],
  would_widen: [{ missing: "would_widen" }],
  confirmation: [{ missing: "confirmation" }],
  read_only: [{ missing: "read_only" }],
  second_person: [{ missing: "second_person" }],
  no_credential: [{ missing: "no_credential" }],
  choose_first: [{ missing: "choose_first" }],
  passphrase: [{ missing: "passphrase" }],
  ticket: [{ missing: "ticket" }],
  ask_me_off: [{ missing: "ask_me_off" }],
  soundness: [{ missing: "soundness" }],
};
export const DENIED = Object.values(WHYS).flat();

const DETAIL_LISTS: Record<Detail["of"], Detail[]> = {
  plain: [{ of: "plain" }],
  denied: DENIED.map((why) => ({ of: "denied", why, ask: ["Ada", "Grace"] })),
  field: RULES.map((rule) => ({ of: "field", field: "host", rule })),
  not_found: THINGS.map((what) => ({ of: "not_found", what })),
  account: [true, false].flatMap((may_replace) => [null, "Ada"].map((person) => ({ of: "account", account: "Northstar", region: "eu", may_replace, ask: ["Grace"], person }))),
  organizations: FAULTS.map((fault) => ({ of: "organizations", fault, names: ["Contoso", "Fabrikam"], count: 7 })),
  wait: [{ of: "wait", seconds: 12 }, { of: "wait", seconds: null }],
  fault: FAULTS.map((fault) => ({ of: "fault", fault })),
  damage: [true, false].flatMap((read_only_offered) => [["grant", "7"], ["charter", null], [null, null]].map(([table = null, row = null]) => ({ of: "damage", fault: "vault_damaged", table, row, read_only_offered }))),
  record: FAULTS.map((fault) => ({ of: "record", fault, record: "Domain admin", changed: 1_700_000_000_000 })),
};
export const DETAILS = Object.values(DETAIL_LISTS).flat();

const END_LISTS: Record<RunEnd["end"], RunEnd[]> = {
  closed: [{ end: "closed", seconds: 75 }],
  client_never_came: [{ end: "client_never_came" }],
  client_left_early: [{ end: "client_left_early" }],
  client_missing: [{ end: "client_missing" }],
  too_many_attempts: [{ end: "too_many_attempts" }],
  host_refused: ["logon_failure", "password_expired", "account_unusable", "not_permitted", "unexplained"].flatMap((reason) =>
    [1, 2, 3].flatMap((refusals) => [true, false].map((typed) => ({ end: "host_refused" as const, reason, record: typed ? "" : "Domain admin", changed: typed ? null : 1_700_000_000_000, choose_again: !typed, others: [], refusals, typed }))),
  ),
  certificate_changed: [{ end: "certificate_changed" }],
  failed: FAULTS.map((fault) => ({ end: "failed", failure: { code: "storage", detail: { of: "fault", fault } } })),
  ended_by_person: [{ end: "ended_by_person" }],
};
export const ENDS = Object.values(END_LISTS).flat();

const STATE_LISTS: Record<RunState["state"], RunState[]> = {
  waiting_for_client: [{ state: "waiting_for_client" }],
  signing_in: [{ state: "signing_in" }],
  active: [{ state: "active" }],
  desktop_only: [{ state: "desktop_only" }],
  dropped: [{ state: "dropped" }],
  needs_unlock: [{ state: "needs_unlock" }],
  ended: ENDS.map((end) => ({ state: "ended", end })),
};
export const STATES = Object.values(STATE_LISTS).flat();

export const DOINGS = keys<Doing>({ open: true, launch: true, list: true, save: true, delete: true, show: true, copy: true, account: true, test: true, person_key: true, page: true, trust: true, go_on: true, look: true, window: true, sign_in: true, end: true, audit: true, door: true, prove: true, create: true, upgrade: true, own: true, people: true, rights: true, lockdown: true, move: true, undo: true, accept: true, export: true });

export const KEYRINGS = keys<KeyringState>({ ok: true, missing: true, locked: true, slow: true, failed: true, empty: true });
export const PINS = keys<PinAtDoor>({ none: true, opens: true, after_passphrase: true, spent: true });
export const NOTES = keys<UnlockNote>({ no_anchor: true, no_keyring: true, upgraded: true });
export const STANDINGS = keys<Standing>({ active: true, disabled: true, revoked: true });
export const ROTATION_WHYS = keys<RotationWhy>({ launched: true, seen: true, could_pick: true });
export const APPROVALS = keys<Approval>({ auto: true, verify: true, approval: true });
export const TICKETS = keys<TicketPolicy>({ off: true, optional: true, required: true });
export const DOORS = keys<AtDoor>({ create: true, upgrade: true, passphrase: true, pin: true, enrolment_code: true, recovery_kit: true, prove: true, proof: true });

export const CLIPBOARDS = keys<Clipboard>({ off: true, text: true, text_and_files: true });
const SIZE_LISTS: Record<WindowSize["size"], WindowSize> = { client: { size: "client" }, full_screen: { size: "full_screen" }, pixels: { size: "pixels", width: 1280, height: 720 } };
export const SIZES = Object.values(SIZE_LISTS);
export const TAKES = keys<HostTakes>({ nla: true, tls: true });
export const USER_NAME_FAULTS = keys<UserNameFault>({ empty: true, too_long: true, character: true });
