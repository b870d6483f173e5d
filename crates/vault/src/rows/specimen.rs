//! One of everything that the vault holds, with every variant and option in use, for tests.

use usher_core::book::Change;
use usher_core::entry::{
    AllowedHosts, Approval, ApprovalPolicy, ChosenPassword, Client, Clipboard, Connection,
    CredentialEntry, CredentialTarget, Credentials, Device, DevicePolicy, Display, Folder,
    HostCertificate, Inheritance, KeyHistory, KeySerial, ListScope, Name, Organization,
    PasswordAccess, PersonKey, Pixels, Port, RdpSettings, Region, SessionEntry, SessionKind, Spki,
    TicketPolicy, TrustedCertificate, Version, Vouched, WindowSize,
};
use usher_core::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, OrganizationId, PasswordId,
    PersonId, PersonKeyId, SessionEntryId,
};
use usher_core::rights::{
    Grant, Group, Object, Person, Right, RightSet, SourceRight, Standing, Subject,
};
use usher_core::time::Moment;

pub(crate) const PERSON: PersonId = PersonId::from_bytes([1; 16]);
const GROUP: GroupId = GroupId::from_bytes([2; 16]);
pub(crate) const CONNECTION: ConnectionId = ConnectionId::from_bytes([3; 16]);
pub(crate) const PERSON_KEY: PersonKeyId = PersonKeyId::from_bytes([0x34; 16]);
pub(crate) const ROOT: FolderId = FolderId::from_bytes([4; 16]);
const CLIENT: FolderId = FolderId::from_bytes([5; 16]);
const CREDENTIAL: CredentialEntryId = CredentialEntryId::from_bytes([6; 16]);

/// Changes that fill an empty vault.
pub(crate) fn everything() -> Vec<Change> {
    [accounts_and_people(), folders(), credentials(), sessions(), rights(), certificates()].concat()
}

pub(crate) fn folder(id: FolderId, name: &str) -> Folder {
    Folder {
        id,
        parent: Some(ROOT),
        name: named(name),
        client: None,
        credential: None,
        inheritance: Inheritance::Inherits,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    }
}

fn named(text: &str) -> Name {
    text.parse().expect("a name")
}

fn organization() -> Organization {
    Organization {
        id: OrganizationId::new("9007199254740993"),
        name: "Contoso & S\u{f6}hne".into(),
    }
}

fn accounts_and_people() -> Vec<Change> {
    let account = Connection {
        id: CONNECTION,
        name: named("IT Glue of Northwind"),
        region: Region::Eu,
        history: KeyHistory {
            serial: KeySerial(2),
            password_access: PasswordAccess::Granted,
            last_accepted: Some(Moment::from_unix_millis(1_790_000_000_000)),
            refused_since: None,
        },
        keep_alive: Some(PERSON),
    };
    let refused = Connection {
        id: ConnectionId::from_bytes([0x33; 16]),
        region: Region::Au,
        history: KeyHistory {
            serial: KeySerial::default(),
            password_access: PasswordAccess::Missing,
            last_accepted: None,
            refused_since: Some(Moment::from_unix_millis(7)),
        },
        keep_alive: None,
        ..account.clone()
    };
    let own = PersonKey {
        id: PERSON_KEY,
        connection: CONNECTION,
        person: PERSON,
        history: KeyHistory { password_access: PasswordAccess::Unknown, ..account.history },
    };
    let person = Person {
        id: PERSON,
        name: named("Zo\u{eb}"),
        administrator: true,
        standing: Standing::Active,
    };
    let group = Group { id: GROUP, name: named("Night shift"), members: [PERSON].into() };
    vec![
        Change::PutConnection(account),
        Change::PutConnection(refused),
        Change::PutPerson(person),
        Change::PutPersonKey(own),
        Change::PutGroup(group),
    ]
}

fn folders() -> Vec<Change> {
    let root = Folder { parent: None, inheritance: Inheritance::Own, ..folder(ROOT, "All") };
    let client = Folder {
        client: Some(Client { connection: CONNECTION, organization: organization() }),
        credential: Some(CREDENTIAL),
        tickets: Some(TicketPolicy::Required {
            pattern: Some("INC-[0-9]+".parse().expect("a pattern")),
        }),
        ..folder(CLIENT, "Contoso")
    };
    vec![Change::PutFolder(root), Change::PutFolder(client)]
}

fn credentials() -> Vec<Change> {
    let hosts = ["srv1", "*.corp.example", "10.1.0.0/16", "2001:db8::/32"];
    let list = CredentialEntry {
        id: CREDENTIAL,
        folder: CLIENT,
        name: named("Domain admin"),
        connection: CONNECTION,
        organization: organization(),
        target: CredentialTarget::AlwaysPromptWithList(ListScope {
            category: Some("Active Directory".into()),
            included: vec![PasswordId::new("77")],
        }),
        allowed_hosts: AllowedHosts::new(
            hosts.iter().map(|text| text.parse().expect("a pattern")).collect(),
        ),
        approval: ApprovalPolicy { launch: Approval::Auto, reveal: Approval::Approval },
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let specific = CredentialEntry {
        id: CredentialEntryId::from_bytes([0x66; 16]),
        target: CredentialTarget::Specific(ChosenPassword {
            id: PasswordId::new("78"),
            name: "\"quoted\" \\ \u{1f511}".into(),
            username: Some("CORP\\adm".into()),
        }),
        approval: ApprovalPolicy::default(),
        inheritance: Inheritance::Own,
        ..list.clone()
    };
    vec![Change::PutCredential(list), Change::PutCredential(specific)]
}

/// Nothing as it is by itself.
fn settings() -> RdpSettings {
    let devices = Device::ALL.into_iter().filter(|device| *device != Device::Sound);
    RdpSettings {
        devices: DevicePolicy::new(devices, Clipboard::TextAndFiles),
        display: Display {
            size: WindowSize::Pixels(Pixels::new(1920, 1080).expect("a size")),
            all_monitors: true,
            dynamic_resolution: false,
        },
        kerberos: true,
        gateway: Some("rdg.corp.example".parse().expect("a host")),
    }
}

fn sessions() -> Vec<Change> {
    let session = |byte: u8, credentials, vouched| SessionEntry {
        id: SessionEntryId::from_bytes([byte; 16]),
        folder: CLIENT,
        name: named("DC01"),
        kind: SessionKind::Rdp {
            host: "dc01.corp.example".parse().expect("a host"),
            port: Port::RDP,
            settings: if byte == 0x70 { settings() } else { RdpSettings::default() },
        },
        credentials,
        vouched,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let vouched =
        Vouched { credential: CREDENTIAL, host: "10.9.9.9".parse().expect("a host"), by: PERSON };
    vec![
        Change::PutSession(session(0x70, Credentials::Linked(CREDENTIAL), Some(vouched))),
        Change::PutSession(session(0x71, Credentials::Inherited, None)),
        Change::PutSession(session(0x72, Credentials::None, None)),
    ]
}

fn rights() -> Vec<Change> {
    let grant = |byte: u8, subject, object, rights| {
        Change::PutGrant(Grant { id: GrantId::from_bytes([byte; 16]), subject, object, rights })
    };
    let source = |byte: u8, subject, organization| {
        let id = GrantId::from_bytes([byte; 16]);
        Change::PutSource(SourceRight { id, subject, connection: CONNECTION, organization })
    };
    let view = RightSet::of(&[Right::View, Right::ViewPassword]);
    let session = Object::Session(SessionEntryId::from_bytes([0x70; 16]));
    vec![
        grant(0x80, Subject::Person(PERSON), Object::Folder(ROOT), RightSet::all()),
        grant(0x81, Subject::Group(GROUP), Object::Credential(CREDENTIAL), view),
        grant(0x82, Subject::Group(GROUP), session, RightSet::default()),
        source(0x90, Subject::Person(PERSON), None),
        source(0x91, Subject::Group(GROUP), Some(organization().id)),
    ]
}

fn certificates() -> Vec<Change> {
    let certificate = HostCertificate {
        spki: Spki([0xab; 32]),
        sha256: [0xcd; 32],
        subject: "CN=dc01".into(),
        issuer: "CN=dc01".into(),
        not_before: Moment::from_unix_millis(0),
        not_after: Moment::from_unix_millis(4_102_444_800_000),
        publicly_trusted: false,
    };
    vec![Change::PutCertificate(TrustedCertificate {
        host: "dc01.corp.example".parse().expect("a host"),
        port: Port::RDP,
        certificate,
        typed_only: false,
        by: PERSON,
        at: Moment::from_unix_millis(1_790_000_000_001),
    })]
}
