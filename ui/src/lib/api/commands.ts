// What the window asks about entries, accounts and launches, one function each.

import { ask, provedFor } from "./ask";
import { expectReply } from "./error";
import {
  commands,
  events,
  type AccountRow,
  type CredentialForm,
  type FolderForm,
  type HostLook,
  type Launch,
  type Numbered,
  type OrganizationRow,
  type PageOf,
  type PickerPage,
  type Prepared,
  type Region,
  type Request,
  type Revealed,
  type SessionForm,
  type Snapshot,
  type TrafficRow,
  type TypedForm,
} from "./gen";
import type { Given } from "../gate/gate.svelte";

async function done(request: Request): Promise<void> {
  expectReply(await ask(request), "done");
}

async function created(request: Request): Promise<string> {
  return expectReply(await ask(request), "created").id;
}

/** Everything the main window shows. */
export async function snapshot(): Promise<Snapshot> {
  return expectReply(await ask({ ask: "snapshot" }), "snapshot").snapshot;
}

/** Hears the broker's numbered events until the returned function is called. */
export function listenToBroker(heard: (event: Numbered) => void): Promise<() => void> {
  return events.brokerEvent.listen((event) => heard(event.payload));
}

/** An account as it is now; `organizations`: how many its key can see, where a key was checked. */
export type Checked = { account: AccountRow; organizations: number | null };

/** Checks a key with IT Glue and adds the account. */
export async function addAccount(name: string, region: Region, apiKey: string): Promise<Checked> {
  return expectReply(
    await ask({ ask: "add_account", name, region, api_key: apiKey }),
    "account",
  );
}

/** Checks a new key and puts it in the place of the old one. */
export async function replaceKey(connection: string, apiKey: string): Promise<Checked> {
  return expectReply(
    await ask({ ask: "replace_key", connection, api_key: apiKey }),
    "account",
  );
}

/** Asks IT Glue whether the key is still accepted. */
export async function checkAccount(connection: string): Promise<Checked> {
  return expectReply(await ask({ ask: "check_account", connection }), "account");
}

/** Which region a pasted address of IT Glue's app belongs to. Never called with a key. */
export async function readAccountAddress(text: string): Promise<Region> {
  const reply = await ask({ ask: "read_account_address", text });
  return expectReply(reply, "account_address").region;
}

/** Has one record fetched, to learn whether the key has Password Access. No password comes back. */
export async function testPasswordAccess(
  connection: string,
  organization: string,
  password: string,
): Promise<Checked> {
  const reply = await ask({ ask: "test_password_access", connection, organization, password });
  return expectReply(reply, "account");
}

/** Checks a key of one person's own and keeps it beside the account's. */
export async function setPersonKey(connection: string, person: string, key: string): Promise<Checked> {
  const reply = await ask({ ask: "set_person_key", connection, person, api_key: key });
  return expectReply(reply, "account");
}

/** From then on the person works with the account's key again. */
export async function removePersonKey(connection: string, person: string): Promise<Checked> {
  const reply = await ask({ ask: "remove_person_key", connection, person });
  return expectReply(reply, "account");
}

/** Whether Usher may make a cheap call on a schedule, so that IT Glue does not revoke the key. */
export async function setKeepAlive(connection: string, on: boolean): Promise<Checked> {
  const reply = await ask({ ask: "set_keep_alive", connection, on });
  return expectReply(reply, "account");
}

export const removeAccount = (connection: string): Promise<void> =>
  done({ ask: "remove_account", connection });

/** The account's organizations, by name. */
export async function organizations(connection: string): Promise<OrganizationRow[]> {
  const reply = await ask({ ask: "organizations", connection });
  return expectReply(reply, "organizations").organizations;
}

/** Opens a list of an organization's records; `pickerPage` reads it, `closePicker` ends it. */
export async function browsePasswords(connection: string, organization: string): Promise<string> {
  const reply = await ask({ ask: "browse_passwords", connection, organization });
  return expectReply(reply, "picker_opened").picker;
}

/** A page of an open list, filtered and ranked; at most 500 rows. */
export async function pickerPage(
  picker: string,
  query: string,
  offset: number,
  limit: number,
): Promise<PickerPage> {
  const reply = await ask({ ask: "picker_page", picker, query, offset, limit });
  return expectReply(reply, "picker_page").page;
}

export const closePicker = (picker: string): Promise<void> => done({ ask: "close_picker", picker });

export const createFolder = (parent: string, form: FolderForm): Promise<string> =>
  created({ ask: "create_folder", parent, form });

export const changeFolder = (folder: string, version: number, form: FolderForm): Promise<void> =>
  done({ ask: "change_folder", folder, version, form });

export const deleteFolder = (folder: string): Promise<void> =>
  done({ ask: "delete_folder", folder });

export const createCredential = (folder: string, form: CredentialForm): Promise<string> =>
  created({ ask: "create_credential", folder, form });

export const changeCredential = (
  credential: string,
  version: number,
  form: CredentialForm,
): Promise<void> => done({ ask: "change_credential", credential, version, form });

export const deleteCredential = (credential: string): Promise<void> =>
  done({ ask: "delete_credential", credential });

export const createSession = (folder: string, form: SessionForm): Promise<string> =>
  created({ ask: "create_session", folder, form });

export const changeSession = (session: string, version: number, form: SessionForm): Promise<void> =>
  done({ ask: "change_session", session, version, form });

export const deleteSession = (session: string): Promise<void> =>
  done({ ask: "delete_session", session });

/** First half of a launch: launch right away, or choose from a list first? */
export async function prepareLaunch(session: string, credential: string | null): Promise<Prepared> {
  const reply = await ask({ ask: "prepare_launch", session, credential });
  return expectReply(reply, "prepared").prepared;
}

/** How a launch goes on: with what the person typed, and in a client that they start themselves. */
export type Manner = { typed: TypedForm | null; byHand: boolean };

/** Second half: the shell opens the injector and starts the person's client. */
export async function launch(
  session: string,
  credential: string | null,
  choice: string | null,
  { proof, ticket }: Given,
  { typed, byHand }: Manner,
): Promise<Launch> {
  const reply = await provedFor(() => commands.launch(session, credential, choice, ticket, proof, typed, byHand));
  return expectReply(reply, "launch").launch;
}

/** What the session's host shows now. No credential is sent. */
export async function lookAtHost(session: string): Promise<HostLook> {
  return expectReply(await ask({ ask: "look_at_host", session }), "host_look").look;
}

export const trustCertificate = (session: string, sha256: string): Promise<void> =>
  done({ ask: "trust_certificate", session, sha256 });

export const endSession = (run: string): Promise<void> => done({ ask: "end_session", run });

/** Has the client sign in anew, with a freshly fetched password, to the same desktop. */
export const signInAgain = (run: string, proof: string | null): Promise<void> => done({ ask: "sign_in_again", run, proof });

/** Brings the window of the session's client to the front. */
export async function showWindow(run: string): Promise<void> {
  expectReply(await commands.showWindow(run), "done");
}

/** Puts the one-time password of a launch by hand in the clipboard. */
export async function copyByHand(run: string): Promise<void> {
  expectReply(await commands.copyByHand(run), "done");
}

/** What has passed through running sessions. */
export async function traffic(): Promise<TrafficRow[]> {
  return expectReply(await ask({ ask: "traffic" }), "traffic").runs;
}

export const dismissRun = (run: string): Promise<void> => done({ ask: "dismiss_run", run });

/** The one call whose answer holds a password. Whoever calls it forgets it in time. */
export async function showPassword(credential: string, { proof, ticket }: Given): Promise<Revealed> {
  const reply = await commands.showPassword(credential, proof, ticket);
  return expectReply(reply, "revealed").revealed;
}

/** Puts the password in the clipboard without it passing through the window. */
export async function copyPassword(credential: string, { proof, ticket }: Given): Promise<void> {
  expectReply(await commands.copyPassword(credential, proof, ticket), "done");
}

/** Opens a page of IT Glue in the person's browser. Its address never comes to the window. */
export async function openInItGlue(of: PageOf): Promise<void> {
  expectReply(await commands.openInItGlue(of), "done");
}
