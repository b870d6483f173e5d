//! IT Glue accounts over the broker: the region from an address, the test of *Password Access*,
//! keys of people's own, keys that nobody uses, and pages in IT Glue.

use usher_broker::protocol::{
    AccountRow, Code, Detail, Failure, Fault, FieldRule, NotFoundWhat, PageOf, PasswordAccess,
    Region, Reply, Request, SetPersonKey, TestPasswordAccess,
};
use usher_core::book::Change;
use usher_core::entry::{
    ApprovalPolicy, Client, Connection, Folder, KeyHistory, KeyId, Organization, Version,
};
use usher_core::ids::{FolderId, OrganizationId};
use usher_core::ports::ApiKeys as _;
use usher_core::time::Moment;
use usher_sandbox::account::RunningAccount;

use crate::fixture::book::administrator;
use crate::fixture::client::shown;
use crate::fixture::room::{files_holding, holds};
use crate::fixture::{Client as Asker, Room, Stage, canary, eventually, forms, logs};

const DAY: u64 = 86_400_000;

type KindOfKey = fn(&RunningAccount) -> String;

async fn card(me: &Asker) -> AccountRow {
    me.snapshot().await.accounts.swap_remove(0)
}

async fn account_after(me: &Asker, request: Request) -> AccountRow {
    let reply = me.ask(request).await;
    let Reply::Account { account, .. } = reply else { panic!("no account: {}", shown(&reply)) };
    account
}

/// What stands in the log of this kind, oldest first.
async fn outcomes(me: &Asker, what: &str) -> Vec<String> {
    let rows = me.audit().await.into_iter().filter(|row| row.what == what);
    rows.map(|row| row.outcome).collect()
}

fn test_of(stage: &Stage) -> Request {
    Request::TestPasswordAccess(TestPasswordAccess {
        connection: stage.connection.clone(),
        organization: stage.organization.clone(),
        password: stage.record.to_string(),
    })
}

fn person_key(stage: &Stage, person: &str, key: &str) -> Request {
    Request::SetPersonKey(SetPersonKey {
        connection: stage.connection.clone(),
        person: person.to_owned(),
        api_key: forms::secret(key),
    })
}

/// The keys of people's own.
async fn own_keys(room: &Room) -> Vec<String> {
    let vault = room.other_program().await;
    let mut keys = Vec::new();
    for id in room.keys().await.into_iter().filter(|id| matches!(id, KeyId::Person(_))) {
        let key = vault.get(id).await.expect("kept");
        // EXPOSE: the test compares it with what the stand-in gave out
        keys.push(key.expose().to_owned());
    }
    keys
}

/// When the account's key was last used, so many days ago, as another program would write it.
async fn unused_for(stage: &Stage, days: u64) {
    let book = stage.room.book().await;
    let row = book.connections.values().next().expect("an account").clone();
    let now = row.history.last_accepted.expect("accepted when it was added").unix_millis();
    let history = KeyHistory::accepted(Moment::from_unix_millis(now - days * DAY));
    stage.room.commit(vec![Change::PutConnection(Connection { history, ..row })]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pasted_address_names_the_region_and_anything_else_its_field() {
    let stage = Stage::new().await;
    let read = |text: &str| Request::ReadAccountAddress { text: text.to_owned() };
    for (text, expected) in [
        ("https://contoso.eu.itglue.com/1/passwords/2", Region::Eu),
        ("app.itglue.com", Region::Us),
        (" App.AU.itglue.com ", Region::Au),
    ] {
        let reply = stage.me.ask(read(text)).await;
        assert!(matches!(reply, Reply::AccountAddress { region } if region == expected), "{text}");
    }
    let field = "account_address".to_owned();
    let detail = Detail::Field { field, rule: FieldRule::NotAnAppUrl };
    for text in ["", "api.itglue.com", "https://itglue.com.evil.example/", "contoso.example"] {
        let failure = stage.me.fails(read(text)).await;
        assert_eq!(failure, Failure { code: Code::Invalid, detail: detail.clone() }, "{text:?}");
    }
    assert_eq!(card(&stage.me).await.region_label, "Europe (api.eu.itglue.com)");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_of_password_access_says_yes_or_no_and_lets_no_value_out() {
    let cases: [(KindOfKey, _, _); 2] = [
        (RunningAccount::api_key, PasswordAccess::Granted, "done"),
        (RunningAccount::api_key_without_password_access, PasswordAccess::Missing, "refused"),
    ];
    for (key, access, outcome) in cases {
        let stage = Stage::with_key(key).await;
        assert_eq!(card(&stage.me).await.password_access, PasswordAccess::Unknown);
        let after = account_after(&stage.me, test_of(&stage)).await;
        assert_eq!((after.password_access, after.refused_since), (access, None));
        assert_eq!(card(&stage.me).await.password_access, access);
        assert_eq!(stage.room.value_requests(), 1);
        assert_eq!(outcomes(&stage.me, "password_access_tested").await, ["intended", outcome]);
        let messages = [stage.me.answers(), stage.room.events.texts()].concat();
        let value = stage.password.as_bytes();
        assert!(!messages.iter().any(|message| holds(message.as_bytes(), value)));
        assert_eq!(files_holding(stage.room.folder.path(), value), [""; 0]);
        assert!(!logs::hold(value));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_that_tells_nothing_leaves_the_card_as_it_was() {
    let stage = Stage::new().await;
    let altered =
        stage.room.account.edit(|data| data.change(stage.record, |row| row.vault_id = Some(1)));
    altered.expect("the record");
    let failure = stage.me.fails(test_of(&stage)).await;
    let detail = Detail::Fault { fault: Fault::RecordVaulted };
    assert_eq!(failure, Failure { code: Code::NotFound, detail });
    assert_eq!(card(&stage.me).await.password_access, PasswordAccess::Unknown);
    assert_eq!(outcomes(&stage.me, "password_access_tested").await, ["intended", "failed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_that_misses_organizations_in_use_is_refused_with_their_names() {
    let stage = Stage::new().await;
    let key = stage.room.key_of(&stage.connection).await;
    let before = card(&stage.me).await;
    let rows = (0..21_u8).map(|n| Change::PutFolder(elsewhere(&stage, n))).collect();
    stage.room.commit(rows).await;
    let person = administrator(&*stage.room.book().await).to_string();
    let new = stage.room.account.api_key();
    let replace =
        Request::ReplaceKey { connection: stage.connection.clone(), api_key: forms::secret(&new) };
    for ask in [replace, person_key(&stage, &person, &new)] {
        let failure = stage.me.fails(ask).await;
        let Detail::Organizations { fault, names, count } = failure.detail else {
            panic!("{failure:?}");
        };
        assert_eq!((failure.code, fault), (Code::Conflict, Fault::KeyMissesOrganizations));
        assert_eq!((names.len(), count), (20, 21));
        assert_eq!(names[0], "Client 00");
    }
    assert_eq!(stage.room.key_of(&stage.connection).await, key);
    let after = AccountRow { requests: before.requests, ..card(&stage.me).await };
    assert_eq!((stage.room.keys().await.len(), after), (1, before));
}

/// A folder of an organization that the account does not have.
fn elsewhere(stage: &Stage, number: u8) -> Folder {
    let id = OrganizationId::new(format!("99000{number:02}"));
    let organization = Organization { id, name: format!("Client {number:02}") };
    let connection = stage.connection.parse().expect("an id");
    Folder {
        id: FolderId::from_bytes([number.wrapping_add(100); 16]),
        parent: Some(stage.root.parse().expect("an id")),
        name: "Elsewhere".parse().expect("a name"),
        client: Some(Client { connection, organization }),
        credential: None,
        inheritance: usher_core::entry::Inheritance::Inherits,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_works_with_a_key_of_their_own_and_its_verdicts_are_its_own() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &[]).await;
    let show = || stage.shows(&credential);
    let person = stage.me.snapshot().await.people.swap_remove(0).id;
    let weak = stage.room.account.api_key_without_password_access();
    let account = account_after(&stage.me, person_key(&stage, &person, &weak)).await;
    assert_eq!((account.person_keys.len(), account.person_keys[0].refused), (1, None));
    assert_eq!(own_keys(&stage.room).await, [weak]);

    let failure = stage.me.fails(show()).await;
    let Detail::Account { person: whose, .. } = failure.detail else { panic!("{failure:?}") };
    assert_eq!((failure.code, whose.as_deref()), (Code::NoPasswordAccess, Some("Administrator")));
    let account = card(&stage.me).await;
    assert_eq!(account.password_access, PasswordAccess::Unknown, "the account's key was not used");

    let connection = stage.connection.clone();
    let remove = || Request::RemovePersonKey {
        connection: stage.connection.clone(),
        person: person.clone(),
    };
    assert_eq!(account_after(&stage.me, remove()).await.person_keys, []);
    assert!(matches!(stage.me.ask(show()).await, Reply::Revealed { .. }), "the account's key");
    assert_eq!(stage.room.keys().await.len(), 1);
    assert!(stage.room.key_of(&connection).await.is_some());
    let again = stage.me.fails(remove()).await;
    let detail = Detail::Field { field: "person".to_owned(), rule: FieldRule::NotApplicable };
    assert_eq!(again, Failure { code: Code::Invalid, detail });
    for what in ["person_key_set", "person_key_removed"] {
        let rows = stage.me.audit().await.into_iter().filter(|row| row.what == what);
        let named = rows.filter(|row| row.details.iter().any(|d| d.value == "Administrator"));
        assert_eq!(named.count(), 2, "{what}: intended and done");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_refused_key_is_not_the_accounts_and_only_administrators_see_all_of_them() {
    let stage = Stage::new().await;
    let me = administrator(&*stage.room.book().await);
    let key = stage.room.account.api_key();
    account_after(&stage.me, person_key(&stage, &me.to_string(), &key)).await;
    let unknown = Request::SetPersonKey(SetPersonKey {
        connection: stage.connection.clone(),
        person: "00000000-0000-7000-8000-000000000000".to_owned(),
        api_key: forms::secret(&key),
    });
    let nobody = Detail::NotFound { what: NotFoundWhat::Person };
    assert_eq!(stage.me.fails(unknown).await.detail, nobody);

    for id in stage.room.keys().await.into_iter().filter(|id| matches!(id, KeyId::Person(_))) {
        stage.room.puts(id, &canary("ITG.revoked")).await;
    }
    let room = stage.room.copy();
    let client = room.unlock().await;
    let organizations = Request::Organizations { connection: stage.connection.clone() };
    let failure = client.fails(organizations).await;
    let Detail::Account { person, .. } = failure.detail else { panic!("{failure:?}") };
    assert_eq!((failure.code, person.as_deref()), (Code::KeyRefused, Some("Administrator")));
    let account = card(&client).await;
    assert!(account.person_keys[0].refused.is_some());
    assert_eq!(account.refused_since, None, "nobody refused the account's key");

    let ada = room.hand_over("Ada").await;
    let own = |account: &AccountRow| account.person_keys.iter().map(|k| k.name.clone()).collect();
    let seen: [Vec<String>; 2] = [own(&card(&ada).await), own(&card(&client).await)];
    assert_eq!(seen, [["Administrator"], ["Administrator"]], "hers to see, and his own");
    assert_eq!(client.snapshot().await.people.len(), 1, "himself");
    assert_eq!(ada.snapshot().await.people.len(), 2);
    let ada_id = administrator(&*room.book().await);
    let mut book = usher_core::book::Book::clone(&*room.book().await);
    let mut own = book.person_keys.pop_first().expect("his").1;
    own.person = ada_id;
    room.commit(vec![Change::PutPersonKey(own)]).await;
    assert_eq!(card(&client).await.person_keys, [], "somebody else's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_another_program_replaced_is_used_once_the_old_one_is_refused() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &[]).await;
    let organizations = || Request::Organizations { connection: stage.connection.clone() };
    let show = || stage.shows(&credential);
    let browse = || Request::PageInItGlue {
        of: PageOf::Record {
            connection: stage.connection.clone(),
            organization: stage.organization.clone(),
            password: stage.record.to_string(),
        },
    };
    let asks: [&dyn Fn() -> Request; 3] = [&organizations, &show, &browse];
    for ask in asks {
        stage.room.puts_key(&stage.connection, &canary("ITG.revoked")).await;
        let room = stage.room.copy();
        let me = room.unlock().await;
        assert_eq!(me.fails(ask()).await.code, Code::KeyRefused);
        room.puts_key(&stage.connection, &stage.room.account.api_key()).await;
        let reply = me.ask(ask()).await;
        assert!(!matches!(reply, Reply::Failed { .. }), "{}", shown(&reply));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_unused_for_80_days_is_flagged_and_one_allowed_to_is_kept_alive() {
    let stage = Stage::new().await;
    unused_for(&stage, 81).await;
    let watch = card(&stage.me).await.watch;
    assert_eq!((watch.unused_days, watch.flagged), (Some(81), true));
    assert_eq!(watch.revoked_in_days, Some(9));
    stage.room.account.forget_requests();

    let on = Request::SetKeepAlive { connection: stage.connection.clone(), on: true };
    assert!(account_after(&stage.me, on).await.keep_alive);
    let restarted = stage.room.copy();
    let me = restarted.unlock().await;
    let kept = eventually("the end of the call", async || {
        let outcomes = outcomes(&me, "kept_alive").await;
        (outcomes.len() > 1).then_some(outcomes)
    })
    .await;
    assert_eq!(kept, ["intended", "done"]);
    let asked = stage.room.account.requests();
    assert_eq!(asked.len(), 1, "one cheap call: {asked:?}");
    let watch = card(&me).await.watch;
    assert_eq!((watch.unused_days, watch.flagged), (Some(0), false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_in_it_glue_are_at_the_regions_own_hosts() {
    let stage = Stage::new().await;
    let (connection, organization) = (stage.connection.clone(), stage.organization.clone());
    let password = stage.record.to_string();
    let pages = [
        PageOf::Account { connection: connection.clone() },
        PageOf::Organization { connection: connection.clone(), organization: organization.clone() },
        PageOf::Record { connection, organization, password: password.clone() },
    ];
    let mut urls = Vec::new();
    for of in pages {
        let reply = stage.me.ask(Request::PageInItGlue { of }).await;
        let Reply::WebPage { url } = reply else { panic!("no page: {}", shown(&reply)) };
        let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        assert!(host.expect("https").ends_with(".eu.itglue.com"), "an account in Europe: {url}");
        urls.push(url);
    }
    assert!(urls[1].ends_with(&stage.organization), "{}", urls[1]);
    assert!(urls[2].ends_with(&format!("{}/passwords/{password}", stage.organization)));
    assert_eq!(stage.room.value_requests(), 0, "a page needs no value");
}
