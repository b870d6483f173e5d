// What is asked at the door of the vault, and about what a person opens it with.

import { ask } from "./ask";
import { expectReply } from "./error";
import type { Door, Reply, Request, Strength, UnlockWith } from "./gen";

async function done(request: Request): Promise<void> {
  expectReply(await ask(request), "done");
}

/** The vault is open. The handle stays in the shell. */
export type Opened = Pick<Extract<Reply, { reply: "unlocked" }>, "recovery_kit" | "read_only" | "notes">;

/** How the vault stands before anybody has come in. */
export async function door(): Promise<Door> {
  return expectReply(await ask({ ask: "door" }), "door").door;
}

/** Makes the vault and opens it for its founder, with a recovery kit. */
export async function createVault(vault: string, administrator: string, passphrase: string): Promise<Opened> {
  return expectReply(await ask({ ask: "create_vault", vault, administrator, passphrase }), "unlocked");
}

/** Opens the vault; `asFound`: read-only, although it is not as it was left. */
export async function unlock(using: UnlockWith, asFound: boolean): Promise<Opened> {
  return expectReply(await ask({ ask: "unlock", with: using, as_found: asFound }), "unlocked");
}

/** How strong a passphrase would be for somebody of these names. */
export async function passphraseStrength(passphrase: string, hints: string[]): Promise<Strength> {
  return expectReply(await ask({ ask: "passphrase_strength", passphrase, hints }), "strength").strength;
}

export const lock = (): Promise<void> => done({ ask: "lock" });

/** Lifts an unlock by PIN for administration. */
export const prove = (passphrase: string): Promise<void> => done({ ask: "prove", passphrase });

export const changePassphrase = (current: string, next: string): Promise<void> =>
  done({ ask: "change_passphrase", current, new: next });

/** Another PIN; `null` takes it away. */
export const setPin = (passphrase: string, pin: string | null): Promise<void> =>
  done({ ask: "set_pin", passphrase, pin });

/** Another recovery kit; the one before stops working. Shown once, then forgotten. */
export async function newRecoveryKit(passphrase: string): Promise<string> {
  return expectReply(await ask({ ask: "new_recovery_kit", passphrase }), "recovery_kit").kit;
}

/** Takes the vault as it was found for the true one from now on. */
export const acceptAsFound = (): Promise<void> => done({ ask: "accept_as_found" });

/** A shorter idle limit of one's own; `null`: the vault's. */
export const setOwnIdleLock = (minutes: number | null): Promise<void> =>
  done({ ask: "set_own_idle_lock", minutes });
