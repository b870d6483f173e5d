//! IT Glue's limit is used up: a list waits, says so and can be cancelled; whatever a person waits
//! for says at once for how long.

use usher_broker::protocol::{
    Code, Detail, Event, Failure, PickerProgress, Region, Reply, Request, RunEnd,
};
use usher_sandbox::account::Fault;

use crate::fixture::stage::end_of;
use crate::fixture::{Host, Stage, eventually, forms};

fn limited(seconds: u32) -> Failure {
    Failure { code: Code::RateLimited, detail: Detail::Wait { seconds: Some(seconds) } }
}

/// IT Glue asks for so many seconds from now on.
fn limit(stage: &Stage, seconds: u32) {
    let fault = Fault::RateLimited { retry_after: Some(seconds) };
    stage.room.account.set_fault(fault).expect("a port");
}

async fn browse(stage: &Stage) -> String {
    let (connection, organization) = (stage.connection.clone(), stage.organization.clone());
    let reply = stage.me.ask(Request::BrowsePasswords { connection, organization }).await;
    let Reply::PickerOpened { picker } = reply else { panic!("no list") };
    picker
}

/// The list as it is once it waits.
async fn waiting(stage: &Stage, picker: &str) -> PickerProgress {
    eventually("a list that waits", async || {
        let progress = stage.me.page(picker, "").await.progress;
        progress.waiting_seconds.is_some().then_some(progress)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_waits_says_for_how_long_and_goes_on_by_itself() {
    let stage = Stage::new().await;
    limit(&stage, 2);
    let picker = browse(&stage).await;
    let progress = waiting(&stage, &picker).await;
    assert_eq!((progress.waiting_seconds, progress.loaded), (Some(2), 0));
    assert_eq!((progress.done, progress.failure), (false, None));
    stage.room.account.clear_fault().expect("a port");
    let page = stage.me.full_list(&picker, "").await;
    assert_eq!((page.rows.len(), page.progress.failure), (1, None));
    assert_eq!(page.progress.waiting_seconds, None);
    let told = stage.room.events.all().into_iter().any(|numbered| {
        matches!(numbered.event, Event::Picker { progress, .. } if progress.waiting_seconds == Some(2))
    });
    assert!(told, "the window was told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_a_list_that_waits_cancels_it() {
    let stage = Stage::new().await;
    limit(&stage, 1);
    let picker = browse(&stage).await;
    waiting(&stage, &picker).await;
    stage.me.done(Request::ClosePicker { picker: picker.clone() }).await;
    stage.room.account.clear_fault().expect("a port");
    let before = stage.room.account.requests().len();
    let other = browse(&stage).await;
    assert_eq!(stage.me.full_list(&other, "").await.rows.len(), 1, "another one goes on");
    let asked = stage.room.account.requests().len();
    assert_eq!(asked, before + 1, "and nothing but that: the closed one asked no more");
    let ended = stage.room.events.all().into_iter().any(|numbered| {
        matches!(numbered.event, Event::Picker { picker: of, progress } if of == picker && progress.done)
    });
    assert!(!ended, "nobody is told of the end of what was cancelled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_waits_for_says_at_once_how_long_it_takes() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    limit(&stage, 250);
    let connection = || stage.connection.clone();
    let key = || forms::secret(&stage.room.account.api_key());
    let asks = [
        stage.shows(&credential),
        Request::CheckAccount { connection: connection() },
        Request::Organizations { connection: connection() },
        Request::ReplaceKey { connection: connection(), api_key: key() },
        Request::AddAccount { name: "New".to_owned(), region: Region::Eu, api_key: key() },
    ];
    for ask in asks {
        let failure = stage.me.fails(ask).await;
        let Detail::Wait { seconds: Some(seconds) } = failure.detail else { panic!("{failure:?}") };
        assert_eq!(failure, limited(seconds));
        assert!((1..=250).contains(&seconds), "{seconds}");
    }
    let end = end_of(stage.play(&host, &session, None).await);
    assert!(
        matches!(&end, RunEnd::Failed { failure } if failure.code == Code::RateLimited),
        "{end:?}"
    );
    assert_eq!(host.sign_ins(), 0);
    let snapshot = stage.me.snapshot().await;
    let requests = snapshot.accounts[0].requests;
    assert!(requests.paused_seconds.is_some_and(|s| (1..=250).contains(&s)), "{requests:?}");
    assert_eq!(snapshot.accounts[0].refused_since, None, "the key is none the worse for it");
    assert_eq!(stage.room.keys().await.len(), 1);
}
