//! Answers, one file per kind of request.

mod accounts;
mod audit;
mod certificates;
mod deed;
mod edits;
mod entries;
pub(crate) mod forms;
mod launch;
mod lockdown;
mod locking;
mod own;
mod people;
mod person_keys;
mod picker;
mod reach;
mod reveal;
mod rights;
mod rotation;
mod running;
mod snapshot;
mod web_page;

pub(crate) use running::client_exited_while_locked;
use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::launch::How;
use usher_core::ports::{Ports, Store};

use crate::broker::Desktop;
use crate::map::failure::{self, AccountFacts};
use crate::map::people::administrators;
use crate::protocol::{Code, Failure, Fault, LockWhy, Reply, Request};

/// What stands between a request and its reply.
pub(crate) type Answer = Result<Reply, Failure>;

/// Answers the request of somebody who has the vault open.
pub(crate) async fn answer<P: Ports>(desktop: Desktop<P>, request: Request) -> Answer {
    let deed = deed::Deed::of(&request);
    let answer = route(&desktop, request).await;
    match deed {
        Some(deed) => deed.settle(&desktop, answer).await,
        None => answer,
    }
}

#[expect(clippy::too_many_lines, reason = "one line for each request, no logic")]
async fn route<P: Ports>(desk: &Desktop<P>, request: Request) -> Answer {
    match request {
        Request::Door
        | Request::CreateVault(_)
        | Request::Unlock { .. }
        | Request::PassphraseStrength(_)
        | Request::VaultVerify
        | Request::ReachItGlue { .. } => {
            Err(failure::faulty(Code::Invalid, Fault::Internal)) // answered at the door
        }
        Request::Lock => locking::now(desk, LockWhy::Asked).await,
        Request::LockFor { why } => locking::now(desk, why).await,
        Request::Idle { seconds } => locking::idle(desk, seconds).await,
        Request::SetOwnIdleLock { minutes } => locking::set_own(desk, minutes).await,
        Request::Prove { passphrase } => own::prove(desk, passphrase).await,
        Request::ChangePassphrase(form) => own::change_passphrase(desk, form).await,
        Request::SetPin { passphrase, pin } => own::set_pin(desk, passphrase, pin).await,
        Request::NewRecoveryKit { passphrase } => own::new_recovery_kit(desk, passphrase).await,
        Request::AcceptAsFound => own::accept_as_found(desk).await,
        Request::Rekey => own::rekey(desk).await,
        Request::RemoveDevice { device } => own::remove_device(desk, &device).await,
        Request::SaveSettings { form } => own::save_settings(desk, form).await,
        Request::People => people::read(desk).await,
        Request::AddPerson(form) => people::add(desk, form).await,
        Request::InviteAgain { person } => people::invite_again(desk, &person).await,
        Request::ChangePerson(form) => people::change(desk, form).await,
        Request::SaveGroup(form) => people::save_group(desk, form).await,
        Request::RemoveGroup { group } => people::remove_group(desk, &group).await,
        Request::Offboard { person } => people::offboard(desk, &person).await,
        Request::Rights { of } => rights::read(desk, &of).await,
        Request::SetRights { of, form } => rights::set(desk, &of, form).await,
        Request::Sources => rights::sources(desk).await,
        Request::SetSource(form) => rights::set_source(desk, form).await,
        Request::RemoveSource { source } => rights::remove_source(desk, &source).await,
        Request::LockPreview { scope } => lockdown::show(desk, &scope).await,
        Request::LockForTechnicians { scope } => lockdown::apply(desk, &scope).await,
        Request::Drift => lockdown::drift(desk).await,
        Request::Reach { of } => reach::find(desk, &of).await,
        Request::MoveEntry(form) => edits::move_entry(desk, form).await,
        Request::Duplicate(form) => edits::duplicate(desk, form).await,
        Request::Undo => edits::undo(desk).await,
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
        Request::TestPasswordAccess(form) => accounts::test_password_access(desk, &form).await,
        Request::SetPersonKey(form) => person_keys::set(desk, form).await,
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
        Request::Launch { session, credential, choice, ticket, proof, typed, by_hand } => {
            let wanted = launch::wanted(&session, credential.as_deref(), choice.as_deref())?;
            let answers = reveal::answers(proof, ticket.as_ref())?;
            let typed = typed.map(forms::typed).transpose()?;
            launch::launch(desk, wanted, How { answers, typed, by_hand }).await
        }
        Request::LookAtHost { session } => certificates::look(desk, &session).await,
        Request::TrustCertificate { session, sha256 } => {
            certificates::trust(desk, &session, &sha256).await
        }
        Request::ClientStarted { run, process, clipboard_files } => {
            running::client_started(desk, &run, process, clipboard_files)
        }
        Request::ClientMissing { run } => running::client_missing(desk, &run).await,
        Request::ClientExited { run } => running::client_exited(desk, &run).await,
        Request::SignInAgain(form) => running::sign_in_again(desk, form).await,
        Request::Traffic => running::traffic(desk).await,
        Request::EndSession { run } => running::end(desk, &run).await,
        Request::DismissRun { run } => running::dismiss(desk, &run).await,
        Request::ShowPassword(form) => reveal::show(desk, form).await,
        Request::CopyPassword(form) => reveal::copy(desk, form).await,
        Request::Audit { filter, before, limit } => audit::rows(desk, &filter, before, limit).await,
        Request::AuditVerify => audit::verify(desk).await,
        Request::AuditExport { filter, format } => audit::export(desk, &filter, format).await,
        Request::ClientReport(form) => audit::client_report(desk, &form).await,
    }
}

async fn done<P: Ports>(desk: &Desktop<P>, result: Result<(), Error>) -> Answer {
    match result {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

async fn created<P: Ports, I: ToString>(desk: &Desktop<P>, result: Result<I, Error>) -> Answer {
    match result {
        Ok(id) => Ok(Reply::Created { id: id.to_string() }),
        Err(error) => Err(explain(desk, &error, None).await),
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
