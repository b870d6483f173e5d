// What administrators ask about people, groups, devices, Source rights and settings.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { Reply, Request, SettingsForm, SourceRow, Standing, SubjectRef } from "./gen";

async function done(request: Request): Promise<void> {
  expectReply(await ask(request), "done");
}

export type Roster = Pick<Extract<Reply, { reply: "people" }>, "people" | "groups" | "devices">;
/** A code to enrol with, shown once. */
export type Invited = Pick<Extract<Reply, { reply: "invited" }>, "person" | "code" | "until">;

/** The passwords to change, and the same for a spreadsheet. */
export type Rotation = Pick<Extract<Reply, { reply: "rotation" }>, "rows" | "csv">;

export async function people(): Promise<Roster> {
  return expectReply(await ask({ ask: "people" }), "people");
}

export async function addPerson(name: string, administrator: boolean, groups: string[]): Promise<Invited> {
  return expectReply(await ask({ ask: "add_person", name, administrator, groups }), "invited");
}

export async function inviteAgain(person: string): Promise<Invited> {
  return expectReply(await ask({ ask: "invite_again", person }), "invited");
}

export const changePerson = (person: string, name: string, administrator: boolean, standing: Standing): Promise<void> =>
  done({ ask: "change_person", person, name, administrator, standing });

export async function saveGroup(group: string | null, name: string, members: string[]): Promise<string> {
  return expectReply(await ask({ ask: "save_group", group, name, members }), "created").id;
}

export const removeGroup = (group: string): Promise<void> => done({ ask: "remove_group", group });

/** Revokes a person, deletes what is theirs, and answers which passwords to change in IT Glue. */
export async function offboard(person: string): Promise<Rotation> {
  return expectReply(await ask({ ask: "offboard", person }), "rotation");
}

export const removeDevice = (device: string): Promise<void> => done({ ask: "remove_device", device });
export const rekey = (): Promise<void> => done({ ask: "rekey" });
export const saveSettings = (form: SettingsForm): Promise<void> => done({ ask: "save_settings", form });

export async function sources(): Promise<SourceRow[]> {
  return expectReply(await ask({ ask: "sources" }), "sources").rows;
}

export async function setSource(subject: SubjectRef, connection: string, organization: string | null): Promise<string> {
  return expectReply(await ask({ ask: "set_source", subject, connection, organization }), "created").id;
}

export const removeSource = (source: string): Promise<void> => done({ ask: "remove_source", source });
