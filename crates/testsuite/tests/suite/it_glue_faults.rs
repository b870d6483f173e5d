//! Each way IT Glue can fail, at each place that asks it: its own code, and nothing is injected.

use usher_broker::protocol::{
    AccountRow, Code, Detail, Failure, Fault, FieldRule, PasswordAccess, Prepared, Region, Reply,
    Request, RunEnd,
};
use usher_sandbox::account::{Fault as Misbehave, RunningAccount};

use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Stage, forms};

/// What IT Glue does, and how that is called.
#[derive(Clone, Copy)]
struct Blow {
    how: Misbehave,
    code: Code,
    fault: Option<Fault>,
}

impl Blow {
    const FOREIGN: Self =
        Self::new(Misbehave::ForeignRow, Code::ForeignAnswer, Some(Fault::AnswerForeign));

    /// Those that every question feels; a foreign row is felt where there are rows. A used up limit
    /// has a file of its own, since lists wait for it.
    const EVERYWHERE: [Self; 4] = [
        Self::new(Misbehave::KeyRevoked, Code::KeyRefused, None),
        Self::new(Misbehave::Down, Code::Unreachable, None),
        Self::new(Misbehave::CutShort, Code::ForeignAnswer, Some(Fault::AnswerCutShort)),
        Self::new(Misbehave::ServerError(503), Code::Unreachable, Some(Fault::ServerFault)),
    ];

    const fn new(how: Misbehave, code: Code, fault: Option<Fault>) -> Self {
        Self { how, code, fault }
    }

    /// The failure says exactly what it is about.
    fn check(self, failure: &Failure, place: &str) {
        let expected = match (self.how, self.fault) {
            (Misbehave::KeyRevoked, _) => Detail::Account {
                account: "Contoso IT".to_owned(),
                region: Region::Eu,
                may_replace: true,
                ask: vec!["Administrator".to_owned()],
                person: None,
            },
            (_, Some(fault)) => Detail::Fault { fault },
            (_, None) => Detail::Plain,
        };
        let expected = Failure { code: self.code, detail: expected };
        assert_eq!(*failure, expected, "{:?} at {place}", self.how);
    }

    /// That the request fails as this says.
    async fn strikes(self, me: &Client, request: Request, place: &str) {
        self.check(&me.fails(request).await, place);
    }

    /// That the list ends as this says.
    async fn ends(self, me: &Client, picker: &str, place: &str) {
        let failure = me.full_list(picker, "").await.progress.failure;
        self.check(&failure.expect("the list fails"), place);
    }
}

/// Everything that reads IT Glue without a password, while it misbehaves.
async fn reading_fails(stage: &Stage, session: &str, blow: Blow) {
    let (me, connection) = (&stage.me, || stage.connection.clone());
    if blow.how != Misbehave::ForeignRow {
        let ask = Request::Organizations { connection: connection() };
        blow.strikes(me, ask, "organizations").await;
        let ask = Request::CheckAccount { connection: connection() };
        blow.strikes(me, ask, "check account").await;
    }
    let organization = stage.organization.clone();
    let browse = Request::BrowsePasswords { connection: connection(), organization };
    let Reply::PickerOpened { picker } = me.ask(browse).await else { panic!("no list") };
    blow.ends(me, &picker, "browse").await;
    let Prepared::Pick { picker, .. } = me.prepare(session).await else { panic!("no list") };
    blow.ends(me, &picker, "the list of a launch").await;
    let form = forms::credential("Specific", stage.client(), stage.record(), &[]);
    let create = Request::CreateCredential { folder: stage.folder.clone(), form };
    blow.strikes(me, create, "create").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn adding_an_account_fails_by_name_and_keeps_no_key() {
    let stage = Stage::new().await;
    let before = stage.me.snapshot().await.accounts.swap_remove(0);
    for blow in Blow::EVERYWHERE {
        stage.room.account.set_fault(blow.how).expect("a port");
        let api_key = forms::secret(&stage.room.account.api_key());
        let name = "Contoso IT".to_owned();
        let add = Request::AddAccount { name, region: Region::Eu, api_key };
        blow.strikes(&stage.me, add, "add account").await;
        stage.room.account.clear_fault().expect("a port");
    }
    let after = stage.me.snapshot().await.accounts.swap_remove(0);
    assert_eq!(AccountRow { requests: before.requests, ..after }, before);
    assert_eq!(stage.room.keys().await.len(), 1);
    let added = stage.me.audit().await.iter().filter(|row| row.what == "account_added").count();
    assert_eq!(added, 2, "the stage's own: intended, and done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_and_creating_fail_by_name_and_the_key_is_kept() {
    let stage = Stage::new().await;
    let prompting = stage.credential("Choose", forms::prompt(None), &["127.0.0.1"]).await;
    let session = stage.session("DC01", ("127.0.0.1", 3389), &prompting).await;
    let key = stage.room.key_of(&stage.connection).await;
    for blow in Blow::EVERYWHERE.into_iter().chain([Blow::FOREIGN]) {
        let how = blow.how;
        stage.room.account.set_fault(how).expect("a port");
        reading_fails(&stage, &session, blow).await;
        let snapshot = stage.me.snapshot().await;
        assert_eq!(snapshot.credentials.len(), 1, "nothing was made: {how:?}");
        let refused = snapshot.accounts[0].refused_since.is_some();
        assert_eq!(refused, how == Misbehave::KeyRevoked, "{how:?}");
        stage.room.account.clear_fault().expect("a port");
        let connection = stage.connection.clone();
        let checked = stage.me.ask(Request::CheckAccount { connection }).await;
        let Reply::Account { account, organizations } = checked else { panic!("not checked") };
        assert_eq!((account.refused_since, organizations), (None, Some(2)), "well again: {how:?}");
    }
    assert_eq!(stage.room.key_of(&stage.connection).await, key);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_or_a_show_that_gets_no_password_says_why_and_reaches_no_host() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    for blow in Blow::EVERYWHERE.into_iter().chain([Blow::FOREIGN]) {
        stage.room.account.set_fault(blow.how).expect("a port");
        let show = stage.shows(&credential);
        blow.strikes(&stage.me, show, "show").await;
        let end = end_of(stage.play(&host, &session, None).await);
        let RunEnd::Failed { failure } = end else { panic!("{:?}: {end:?}", blow.how) };
        blow.check(&failure, "the lease");
        stage.room.account.clear_fault().expect("a port");
    }
    assert_eq!(host.sign_ins(), 0);
    let snapshot = stage.me.snapshot().await;
    assert!(snapshot.accounts[0].refused_since.is_some(), "no better answer came since");
    assert!(matches!(end_of(stage.play(&host, &session, None).await), RunEnd::Closed { .. }));
    let row = stage.me.snapshot().await.accounts.swap_remove(0);
    assert_eq!((row.refused_since, row.password_access), (None, PasswordAccess::Granted));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_is_gone_archived_moved_vaulted_nobodys_or_cut_by_a_nul_is_named_and_not_used()
 {
    let host = Host::start("never right").await;
    let cases: [(&str, Code, Fault); 7] = [
        ("deleted", Code::NotFound, Fault::RecordGone),
        ("moved", Code::NotFound, Fault::RecordGone),
        ("archived", Code::NotFound, Fault::RecordArchived),
        ("vaulted", Code::NotFound, Fault::RecordVaulted),
        ("emptied", Code::NotFound, Fault::RecordEmpty),
        ("nobody's", Code::Invalid, Fault::RecordUserName),
        ("with a NUL", Code::Invalid, Fault::RecordPassword),
    ];
    for (case, code, fault) in cases {
        let stage = Stage::new().await;
        let (session, credential) = stage.ready(&host).await;
        let other: u64 = stage.other_organization.parse().expect("a number");
        let altered = stage.room.account.edit(|data| match case {
            "deleted" => data.delete(stage.record),
            "moved" => data.move_to(stage.record, other),
            "archived" => data.archive(stage.record),
            "vaulted" => data.change(stage.record, |row| row.vault_id = Some(1)),
            "emptied" => data.change(stage.record, |row| row.value.clear()),
            "with a NUL" => data.change(stage.record, |row| row.value.push_str("\0x")),
            _ => data.change(stage.record, |row| row.username = None),
        });
        altered.expect("the record");
        let expected = Failure { code, detail: Detail::Fault { fault } };
        let end = end_of(stage.play(&host, &session, None).await);
        assert_eq!(end, RunEnd::Failed { failure: expected.clone() }, "{case}");
        if fault != Fault::RecordUserName && fault != Fault::RecordPassword {
            let show = stage.shows(&credential);
            assert_eq!(stage.me.fails(show).await, expected, "{case}");
        }
    }
    assert_eq!(host.sign_ins(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_without_password_access_shows_itself_at_the_first_password_and_stays_on_the_card() {
    let stage = Stage::with_key(RunningAccount::api_key_without_password_access).await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let card = stage.me.snapshot().await.accounts.swap_remove(0);
    assert_eq!(card.password_access, PasswordAccess::Unknown);
    let RunEnd::Failed { failure } = end_of(stage.play(&host, &session, None).await) else {
        panic!("released");
    };
    assert_eq!(failure.code, Code::NoPasswordAccess);
    assert!(
        matches!(failure.detail, Detail::Account { ref account, .. } if account == "Contoso IT")
    );
    let card = stage.me.snapshot().await.accounts.swap_remove(0);
    assert_eq!((card.password_access, card.refused_since), (PasswordAccess::Missing, None));
    assert_eq!(host.sign_ins(), 0);
    let (connection, api_key) = (stage.connection.clone(), stage.room.account.api_key());
    let replace = Request::ReplaceKey { connection, api_key: forms::secret(&api_key) };
    assert!(matches!(stage.me.ask(replace).await, Reply::Account { .. }));
    assert!(matches!(end_of(stage.play(&host, &session, None).await), RunEnd::Closed { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_refused_or_is_no_key_does_not_replace_the_one_that_works() {
    let stage = Stage::new().await;
    let key = stage.room.key_of(&stage.connection).await;
    let card = stage.me.snapshot().await.accounts.swap_remove(0);
    let other =
        usher_sandbox::account::Account::start(usher_sandbox::account::AccountData::empty());
    let unknown = other.expect("an account").api_key();
    let replace = |text: &str| Request::ReplaceKey {
        connection: stage.connection.clone(),
        api_key: forms::secret(text),
    };
    let refused = stage.me.fails(replace(&unknown)).await;
    assert_eq!(refused.code, Code::KeyRefused);
    let rule = FieldRule::NotAKey;
    for text in ["", "a\nb", "\u{1f511}"] {
        let failure = stage.me.fails(replace(text)).await;
        let detail = Detail::Field { field: "api_key".to_owned(), rule };
        assert_eq!((failure.code, failure.detail), (Code::Invalid, detail), "{text:?}");
    }
    assert_eq!(stage.room.key_of(&stage.connection).await, key);
    let after = stage.me.snapshot().await.accounts.swap_remove(0);
    assert_eq!(AccountRow { requests: card.requests, ..after }, card);
    let connection = stage.connection.clone();
    let organizations = stage.me.ask(Request::Organizations { connection }).await;
    assert!(
        matches!(organizations, Reply::Organizations { organizations } if organizations.len() == 2)
    );
}
