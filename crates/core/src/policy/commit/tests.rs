//! Differences made by hand, as somebody would who signs a commit past the use cases.

use super::{Breach, Changed, may_commit};
use crate::book::Book;
use crate::entry::{
    Approval, ApprovalPolicy, Clipboard, Credentials, Device, DevicePolicy, HostCertificate,
    Inheritance, KeyHistory, Port, SessionEntry, SessionKind, Spki, TicketPolicy,
    TrustedCertificate, Version, Vouched,
};
use crate::ids::{
    CredentialEntryId, FolderId, GrantId, GroupId, OrganizationId, PasswordId, PersonId,
    SessionEntryId,
};
use crate::policy::{Denied, Lacking};
use crate::rights::{Grant, Group, Object, Right, RightSet, SourceRight, Standing, Subject};
use crate::testing::{
    ACCOUNT, ADA, AT_SRV1, BOB, BY_HAND, DESK, DOMAIN_ADMIN, EVE, KEYS, OTHER, ROOT, WORK, hosts,
    named, office, rdp, through_gateway,
};
use crate::time::Moment;

/// A difference, and the name of what it is about.
type Difference = (&'static str, fn(&mut Book));

fn verdict(person: PersonId, make: impl FnOnce(&mut Book)) -> Result<(), Breach> {
    let before = office().world.book();
    let mut after = Book::clone(&before);
    make(&mut after);
    assert_ne!(*before, after, "nothing differs");
    may_commit(&before, &after, person).map(drop)
}

fn lacks(person: PersonId, make: impl FnOnce(&mut Book)) -> Lacking {
    let breach = verdict(person, make).expect_err("it is denied");
    breach.denied.lacking
}

fn session(book: &mut Book, id: SessionEntryId) -> &mut SessionEntry {
    let row = book.sessions.get_mut(&id).expect("a session");
    row.version = row.version.next();
    row
}

fn credential(book: &mut Book) -> &mut crate::entry::CredentialEntry {
    let row = book.credentials.get_mut(&DOMAIN_ADMIN).expect("an entry");
    row.version = row.version.next();
    row
}

fn folder(book: &mut Book, id: FolderId) -> &mut crate::entry::Folder {
    let row = book.folders.get_mut(&id).expect("a folder");
    row.version = row.version.next();
    row
}

fn certificate(by: PersonId) -> TrustedCertificate {
    let at = Moment::from_unix_millis(1);
    let certificate = HostCertificate {
        spki: Spki([1; 32]),
        sha256: [1; 32],
        subject: String::new(),
        issuer: String::new(),
        not_before: at,
        not_after: at,
        publicly_trusted: false,
    };
    let host = "srv1".parse().expect("a host");
    TrustedCertificate { host, port: Port::RDP, certificate, typed_only: false, by, at }
}

fn trust(book: &mut Book, by: PersonId) {
    let row = certificate(by);
    book.certificates.insert((row.host.clone(), row.port), row);
}

fn put_grant(book: &mut Book, subject: Subject, object: Object) {
    let id = GrantId::from_bytes([0x77; 16]);
    book.grants.insert(id, Grant { id, subject, object, rights: RightSet::all() });
}

/// What neither somebody with View nor somebody with Edit on a folder may make.
fn not_a_technicians() -> Vec<Difference> {
    [not_of_credentials(), not_of_sessions_and_folders(), not_of_administration()].concat()
}

fn not_of_credentials() -> Vec<Difference> {
    vec![
        ("another password", |book| {
            credential(book).target =
                crate::entry::CredentialTarget::Specific(crate::entry::ChosenPassword {
                    id: PasswordId::new("2"),
                    name: "2".to_owned(),
                    username: None,
                });
        }),
        ("another organization", |book| {
            credential(book).organization.id = OrganizationId::new(OTHER);
        }),
        ("allowed hosts", |book| credential(book).allowed_hosts = hosts(&["srv1", "mine"])),
        ("the entry's name", |book| credential(book).name = named("Harmless")),
        ("what the entry asks for", |book| {
            credential(book).approval = ApprovalPolicy::NOTHING_MORE;
        }),
        ("the entry in a folder of one's own", |book| credential(book).folder = WORK),
        ("no entry any more", |book| {
            book.sessions.remove(&AT_SRV1);
            book.credentials.remove(&DOMAIN_ADMIN);
        }),
        ("an entry of one's own", |book| {
            let mut row = book.credentials[&DOMAIN_ADMIN].clone();
            row.id = CredentialEntryId::from_bytes([0x78; 16]);
            row.folder = WORK;
            book.credentials.insert(row.id, row);
        }),
    ]
}

fn not_of_sessions_and_folders() -> Vec<Difference> {
    vec![
        ("a strict folder", |book| {
            folder(book, WORK).approval =
                ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Verify };
        }),
        ("no tickets", |book| folder(book, WORK).tickets = Some(TicketPolicy::Off)),
        ("inheritance of a session", |book| session(book, AT_SRV1).inheritance = Inheritance::Own),
        ("inheritance of a folder", |book| folder(book, WORK).inheritance = Inheritance::Inherits),
        ("another host", |book| session(book, AT_SRV1).kind = rdp("mine")),
        ("a gateway of one's own on the way to an allowed host", |book| {
            session(book, AT_SRV1);
            through_gateway(book, AT_SRV1, "mine");
        }),
        ("a link to a host of one's own", |book| {
            let row = session(book, BY_HAND);
            row.kind = rdp("mine");
            row.credentials = Credentials::Linked(DOMAIN_ADMIN);
        }),
        ("a mark without Edit on the credential", |book| {
            let row = session(book, AT_SRV1);
            let host = "srv1".parse().expect("a host");
            row.vouched = Some(Vouched { credential: DOMAIN_ADMIN, host, by: EVE });
        }),
        ("another's mark", |book| {
            let row = session(book, AT_SRV1);
            let host = "srv1".parse().expect("a host");
            row.vouched = Some(Vouched { credential: DOMAIN_ADMIN, host, by: ADA });
        }),
        ("a session where others gain", |book| session(book, AT_SRV1).folder = DESK),
        ("a folder where others gain", |book| {
            let row = folder(book, WORK);
            row.parent = Some(DESK);
            row.inheritance = Inheritance::Inherits;
        }),
        ("a folder of another client", |book| {
            let client = book.folders[&ROOT].client.clone().expect("mapped");
            let row = folder(book, WORK);
            row.client = Some(client);
            row.client.as_mut().expect("mapped").organization.id = OrganizationId::new(OTHER);
        }),
        ("an older version", |book| {
            let row = book.sessions.get_mut(&BY_HAND).expect("a session");
            row.name = named("Renamed");
            row.version = Version(0);
        }),
        ("a folder in itself", |book| folder(book, WORK).parent = Some(WORK)),
    ]
}

fn not_of_administration() -> Vec<Difference> {
    vec![
        ("a grant", |book| put_grant(book, Subject::Person(EVE), Object::Folder(KEYS))),
        ("no grant any more", |book| {
            book.grants.retain(|_, grant| grant.subject != Subject::Person(BOB));
        }),
        ("another's rights", |book| {
            book.grants.values_mut().for_each(|grant| grant.rights = RightSet::all());
        }),
        ("Source", |book| {
            let id = GrantId::from_bytes([0x79; 16]);
            let subject = Subject::Person(EVE);
            let source = SourceRight { id, subject, connection: ACCOUNT, organization: None };
            book.sources.insert(id, source);
        }),
        ("being an administrator", |book| {
            book.people.get_mut(&EVE).expect("Eve").administrator = true;
        }),
        ("another disabled", |book| {
            book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled;
        }),
        ("nobody of that name", |book| drop(book.people.remove(&BOB))),
        ("a group's members", |book| {
            let id = GroupId::from_bytes([0x12; 16]);
            let members = [BOB, EVE].into();
            book.groups.insert(id, Group { id, name: named("Night"), members });
        }),
        ("settings", |book| book.settings.technicians_trust_on_first_use = true),
        ("an account's name", |book| {
            book.connections.get_mut(&ACCOUNT).expect("it").name = named("Other");
        }),
        ("another key", |book| {
            let row = book.connections.get_mut(&ACCOUNT).expect("it");
            row.history = row.history.replaced(Moment::from_unix_millis(1));
        }),
        ("a certificate in another's name", |book| trust(book, ADA)),
        ("a certificate of a host that no session names", |book| {
            let mut row = certificate(EVE);
            row.host = "elsewhere".parse().expect("a host");
            book.certificates.insert((row.host.clone(), row.port), row);
        }),
    ]
}

#[test]
fn a_technician_signs_nothing_that_they_could_not_do() {
    for person in [BOB, EVE, PersonId::from_bytes([0x7f; 16])] {
        for (what, make) in not_a_technicians() {
            assert!(verdict(person, make).is_err(), "{what} by {person}");
        }
    }
}

#[test]
fn somebody_with_edit_on_a_folder_signs_what_they_can_do() {
    let theirs: Vec<Difference> = vec![
        ("a name", |book| session(book, AT_SRV1).name = named("Renamed")),
        ("a folder's name", |book| folder(book, WORK).name = named("Renamed")),
        ("another host without a credential", |book| session(book, BY_HAND).kind = rdp("mine")),
        ("a link within the allowed hosts", |book| {
            session(book, BY_HAND).credentials = Credentials::Linked(DOMAIN_ADMIN);
        }),
        ("a gateway among the allowed hosts", |book| {
            session(book, AT_SRV1);
            through_gateway(book, AT_SRV1, "srv1");
        }),
        ("drives and Kerberos", |book| {
            let SessionKind::Rdp { settings, .. } = &mut session(book, AT_SRV1).kind;
            settings.devices = DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles);
            settings.kerberos = true;
        }),
        ("a session that asks the person, anywhere", |book| {
            let row = session(book, AT_SRV1);
            row.credentials = Credentials::AskMe;
            row.kind = rdp("mine");
        }),
        ("no link", |book| session(book, AT_SRV1).credentials = Credentials::None),
        ("one session less", |book| drop(book.sessions.remove(&AT_SRV1))),
        ("a certificate of a host they may link to", |book| trust(book, EVE)),
    ];
    for (what, make) in theirs {
        assert_eq!(verdict(EVE, make), Ok(()), "{what}");
        assert!(verdict(BOB, make).is_err(), "{what} by Bob, who may only see");
    }
}

#[test]
fn an_administrator_administers_but_has_no_right_on_entries_by_that() {
    for (what, make) in not_of_administration() {
        let holds = !["nobody of that name", "a certificate in another's name"].contains(&what)
            && !what.starts_with("a certificate");
        assert_eq!(verdict(ADA, make).is_ok(), holds, "{what}");
    }
    let renamed = |book: &mut Book| credential(book).name = named("Harmless");
    assert_eq!(lacks(ADA, renamed), Lacking::OnCredential(Right::Edit));
    let disabled = |book: &mut Book| {
        book.people.get_mut(&ADA).expect("Ada").standing = Standing::Disabled;
    };
    assert_eq!(lacks(ADA, disabled), Lacking::Soundness, "nobody would be left");
}

#[test]
fn what_was_learnt_of_a_key_is_no_difference() {
    let before = office().world.book();
    let mut after = Book::clone(&before);
    let row = after.connections.get_mut(&ACCOUNT).expect("it");
    row.history = KeyHistory { refused_since: Some(Moment::from_unix_millis(9)), ..row.history };
    assert!(may_commit(&before, &after, BOB).is_ok());
}

#[test]
fn a_breach_names_the_row_and_a_grant_goes_with_what_it_was_on() {
    let made = verdict(EVE, |book| session(book, AT_SRV1).kind = rdp("mine"));
    let Err(Breach { what, denied: Denied { lacking, .. } }) = made else { panic!("let through") };
    assert_eq!((what, lacking), (Changed::Session(AT_SRV1), Lacking::HostNotAllowed));
    let scene = office();
    scene.grants(0x70, BOB, Object::Session(BY_HAND), &[Right::View]);
    let before = scene.world.book();
    let mut after = Book::clone(&before);
    after.grants.remove(&GrantId::from_bytes([0x70; 16]));
    assert!(may_commit(&before, &after, EVE).is_err(), "the session is still there");
    after.sessions.remove(&BY_HAND);
    assert!(may_commit(&before, &after, EVE).is_ok());
}

#[test]
fn a_certificate_that_is_trusted_where_people_type_is_marked_so() {
    let before = |book: &mut Book| {
        book.sessions.remove(&AT_SRV1);
        book.sessions.get_mut(&BY_HAND).expect("it").credentials = Credentials::AskMe;
    };
    let commits = |typed_only| {
        let scene = office();
        scene.edit(before);
        let before = scene.world.book();
        let mut after = Book::clone(&before);
        let row = TrustedCertificate { typed_only, ..certificate(EVE) };
        after.certificates.insert((row.host.clone(), row.port), row);
        may_commit(&before, &after, EVE).map(drop)
    };
    assert_eq!(commits(true), Ok(()));
    let breach = commits(false).expect_err("she answers for no credential");
    assert_eq!(breach.denied.lacking, Lacking::Soundness);
}
