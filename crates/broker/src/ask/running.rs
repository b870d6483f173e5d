//! The Running list.

use usher_core::error::{Error, Missing, Rule};
use usher_core::ids::RunId;
use usher_core::launch::again;
use usher_core::ports::{Client, Ports, SessionControl, Store};

use super::{Answer, explain, forms, reveal};
use crate::broker::Desktop;
use crate::events::EventHub;
use crate::map::failure;
use crate::protocol::{Code, Event, Failure, Fault, Reply, SignInAgain};

/// A launch of this person's own. Other people's are an administrator's to see and to end; to
/// anybody else they are not there.
async fn known<P: Ports>(desk: &Desktop<P>, run: &str) -> Result<RunId, Failure> {
    let id: RunId = forms::id("run", run)?;
    let owner = desk.shared.hub.runs.owner(id).ok_or_else(unknown)?;
    if owner == desk.person {
        return Ok(id); // also where the vault cannot be read any more
    }
    let book = desk.ports.store().book().await?;
    if book.is_administrator(desk.person) { Ok(id) } else { Err(unknown()) }
}

fn unknown() -> Failure {
    failure::plain(&Error::NotFound(Missing::Run))
}

/// A launch of this person's own, and nobody else's, administrator or not.
fn own<P: Ports>(desk: &Desktop<P>, run: &str) -> Result<RunId, Failure> {
    let id: RunId = forms::id("run", run)?;
    let owner = desk.shared.hub.runs.owner(id);
    owner.filter(|owner| *owner == desk.person).map(|_| id).ok_or_else(unknown)
}

/// The client was started: whose connections are served from here on.
pub(super) fn client_started<P: Ports>(
    desk: &Desktop<P>,
    run: &str,
    process: Option<u32>,
    clipboard_files: bool,
) -> Answer {
    let id = own(desk, run)?;
    let client = process.map_or(Client::Manual, Client::Started);
    let runs = &desk.shared.hub.runs;
    // Anybody may only come where the person starts the client; who starts it says so all the same.
    if client == Client::Manual && runs.is_by_hand(id) != Some(true) {
        return Err(failure::field_breaks("process", Rule::NotApplicable));
    }
    let said = runs.control(id, |control| serve(control, client, clipboard_files));
    said.map(|()| Reply::Done).ok_or_else(unknown)
}

/// What is struck for it comes first: nobody is served without that.
fn serve(control: &SessionControl, client: Client, clipboard_files: bool) {
    if !clipboard_files {
        control.strike_files();
    }
    control.serve(client);
}

/// Before the line is dropped all is asked that the lease asks afterwards: the password is fetched again by
/// the injector, and a session is not ended by a click that can come to nothing.
pub(super) async fn sign_in_again<P: Ports>(
    desk: &Desktop<P>,
    SignInAgain { run, proof }: SignInAgain,
) -> Answer {
    let id = own(desk, &run)?;
    let nothing_to_do = || failure::field_breaks("run", Rule::NotApplicable);
    let runs = &desk.shared.hub.runs;
    let renewable = runs.to_sign_in_again(id).ok_or_else(nothing_to_do)?;
    let answers = reveal::answers(proof, None)?;
    if let Err(error) = again::run(desk.ports.as_ref(), desk.unlock, &renewable, answers).await {
        return Err(explain(desk, &error, None).await);
    }
    runs.control(id, click).ok_or_else(unknown)?
}

/// While the proof was looked at the session may have ended, or have come to be signed in by itself.
fn click(control: &SessionControl) -> Answer {
    let not_up = || failure::faulty(Code::Conflict, Fault::SessionNotUp);
    if control.sign_in_again() { Ok(Reply::Done) } else { Err(not_up()) }
}

/// As far as the Running list shows it: one's own, and for administrators everybody's.
pub(super) async fn traffic<P: Ports>(desk: &Desktop<P>) -> Answer {
    let book = desk.ports.store().book().await?;
    let whose = (!book.is_administrator(desk.person)).then_some(desk.person);
    Ok(Reply::Traffic { runs: desk.shared.hub.runs.traffic(whose) })
}

/// The shell found no client: nobody will come, so the listener closes at once.
pub(super) async fn client_missing<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.client_missing(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

/// The client has ended, which the shell knows also while the vault is locked. It can only end what
/// has nobody to go on for, and asks for no handle then: the launch's name is known to nobody else.
pub(crate) fn client_exited_while_locked(hub: &EventHub, run: &str) -> Answer {
    ended(hub, forms::id("run", run)?)
}

fn ended(hub: &EventHub, run: RunId) -> Answer {
    if hub.runs.client_left(run) { Ok(Reply::Done) } else { Err(unknown()) }
}

/// The client has ended. One that had not signed in will not any more, and nobody comes back to one
/// that was up.
pub(super) async fn client_exited<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    ended(&desk.shared.hub, id)
}

pub(super) async fn end<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.end(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

pub(super) async fn dismiss<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.dismiss(id) {
        desk.shared.hub.send(Event::VaultChanged);
        Ok(Reply::Done)
    } else {
        Err(failure::field_breaks("run", Rule::InUse))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use usher_core::ports::{Controls, Traffic};

    use super::*;

    /// A session that writes down what is said to it.
    #[derive(Clone, Default)]
    struct Told(Arc<Mutex<Vec<&'static str>>>);

    impl Told {
        fn all(&self) -> Vec<&'static str> {
            self.0.lock().expect("no panic").clone()
        }
    }

    impl Controls for Told {
        fn end(&self) {}

        /// It can be signed in to anew once it has a client.
        fn sign_in_again(&self) -> bool {
            self.all() == ["serve"]
        }

        fn serve(&self, _: Client) {
            self.0.lock().expect("no panic").push("serve");
        }

        fn strike_files(&self) {
            self.0.lock().expect("no panic").push("strike files");
        }

        fn traffic(&self) -> Traffic {
            Traffic::default()
        }
    }

    #[test]
    fn files_are_struck_before_a_client_that_is_not_trusted_with_them_is_served() {
        let told = |clipboard_files| {
            let told = Told::default();
            serve(&SessionControl::new(told.clone()), Client::Started(1), clipboard_files);
            told.all()
        };
        assert_eq!(told(true), ["serve"]);
        assert_eq!(told(false), ["strike files", "serve"]);
    }

    #[test]
    fn a_click_that_nobody_hears_is_not_said_to_be_done() {
        let control = SessionControl::new(Told::default());
        let failure = click(&control).err();
        assert_eq!(failure, Some(failure::faulty(Code::Conflict, Fault::SessionNotUp)));
        control.serve(Client::Manual);
        assert!(matches!(click(&control), Ok(Reply::Done)));
    }
}
