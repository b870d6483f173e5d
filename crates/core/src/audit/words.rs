//! The words of the log. A word is never changed once released: logs outlive versions.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$item_doc])* $variant,)+
        }

        impl $name {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one of that word; `None` for a word of a newer version.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }

            /// The word that stands in the log; never changed once released.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What can stand in the audit log.
    What {
        /// The vault was made.
        VaultCreated = "vault_created",
        /// The vault was unlocked.
        Unlocked = "unlocked",
        /// Somebody tried to unlock the vault and could not.
        UnlockRefused = "unlock_refused",
        /// The vault was locked.
        Locked = "locked",
        /// The vault was opened although it was not as it had been left.
        OpenedAsFound = "opened_as_found",
        /// The vault as it was found became the true one.
        AcceptedAsFound = "accepted_as_found",
        /// Somebody was to prove who they are, and did not.
        VerifyFailed = "verify_failed",
        /// An IT Glue account was added.
        AccountAdded = "account_added",
        /// Its key was replaced.
        KeyReplaced = "key_replaced",
        /// An account's key was tried for *Password Access*; the password was dropped unread.
        PasswordAccessTested = "password_access_tested",
        /// A person was given a key of their own.
        PersonKeySet = "person_key_set",
        /// A person's own key was taken away.
        PersonKeyRemoved = "person_key_removed",
        /// Usher was allowed to keep an account's keys alive.
        KeepAliveOn = "keep_alive_on",
        /// Usher was no longer allowed to.
        KeepAliveOff = "keep_alive_off",
        /// A key was used so that IT Glue does not revoke it.
        KeptAlive = "kept_alive",
        /// An IT Glue account was removed.
        AccountRemoved = "account_removed",
        /// A folder was made.
        FolderCreated = "folder_created",
        /// A folder was changed.
        FolderChanged = "folder_changed",
        /// A folder was deleted.
        FolderDeleted = "folder_deleted",
        /// A credential entry was made.
        CredentialCreated = "credential_created",
        /// A credential entry was renamed or annotated.
        CredentialChanged = "credential_changed",
        /// A credential entry was repointed.
        CredentialRepointed = "credential_repointed",
        /// A credential entry was deleted.
        CredentialDeleted = "credential_deleted",
        /// A session entry was made.
        SessionCreated = "session_created",
        /// A session entry was changed.
        SessionChanged = "session_changed",
        /// A session was given a credential, or its host was changed.
        SessionLinked = "session_linked",
        /// A session entry was deleted.
        SessionDeleted = "session_deleted",
        /// Rights were granted.
        Granted = "granted",
        /// Rights were taken away.
        Revoked = "revoked",
        /// A host's certificate was trusted.
        CertificateTrusted = "certificate_trusted",
        /// A launch was asked for.
        Launch = "launch",
        /// A password was asked for to sign in to a host.
        SignIn = "sign_in",
        /// The host accepted the credential.
        HostAccepted = "host_accepted",
        /// The host shows a desktop, and has not said whether it accepted the credential.
        DesktopShown = "desktop_shown",
        /// The host refused the credential.
        HostRefused = "host_refused",
        /// The line of a session was lost; its listener waits for the client to come back.
        ConnectionLost = "connection_lost",
        /// A session ended.
        SessionEnded = "session_ended",
        /// A password was asked for to be shown.
        PasswordShown = "password_shown",
        /// A password was asked for to be copied.
        PasswordCopied = "password_copied",
        /// A record was asked to be shown in IT Glue itself; on record where it was denied.
        RecordPageOpened = "record_page_opened",
        /// The page of an account or organization was asked for; on record where it was denied.
        AccountPageOpened = "account_page_opened",
        /// An account's key was to be checked; on record where it was denied.
        AccountChecked = "account_checked",
        /// An account's organizations or records were looked through; on record where it was denied.
        AccountBrowsed = "account_browsed",
        /// People and their rights were looked up; on record where it was denied.
        PeopleRead = "people_read",
        /// This log was read; on record where it was denied.
        LogRead = "log_read",
        /// A vault of an older Usher was brought up, and its administrator got a passphrase.
        VaultUpgraded = "vault_upgraded",
        /// A person came in with the administrator's code and chose a passphrase.
        Enrolled = "enrolled",
        /// A person changed their passphrase.
        PassphraseChanged = "passphrase_changed",
        /// A person set a PIN.
        PinSet = "pin_set",
        /// A person did away with their PIN.
        PinRemoved = "pin_removed",
        /// A recovery kit was made.
        RecoveryKitMade = "recovery_kit_made",
        /// A device was taken off.
        DeviceRemoved = "device_removed",
        /// Everything was sealed with new keys.
        Rekeyed = "rekeyed",
        /// A person was added.
        PersonAdded = "person_added",
        /// A person was given a code to come in with.
        PersonInvited = "person_invited",
        /// A person's name, standing or being an administrator was changed.
        PersonChanged = "person_changed",
        /// A person was disabled.
        PersonDisabled = "person_disabled",
        /// A person was revoked.
        PersonRevoked = "person_revoked",
        /// A person who was about to be revoked could have used this entry.
        CouldUse = "could_use",
        /// A group was made or changed.
        GroupSaved = "group_saved",
        /// A group was removed.
        GroupRemoved = "group_removed",
        /// Settings for everybody were changed.
        SettingsChanged = "settings_changed",
        /// Inheritance, approval or tickets of a folder or entry were changed.
        PolicyChanged = "policy_changed",
        /// An entry, a folder or everything was locked for technicians.
        LockedForTechnicians = "locked_for_technicians",
        /// Source was granted.
        SourceGranted = "source_granted",
        /// Source was revoked.
        SourceRevoked = "source_revoked",
        /// An entry or folder was moved.
        Moved = "moved",
        /// An entry was duplicated.
        Duplicated = "duplicated",
        /// Something was undone.
        Undone = "undone",
        /// A person typed user name and password themselves; they were sent and forgotten.
        TypedByPerson = "typed_by_person",
        /// Rows of this log were exported.
        Exported = "exported",
        /// A report for a client was made.
        ReportMade = "report_made",
        /// This log was verified.
        LogVerified = "log_verified",
        /// This log was not as it had been left: rows were missing, or others stood in their place.
        LogNotAsLeft = "log_not_as_left",
    }
}

words! {
    /// How it went.
    Outcome {
        /// About to happen; nothing is released before this is on record.
        Intended = "intended",
        /// It happened.
        Done = "done",
        /// Policy said no.
        Denied = "denied",
        /// The other side said no.
        Refused = "refused",
        /// It did not come about.
        Failed = "failed",
        /// It stopped for a person to decide; nothing was released.
        Stopped = "stopped",
    }
}

impl What {
    /// Whether it is what technicians do all day. Whatever else stands in the log is signed at once,
    /// but for what somebody could use, which the row of their leaving signs.
    #[must_use]
    pub const fn is_everyday(self) -> bool {
        matches!(
            self,
            Self::Launch
                | Self::SignIn
                | Self::HostAccepted
                | Self::DesktopShown
                | Self::HostRefused
                | Self::SessionEnded
                | Self::PasswordShown
                | Self::PasswordCopied
                | Self::TypedByPerson
                | Self::RecordPageOpened
                | Self::AccountPageOpened
                | Self::KeptAlive
                | Self::UnlockRefused
                | Self::VerifyFailed
                | Self::CouldUse
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_have_one_word_and_each_is_found_by_its_own() {
        for what in What::ALL {
            assert_eq!(What::of_word(what.word()), Some(*what));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::of_word(outcome.word()), Some(*outcome));
        }
        assert_eq!(What::of_word("a word of next year"), None);
    }
}
