//! Each field on its own, with each text: what is said of it, and that nothing changed.

use usher_broker::protocol::{
    Code, CredentialsRow, Detail, Failure, FieldRule, Reply, Request, SessionForm, SessionRow,
    Snapshot, Target, TicketForm, WindowSize,
};

use super::{ONE_LINE, is_several_lines, texts};
use crate::ask_me::typed;
use crate::fixture::client::shown;
use crate::fixture::{Stage, forms};

/// Nobody asks this host.
const PLACE: (&str, u32) = ("10.0.0.1", 3389);

struct Field {
    name: &'static str,
    /// Puts a text there.
    put: fn(&mut SessionForm, String),
    /// What is said of a text; `None` where it is taken.
    rule: fn(&str) -> Option<FieldRule>,
}

const FIELDS: [Field; 4] = [
    Field { name: "name", put: |form, text| form.name = text, rule: of_a_name },
    Field { name: "host", put: |form, text| form.host = text, rule: |text| Some(of_a_host(text)) },
    Field {
        name: "gateway",
        put: |form, text| form.rdp.gateway = Some(text),
        rule: |_| Some(FieldRule::NotAHost),
    },
    Field {
        name: "credential",
        put: |form, text| form.credentials = CredentialsRow::Linked { credential: text },
        rule: |_| Some(FieldRule::Required),
    },
];

/// Spaces around a name are dropped; a line's end in front or behind is one.
fn of_a_name(text: &str) -> Option<FieldRule> {
    of_a_password(text.trim())
}

/// Nothing is dropped of a password. None of the texts has between 200 characters, as many as a name
/// may have, and 256.
fn of_a_password(text: &str) -> Option<FieldRule> {
    if text.chars().count() > 200 {
        return Some(FieldRule::TooLong);
    }
    is_several_lines(text).then_some(FieldRule::Unsafe)
}

/// None of the texts is a host.
fn of_a_host(text: &str) -> FieldRule {
    let letters = text.chars().all(|c| c.is_ascii_alphanumeric());
    if letters { FieldRule::TooLong } else { FieldRule::NotAHost }
}

fn invalid(field: &str, rule: FieldRule) -> Failure {
    Failure { code: Code::Invalid, detail: Detail::Field { field: field.to_owned(), rule } }
}

async fn state(stage: &Stage) -> Snapshot {
    Snapshot { event: 0, ..stage.me.snapshot().await }
}

async fn row(stage: &Stage, session: &str) -> SessionRow {
    let rows = stage.me.snapshot().await.sessions;
    rows.into_iter().find(|row| row.id == session).expect("it is there")
}

fn create(stage: &Stage, form: &SessionForm) -> Request {
    Request::CreateSession { folder: stage.folder.clone(), form: form.clone() }
}

/// Creating and changing an entry are refused, and nothing changed.
async fn refuses(stage: &Stage, (session, form): (&str, &SessionForm), expected: &Failure) {
    let before = state(stage).await;
    let about = format!("{form:?}").chars().take(300).collect::<String>();
    assert_eq!(stage.me.fails(create(stage, form)).await, *expected, "create {about}");
    let (session, form) = (session.to_owned(), form.clone());
    let change = Request::ChangeSession { session, version: 1, form };
    assert_eq!(stage.me.fails(change).await, *expected, "change {about}");
    assert_eq!(state(stage).await, before, "{about}");
}

/// The entry is made, with exactly this name, in the vault and in the log.
async fn is_named(stage: &Stage, form: &SessionForm) {
    let session = stage.me.created(create(stage, form)).await;
    assert_eq!(row(stage, &session).await.name, form.name.trim());
    let logged = stage.me.audit().await.pop().expect("it is on record");
    assert_eq!(logged.on, form.name.trim());
    stage.me.done(Request::DeleteSession { session }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_text_field_of_a_session_entry_refuses_or_keeps_it_as_it_is() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let session = stage.session("DC01", PLACE, &credential).await;
    let (mut refused, mut kept) = (0, 0);
    for field in &FIELDS {
        for text in texts() {
            let mut form = forms::session("New", PLACE, &credential);
            (field.put)(&mut form, text.clone());
            if let Some(rule) = (field.rule)(&text) {
                refuses(&stage, (&session, &form), &invalid(field.name, rule)).await;
                refused += 1;
            } else {
                is_named(&stage, &form).await;
                kept += 1;
            }
        }
    }
    let names = texts().filter(|text| of_a_name(text).is_none()).count();
    assert_eq!((refused, kept), (FIELDS.len() * texts().count() - names, names));
    assert!(names >= ONE_LINE.len() && refused > kept, "control: some of each were tried");
    println!("seen: I1: {refused} hostile fields refused, {kept} names kept as they are");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_that_no_window_or_port_has_are_refused() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let session = stage.session("DC01", PLACE, &credential).await;
    for (width, height) in [(0, 0), (199, 768), (1024, 8193), (65_536 + 1024, 768), (u32::MAX, 1)] {
        let mut form = forms::session("New", PLACE, &credential);
        form.rdp.size = WindowSize::Pixels { width, height };
        refuses(&stage, (&session, &form), &invalid("size", FieldRule::NotASize)).await;
    }
    for port in [0, 65_536, 65_536 + 3389, u32::MAX] {
        let form = forms::session("New", (PLACE.0, port), &credential);
        refuses(&stage, (&session, &form), &invalid("port", FieldRule::NotAPort)).await;
    }
    let mut form = forms::session("New", PLACE, &credential);
    form.rdp.size = WindowSize::Pixels { width: 8192, height: 200 };
    let made = stage.me.created(create(&stage, &form)).await;
    assert_eq!(row(&stage, &made).await.rdp.size, form.rdp.size, "control: the largest is taken");
}

/// A folder's name is the client's in a window's title.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_keeps_the_name_that_it_is_given() {
    let stage = Stage::new().await;
    let mut kept = 0;
    for text in texts().filter(|text| of_a_name(text).is_none()) {
        let (parent, form) = (stage.root.clone(), forms::plain_folder(&text));
        let folder = stage.me.created(Request::CreateFolder { parent, form }).await;
        let rows = stage.me.snapshot().await.folders;
        let row = rows.into_iter().find(|row| row.id == folder).expect("it is there");
        assert_eq!(row.name, text.trim());
        stage.me.done(Request::DeleteFolder { folder }).await;
        kept += 1;
    }
    assert!(kept > ONE_LINE.len(), "control: more than the plain ones");
    println!("seen: I1: {kept} hostile names of folders kept as they are");
}

/// What else comes with a launch, or stands in its window's title.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_around_an_entry_and_what_is_typed_are_refused_by_the_same_rules() {
    let stage = Stage::new().await;
    let form = SessionForm {
        credentials: CredentialsRow::AskMe,
        ..forms::bare_session("DC01", PLACE.0, PLACE.1)
    };
    let session = stage.me.created(create(&stage, &form)).await;
    let before = state(&stage).await;
    for text in texts() {
        let about = text.chars().take(100).collect::<String>();
        if let Some(rule) = of_a_name(&text) {
            let parent = stage.root.clone();
            let folder = Request::CreateFolder { parent, form: forms::plain_folder(&text) };
            assert_eq!(stage.me.fails(folder).await, invalid("name", rule), "folder {about:?}");
            let form = forms::credential(&text, stage.client(), stage.record(), &[]);
            let credential = Request::CreateCredential { folder: stage.folder.clone(), form };
            assert_eq!(stage.me.fails(credential).await, invalid("name", rule), "{about:?}");
            let list = Target::AlwaysPromptWithList { category: Some(text.clone()) };
            let form = forms::credential("List", stage.client(), list, &[]);
            let listed = Request::CreateCredential { folder: stage.folder.clone(), form };
            assert_eq!(stage.me.fails(listed).await, invalid("category", rule), "{about:?}");
            let user = typed(PLACE, &session, &text, "x");
            assert_eq!(stage.me.fails(user).await, invalid("user", rule), "user {about:?}");
            let (number, reason) = (text.clone(), String::new());
            let ticket = forms::launch_for(&session, TicketForm { number, reason });
            assert_eq!(stage.me.fails(ticket).await, invalid("ticket", rule), "{about:?}");
        }
        if let Some(rule) = of_a_password(&text) {
            let password = typed(PLACE, &session, "adm", &text);
            assert_eq!(stage.me.fails(password).await, invalid("password", rule), "{about:?}");
        }
        let host = typed((&text, PLACE.1), &session, "adm", "x");
        let expected = invalid("host", of_a_host(&text));
        assert_eq!(stage.me.fails(host).await, expected, "host {about:?}");
        let reply = stage.me.ask(forms::launch(&text, None, None)).await;
        let Reply::Failed { failure } = &reply else { panic!("{}", shown(&reply)) };
        assert_eq!(*failure, invalid("session", FieldRule::Required), "id {about:?}");
    }
    assert_eq!(state(&stage).await, before);
}
