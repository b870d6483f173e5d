// Faults that need a sentence of their own: what happened and what to do about it.

import type { Fault } from "../api/gen";

/** Title, what happened, what to do, and what was not done where that differs from the usual. */
export type FaultWords = { title: string; text: string; next: string; undone?: string };

const KEPT = "Usher never overwrites a vault file; it is left exactly as it is.";
const CLEAR = "Nothing was stored in clear text.";

/** The words of every fault. A fault without words does not compile. */
export function faultWords(fault: Fault): FaultWords {
  return WORDS[fault];
}

const WORDS: Record<Fault, FaultWords> = {
  // The vault file and its disk.
  vault_missing: { title: "The vault file is missing", text: "The file that holds your entries is not where it was.", undone: "No new vault was made in its place.", next: "Put the file back, or restore it from a backup, then try again." },
  vault_read_only: { title: "The vault file is read-only", text: "Usher can read the vault file but may not write to it.", undone: "Nothing was changed in the vault.", next: "Give your user write access to the file and its folder, then try again." },
  vault_newer: { title: "The vault was written by a newer Usher", text: "This version does not understand the vault's format.", undone: KEPT, next: "Install the current version of Usher, then open the vault with it." },
  vault_corrupt: { title: "The vault file is damaged", text: "The vault file exists but does not hold what it should.", undone: KEPT, next: "Keep a copy of the file, restore the vault from a backup, then try again." },
  vault_on_network: { title: "The vault lies on a network path", text: "A network file system cannot promise that what was written is kept, so Usher does not open vaults there.", undone: KEPT, next: "Move the vault to a disk of this machine, then try again." },
  vault_busy: { title: "Another program holds the vault", text: "The vault file is locked by another program, perhaps a second Usher or a backup.", undone: "Nothing was changed in the vault.", next: "Close the other program, then try again." },
  disk_failed: { title: "The disk is full or failed", text: "Writing to the disk did not work.", undone: "The last change was not saved; everything saved before is still there.", next: "Free some space or check the disk, then try again." },
  vault_rolled_back: { title: "The vault is an older copy", text: "This device remembers a newer state of the vault than the file holds. Somebody put an older copy in its place, or a backup was restored.", undone: KEPT, next: "Put the newest file back. If the older copy is meant, an administrator can open it read-only and accept it." },
  vault_damaged: { title: "The vault was changed from outside", text: "Something in the vault's file is not what Usher wrote there.", undone: KEPT, next: "Restore the vault from a backup. An administrator can open what still verifies read-only." },
  read_only_as_found: { title: "The vault is open read-only", text: "It was opened as it was found, so nothing in it can be changed, and sessions that were launched before are not signed in to again.", undone: "Nothing was changed.", next: "An administrator can accept it as it is, or restore a backup." },
  // Coming in.
  wrong_passphrase: { title: "That was not right", text: "It was not accepted.", next: "Check Caps Lock and the keyboard layout, then try again." },
  pin_needs_passphrase: { title: "The passphrase is needed first", text: "A PIN works once the passphrase was given: for that day, until Usher is closed, and until it was wrong five times.", next: "Use your passphrase this time." },
  code_expired: { title: "The enrolment code has expired", text: "Enrolment codes are good for a limited time only.", next: "Ask an administrator to invite you again." },
  unknown_device: { title: "This device is not known to the vault", text: "This device was removed from the vault, or its keyring was emptied, so a passphrase or PIN does not open the vault here.", next: "Use your recovery kit, or ask an administrator for an enrolment code." },
  administrators_only: { title: "Only administrators may look at it", text: "A vault that is not as it was left is opened by administrators only.", next: "Ask an administrator." },
  vault_exists: { title: "There is a vault already", text: "Another window or program made a vault here meanwhile.", undone: KEPT, next: "Unlock that one." },
  // The keyring.
  keyring_missing: { title: "No keyring service is running", text: "Usher keeps this computer's half of what opens the vault in the keyring of your desktop (Secret Service), and none answers.", undone: CLEAR, next: "Install and start gnome-keyring, or enable KWallet with its Secret Service, then try again." },
  keyring_locked: { title: "The keyring is locked", text: "The keyring of your desktop is locked. This computer's half of what opens the vault lies in it.", undone: CLEAR, next: "Unlock the keyring (your login password usually does it), then try again." },
  keyring_slow: { title: "The keyring did not answer", text: "The keyring service runs but did not answer in time. It may be waiting for you in a window of its own.", undone: CLEAR, next: "Look for a keyring prompt and answer it, then try again." },
  keyring_empty: { title: "The vault holds no key for this account", text: "The account is in the vault, but its API key is not.", undone: "IT Glue was not asked.", next: "Open IT Glue accounts and use Replace key to enter the key again." },
  keyring_failed: { title: "The keyring refused", text: "The keyring service answered, but would not store or give the key.", undone: CLEAR, next: "Check the keyring with your desktop's password manager, then try again." },
  // IT Glue and its records.
  not_allowed_with_key: { title: "IT Glue: this key may not do this", text: "The key is accepted, but IT Glue does not allow it this request.", next: "In IT Glue, check what the key and the person who made it may read." },
  record_gone: { title: "The password record is gone", text: "The record was deleted in IT Glue, or moved where this key cannot see it.", next: "Edit the credential entry and choose another password, or restore the record in IT Glue." },
  record_archived: { title: "The password record is archived", text: "The record was archived in IT Glue, so it is no longer used.", next: "Restore the record in IT Glue, or choose another password." },
  record_vaulted: { title: "The password lies in a personal vault", text: "It is encrypted with a passphrase that only its owner knows, so IT Glue itself cannot decrypt it for an API key.", next: "Choose another password, or move the record out of the vault in IT Glue." },
  record_empty: { title: "The record has no password", text: "The record exists in IT Glue but its password is empty.", next: "Fill in the password in IT Glue, or choose another record." },
  record_user_name: { title: "The record's user name cannot be signed in with", text: "The user name in IT Glue is empty or not a name a host understands.", next: "Correct the user name in IT Glue, for example DOMAIN\\user or user@domain, or choose another record." },
  record_password: { title: "The record's password cannot be signed in with", text: "The password in IT Glue holds a line break or another character that nobody can type, or more than 256 characters. A host could read a different password in its place, and count that as a wrong one.", undone: "Nothing was sent to the host.", next: "Correct the password in IT Glue, or choose another record." },
  answer_cut_short: { title: "IT Glue's answer was cut short", text: "The connection ended before the whole answer had arrived.", next: "Try again. If it stays so, look for a proxy or filter in between." },
  answer_malformed: { title: "IT Glue's answer was not understood", text: "The answer is not what the IT Glue API documents.", next: "Try again. If it stays so, look for a proxy or filter in between." },
  answer_foreign: { title: "IT Glue answered about something else", text: "The answer belongs to another organization or record than the one asked for, so it was thrown away.", next: "Try again, and tell an administrator if it happens again." },
  server_fault: { title: "IT Glue has a fault of its own", text: "IT Glue reported an error on its side.", next: "Wait a few minutes and try again. status.itglue.com tells about outages." },
  it_glue_certificate: { title: "IT Glue's certificate is not trusted", text: "Whatever answered in IT Glue's place showed a certificate that is not IT Glue's. Most often a proxy or web filter that opens encrypted connections is in the way.", undone: "Nothing was sent, and the key least of all.", next: "Have api.itglue.com, api.eu.itglue.com and api.au.itglue.com exempted from the proxy's or filter's inspection, then try again." },
  key_misses_organizations: { title: "The new key does not see everything that is in use", text: "Entries and folders of this account use organizations that the new key does not see. It may belong to another IT Glue account.", undone: "The old key is still in place.", next: "Make the key in the same IT Glue account as the old one, or change the entries that use these organizations, then try again." },
  key_card_unwritten: { title: "The new key is in place, but the vault was not updated", text: "IT Glue accepted the new key and it is in its place, but what the account shows could not be written and is still about the old one.", undone: "The old key is gone; Usher works with the new one.", next: "Check the disk, and that no other program holds the vault, then enter the new key once more." },
  // The host.
  host_name_not_found: { title: "The host's name has no address", text: "The name could not be looked up.", next: "Check the spelling of the host, your DNS, and whether a VPN has to be connected." },
  host_refused_connection: { title: "Nothing listens at the host", text: "The host is there but refuses connections on this port.", next: "Check the port, and that Remote Desktop is enabled on the host." },
  host_timed_out: { title: "The host did not answer in time", text: "No answer came from the host.", next: "Check that the host is on, that a firewall lets this port through, and whether a VPN has to be connected." },
  host_broke_off: { title: "The host broke off", text: "The host closed the connection in the middle of it.", next: "Try again. If it stays so, look at the host's event log." },
  host_tls: { title: "No encrypted connection with the host", text: "TLS with the host did not come up, or its handshake could not be verified.", next: "Check the host's certificate and TLS settings. Do not go on if you did not expect this." },
  host_not_rdp: { title: "This is not an RDP host", text: "Something answers on this port, but it does not speak RDP.", next: "Check the host and the port of the session." },
  host_standard_security: { title: "The host offers standard RDP security only", text: "That kind of connection does not prove which machine answers, so no password was sent.", next: "On the host, set the security layer to TLS or turn network level authentication (NLA) on." },
  host_entra_only: { title: "The host takes Microsoft Entra sign-in only", text: "This host does not accept a user name and password.", next: "Use a client that signs in with Microsoft Entra, or allow passwords on the host." },
  restricted_admin: { title: "The client asked for restricted admin", text: "Restricted admin mode needs no password, so there is nothing that Usher could send.", next: "Turn restricted admin mode off in your client's settings." },
  host_redirects: { title: "The host redirects to another host", text: "The host, perhaps a connection broker, wants the session to go elsewhere. Usher does not send a password to a host the session does not name.", next: "Make a session for the host it redirects to." },
  needs_kerberos: { title: "Kerberos is not supported yet", text: "The entry says that the host or the account takes Kerberos alone. Usher signs in with NTLM so far, so nothing was sent.", next: "If the account may use NTLM at this host after all, clear \"Needs Kerberos\" in the entry." },
  needs_gateway: { title: "RD Gateways are not supported yet", text: "The entry leads through an RD Gateway, which Usher cannot do yet. Nothing was sent.", next: "If the host can be reached directly, for example over a VPN, clear the gateway in the entry." },
  host_weaker: { title: "The host offers less than a moment ago", text: "It offered network level authentication (NLA) at first and no longer did at sign-in. Somebody on the line can bring that about.", next: "Launch again. If it stays so, ask whoever looks after the host whether NLA was turned off." },
  // Usher itself.
  injector_failed: { title: "The local connection could not be opened", text: "Usher could not open a local listener for your RDP client.", next: "Try again. If it stays so, look for security software that blocks loopback connections." },
  entry_changed: { title: "The entry was edited meanwhile", text: "Somebody changed the session, its credential entry or the trust in its host's certificate after the launch had begun.", next: "Look at the entry, then launch again." },
  lease_expired: { title: "The time to sign in has passed", text: "Your RDP client took too long to connect, so the one-time sign-in was withdrawn.", next: "Launch again." },
  signed_in_too_often: { title: "Signed in again too often", text: "Its line was lost, or it was signed in to again, too often within 10 minutes. Where the password is wrong, going on would lock the account out.", undone: "No further password was fetched or sent.", next: "See whether the password in IT Glue is right and the network steady, then launch again." },
  session_not_up: { title: "The session is not up just now", text: "It has ended, or has lost its line and is being signed in to again at this moment.", undone: "Nothing more was fetched or sent for it.", next: "Look at the Running list. If the session is up, and you still need it, choose Sign in again once more." },
  refused_before: { title: "The host has refused this password", text: "The line was lost. Meanwhile the host refused another sign-in with the same record, and has accepted none since. Usher does not send it there again by itself, since another wrong try may lock the account.", undone: "No further password was fetched or sent.", next: "See whether the password in IT Glue is right, then launch again." },
  typed_once: { title: "What you typed was for one sign-in", text: "Usher signs in with a typed password once and then forgets it, so it has none to sign in with again.", undone: "No password was sent a second time.", next: "Launch again and type it once more." },
  client_did_not_start: { title: "The RDP client did not start", text: "Usher found FreeRDP on this machine, but it could not be started.", next: "Start xfreerdp by itself in a terminal and see what it says, then launch again." },
  outgoing_ntlm_denied: { title: "Windows does not let Remote Desktop sign in", text: "A policy of this computer denies outgoing NTLM (\"Network security: Restrict NTLM: Outgoing NTLM traffic to remote servers\"), and Usher's addresses on this computer are not among its exceptions.", undone: "Nothing was fetched, and no client was started.", next: "Ask an administrator to add TERMSRV/127.77.* to \"Network security: Restrict NTLM: Add remote server exceptions for NTLM authentication\", or launch by hand with a client that does without Windows' NTLM." },
  client_has_no_window: { title: "There is no window to show", text: "The client of this session has ended, or has not opened its window yet.", next: "Wait a moment, or launch the session again." },
  window_stays_behind: { title: "The window stays where it is", text: "Your desktop does not let Usher bring another program's window to the front.", next: "Choose the window in the taskbar, by its title." },
  clipboard_unavailable: { title: "The clipboard cannot be used", text: "Your desktop did not let Usher write to the clipboard.", next: "Try again, or use Show password." },
  browser_unavailable: { title: "The page was not opened", text: "No browser opened.", undone: "No page was opened.", next: "Set a default browser, or look it up in IT Glue." },
  internal: { title: "Usher made a mistake", text: "Something went wrong inside Usher.", next: "Try again. If it happens again, restart Usher and report it." },
};
