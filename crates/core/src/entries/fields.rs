//! Which fields an edit changed, by the words that stand in the log. Taken apart field by field, so
//! that a new one does not compile until it has a word.

use crate::entry::{CredentialEntry, Folder, RdpSettings, SessionEntry, SessionKind};

type Words = Vec<&'static str>;

fn differing(fields: &[(&'static str, bool)]) -> Words {
    fields.iter().filter(|(_, differs)| *differs).map(|(word, _)| *word).collect()
}

/// Of a folder.
pub(super) fn of_folder(was: &Folder, is: &Folder) -> Words {
    let Folder {
        id: _,
        parent,
        name,
        client,
        credential,
        inheritance,
        approval,
        tickets,
        version: _,
    } = is;
    differing(&[
        ("parent", *parent != was.parent),
        ("name", *name != was.name),
        ("client", *client != was.client),
        ("credential", *credential != was.credential),
        ("inheritance", *inheritance != was.inheritance),
        ("approval", *approval != was.approval),
        ("tickets", *tickets != was.tickets),
    ])
}

/// Of a credential entry.
pub(super) fn of_credential(was: &CredentialEntry, is: &CredentialEntry) -> Words {
    let CredentialEntry {
        id: _,
        folder,
        name,
        connection,
        organization,
        target,
        allowed_hosts,
        approval,
        inheritance,
        version: _,
    } = is;
    differing(&[
        ("folder", *folder != was.folder),
        ("name", *name != was.name),
        ("connection", *connection != was.connection),
        ("organization", *organization != was.organization),
        ("target", *target != was.target),
        ("allowed_hosts", *allowed_hosts != was.allowed_hosts),
        ("approval", *approval != was.approval),
        ("inheritance", *inheritance != was.inheritance),
    ])
}

/// Of a session entry.
pub(super) fn of_session(was: &SessionEntry, is: &SessionEntry) -> Words {
    let SessionEntry { id: _, folder, name, kind, credentials, vouched, inheritance, version: _ } =
        is;
    let SessionKind::Rdp { host, port, settings } = kind;
    let SessionKind::Rdp { host: host_before, port: port_before, settings: set_before } = &was.kind;
    let RdpSettings { devices, display, kerberos, gateway } = settings;
    differing(&[
        ("folder", *folder != was.folder),
        ("name", *name != was.name),
        ("host", host != host_before),
        ("port", port != port_before),
        ("devices", *devices != set_before.devices),
        ("display", *display != set_before.display),
        ("kerberos", *kerberos != set_before.kerberos),
        ("gateway", *gateway != set_before.gateway),
        ("credentials", *credentials != was.credentials),
        ("vouched", *vouched != was.vouched),
        ("inheritance", *inheritance != was.inheritance),
    ])
}
