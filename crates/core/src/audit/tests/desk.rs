//! The scene with a session that Ada and Bob may launch; Ada may see its password as well.

use std::time::Duration;

use crate::asked::Answers;
use crate::entry::{
    AllowedHosts, ApprovalPolicy, ChosenPassword, CredentialEntry, CredentialTarget, Credentials,
    Inheritance, Organization, Port, SessionEntry, Ticket, TrustedCertificate, Version,
};
use crate::error::Error;
use crate::ids::{
    CredentialEntryId, FolderId, GrantId, OrganizationId, PasswordId, SessionEntryId,
};
use crate::launch::{How, Wanted, run};
use crate::ports::{Acceptance, End, Outcome as Seen, Refusal};
use crate::reveal::{Purpose, reveal};
use crate::rights::{Grant, Object, Right, RightSet, Subject};
use crate::testing::{ACCOUNT, ADA, CLIENT, Scene, at_once, certificate, record};
use crate::time::Moment;

pub(super) const FOLDER: FolderId = FolderId::from_bytes([4; 16]);
pub(super) const SESSION: SessionEntryId = SessionEntryId::from_bytes([7; 16]);
pub(super) const ADMIN: CredentialEntryId = CredentialEntryId::from_bytes([8; 16]);

/// The scene with a session and a password for it.
pub(super) fn desk() -> Scene {
    let scene = Scene::new();
    scene.edit(|book| {
        book.credentials.insert(ADMIN, credential());
        book.sessions.insert(SESSION, session());
        book.certificates.insert(("srv1".parse().expect("a host"), Port::RDP), trusted());
        let rights = RightSet::of(&[Right::View, Right::ViewPassword]);
        let (id, subject) = (GrantId::from_bytes([9; 16]), Subject::Person(ADA));
        let object = Object::Folder(FOLDER);
        book.grants.insert(id, Grant { id, subject, object, rights });
    });
    let mut state = scene.world.state();
    let mut found = record("90", "Servers", false);
    found.name = "Domain admin".to_owned();
    found.username = Some("CORP\\adm".to_owned());
    state.records.push(found);
    state.now = 1_000;
    drop(state);
    goes_well(&scene);
    scene
}

fn trusted() -> TrustedCertificate {
    TrustedCertificate {
        host: "srv1".parse().expect("a host"),
        port: Port::RDP,
        certificate: certificate(1),
        typed_only: false,
        by: ADA,
        at: Moment::from_unix_millis(0),
    }
}

fn credential() -> CredentialEntry {
    CredentialEntry {
        id: ADMIN,
        folder: FOLDER,
        name: "Admin".parse().expect("a name"),
        connection: ACCOUNT,
        organization: organization(),
        target: CredentialTarget::Specific(ChosenPassword {
            id: PasswordId::new("90"),
            name: "Domain admin".to_owned(),
            username: None,
        }),
        allowed_hosts: AllowedHosts::new(vec!["srv1".parse().expect("a host pattern")]),
        approval: ApprovalPolicy::NOTHING_MORE,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    }
}

fn session() -> SessionEntry {
    SessionEntry {
        id: SESSION,
        folder: FOLDER,
        name: "DC01".parse().expect("a name"),
        kind: crate::testing::rdp("srv1"),
        credentials: Credentials::Linked(ADMIN),
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    }
}

pub(super) fn organization() -> Organization {
    let name = format!("Organization {CLIENT}");
    Organization { id: OrganizationId::new(CLIENT), name }
}

/// The host takes the next sign-ins, and they last 90 seconds.
pub(super) fn goes_well(scene: &Scene) {
    let ended = Seen::Ended(End::Closed { lasted: Duration::from_secs(90) });
    answers_with(scene, vec![Seen::HostAccepted(Acceptance::Said), ended]);
}

/// The host takes the next sign-ins, and the person ends them.
pub(super) fn is_ended_by_hand(scene: &Scene) {
    answers_with(
        scene,
        vec![Seen::HostAccepted(Acceptance::Said), Seen::Ended(End::EndedByPerson)],
    );
}

/// The host of the next sign-ins shows a desktop, and says afterwards that somebody is signed in, or not.
pub(super) fn shows_a_desktop(scene: &Scene, and_says: bool) {
    let said = and_says.then_some(Seen::HostAccepted(Acceptance::Said));
    let shown = Some(Seen::HostAccepted(Acceptance::DesktopOnly));
    let ended = Some(Seen::Ended(End::EndedByPerson));
    answers_with(scene, [shown, said, ended].into_iter().flatten().collect());
}

/// The host refuses the next sign-ins.
pub(super) fn refuses(scene: &Scene) {
    answers_with(scene, vec![Seen::Ended(End::HostRefused(Refusal::LogonFailure))]);
}

fn answers_with(scene: &Scene, reports: Vec<Seen>) {
    let mut state = scene.world.state();
    (state.host_shows, state.client_comes, state.reports) = (Some(1), true, reports);
}

/// Nothing answers at the host's address.
pub(super) fn is_down(scene: &Scene) {
    scene.world.state().host_shows = None;
}

fn answers() -> Answers {
    Answers { proof: None, ticket: Ticket::new("T-7", "patching").ok() }
}

/// Launches the session.
pub(super) fn launch(scene: &Scene) -> Result<(), Error> {
    let wanted = Wanted { session: SESSION, credential: None, choice: None };
    let how = How { answers: answers(), ..How::default() };
    let launched = run::run(&scene.world, scene.unlock, &wanted, how);
    at_once(launched).expect("waits for nothing").map(drop)
}

/// Shows or copies the password.
pub(super) fn see(scene: &Scene, purpose: Purpose) -> Result<(), Error> {
    let seen = reveal(scene.world.as_ref(), scene.unlock, ADMIN, purpose, answers());
    at_once(seen).expect("waits for nothing").map(drop)
}
