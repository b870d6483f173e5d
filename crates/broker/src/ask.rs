//! Answers, one file per kind of request.

mod accounts;
mod audit;
mod certificates;
mod entries;
mod forms;
mod launch;
mod person_keys;
mod picker;
mod reveal;
mod running;
mod snapshot;
mod web_page;

use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::ports::{Ports, Store};

use crate::broker::Desktop;
use crate::map::failure::{self, AccountFacts};
use crate::map::people::administrators;
use crate::protocol::{Failure, Reply, Request};

/// What stands between a request and its reply.
type Answer = Result<Reply, Failure>;

/// Answers a request; an error becomes the reply that says so.
pub(crate) async fn answer<P: Ports>(desktop: Desktop<P>, request: Request) -> Reply {
    match route(&desktop, request).await {
        Ok(reply) => reply,
        Err(failure) => Reply::Failed { failure },
    }
}

#[expect(clippy::too_many_lines, reason = "one line for each request, no logic")]
async fn route<P: Ports>(desk: &Desktop<P>, request: Request) -> Answer {
    match request {
        Request::Unlock => Ok(Reply::Done),
        Request::Snapshot => snapshot::take(desk).await,
        Request::AddAccount { name, region, api_key } => {
            accounts::add(desk, &name, region, api_key).await
        }
        Request::ReplaceKey { connection, api_key } => {
            accounts::replace_key(desk, &connection, api_key).await
        }
        Request::CheckAccount { connection } => accounts::check(desk, &connection).await,
        Request::RemoveAccount { connection } => accounts::remove(desk, &connection).await,
        Request::ReadAccountAddress { text } => accounts::read_address(desk, &text).await,
        Request::TestPasswordAccess { connection, organization, password } => {
            accounts::test_password_access(desk, &connection, &organization, &password).await
        }
        Request::SetPersonKey { connection, person, api_key } => {
            person_keys::set(desk, &connection, &person, api_key).await
        }
        Request::RemovePersonKey { connection, person } => {
            person_keys::remove(desk, &connection, &person).await
        }
        Request::SetKeepAlive { connection, on } => {
            accounts::set_keep_alive(desk, &connection, on).await
        }
        Request::PageInItGlue { of } => web_page::find(desk, &of).await,
        Request::Organizations { connection } => accounts::organizations(desk, &connection).await,
        Request::BrowsePasswords { connection, organization } => {
            picker::browse(desk, &connection, organization).await
        }
        Request::PickerPage { picker, query, offset, limit } => {
            picker::page(desk, &picker, &query, (offset, limit))
        }
        Request::ClosePicker { picker } => picker::close(desk, &picker),
        Request::CreateFolder { parent, form } => entries::create_folder(desk, &parent, form).await,
        Request::ChangeFolder { folder, version, form } => {
            entries::change_folder(desk, &folder, version, form).await
        }
        Request::DeleteFolder { folder } => entries::delete_folder(desk, &folder).await,
        Request::CreateCredential { folder, form } => {
            entries::create_credential(desk, &folder, form).await
        }
        Request::ChangeCredential { credential, version, form } => {
            entries::change_credential(desk, &credential, version, form).await
        }
        Request::DeleteCredential { credential } => {
            entries::delete_credential(desk, &credential).await
        }
        Request::CreateSession { folder, form } => {
            entries::create_session(desk, &folder, form).await
        }
        Request::ChangeSession { session, version, form } => {
            entries::change_session(desk, &session, version, form).await
        }
        Request::DeleteSession { session } => entries::delete_session(desk, &session).await,
        Request::PrepareLaunch { session, credential } => {
            launch::prepare(desk, &session, credential.as_deref()).await
        }
        Request::Launch { session, credential, choice } => {
            launch::launch(desk, &session, credential.as_deref(), choice).await
        }
        Request::TrustCertificate { session, sha256 } => {
            certificates::trust(desk, &session, &sha256).await
        }
        Request::ClientMissing { run } => running::client_missing(desk, &run).await,
        Request::ClientExited { run } => running::client_exited(desk, &run).await,
        Request::EndSession { run } => running::end(desk, &run).await,
        Request::DismissRun { run } => running::dismiss(desk, &run).await,
        Request::ShowPassword { credential, confirmed } => {
            reveal::show(desk, &credential, confirmed).await
        }
        Request::CopyPassword { credential, confirmed } => {
            reveal::copy(desk, &credential, confirmed).await
        }
        Request::Audit { before, limit } => audit::rows(desk, before, limit).await,
    }
}

/// The failure for an error, with whom to ask and the account concerned.
async fn explain<P: Ports>(
    desk: &Desktop<P>,
    error: &Error,
    account: Option<ConnectionId>,
) -> Failure {
    let Ok(book) = desk.ports.store().book().await else {
        return failure::plain(error);
    };
    let facts = account.and_then(|id| AccountFacts::of(&book, desk.person, id));
    failure::of(error, &administrators(&book), facts.as_ref())
}
