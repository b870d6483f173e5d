//! What is answered without a handle: how the door stands, and who comes in.

mod knock;

use std::sync::Arc;

use usher_core::accounts;
use usher_core::audit;
use usher_core::error::Error;
use usher_core::founding::{self, Founding};
use usher_core::opening;
use usher_core::ports::{Access, OpenWith, Opened, Ports, Store};

use crate::ask::Answer;
use crate::ask::forms;
use crate::broker::Shared;
use crate::map;
use crate::map::failure;
use crate::map::people::whom;
use crate::protocol::{
    Code, CreateVault, Event, Failure, Fault, PassphraseStrength, Region, Reply, SecretText,
    UnlockWith, Unlocked,
};
use crate::unlocks::Unlock;
pub(crate) use knock::{Asked, Knock};

/// Answers whoever is at the door. `about`: where the vault's file lies, and whether a door for
/// tests is open.
pub(crate) async fn answer<P: Ports>(
    ports: &Arc<P>,
    shared: &Shared,
    about: (String, bool),
    knock: Knock,
) -> Answer {
    match knock {
        Knock::Look => {
            let door = ports.access().door().await;
            let waiting = shared.hub.runs.waiting_for_unlock();
            map::door::door(door, about, waiting).map(|door| Reply::Door { door })
        }
        Knock::Found(form) => {
            let opened = found(ports.as_ref(), form).await;
            come_in(ports, shared, opened?).await
        }
        Knock::ComeIn(with, as_found) => {
            let opened = unlock(ports.as_ref(), with, as_found).await;
            come_in(ports, shared, opened?).await
        }
        Knock::Weigh(form) => Ok(weigh(ports.as_ref(), form)),
    }
}

async fn found<P: Ports>(ports: &P, form: CreateVault) -> Result<Opened, Failure> {
    let founding = Founding {
        vault: forms::name_of("vault", &form.vault)?,
        administrator: forms::name_of("administrator", &form.administrator)?,
        passphrase: form.passphrase.into_secret(),
    };
    founding::found(ports, founding).await.map_err(|error| {
        // Nobody is asked whether they may: it is denied where there is one.
        if matches!(error, Error::Denied(_)) {
            failure::faulty(Code::Conflict, Fault::VaultExists)
        } else {
            failure::plain(&error)
        }
    })
}

async fn unlock<P: Ports>(ports: &P, with: UnlockWith, as_found: bool) -> Result<Opened, Failure> {
    let opened = match with {
        UnlockWith::Upgrade { administrator, passphrase } => {
            let administrator = forms::name_of("administrator", &administrator)?;
            founding::upgrade(ports, administrator, passphrase.into_secret()).await
        }
        UnlockWith::Passphrase { person, passphrase } => {
            let person = forms::id("person", &person)?;
            let passphrase = passphrase.into_secret();
            opening::open(ports, OpenWith::Passphrase { person, passphrase }, as_found).await
        }
        UnlockWith::Pin { person, pin } => {
            let (person, pin) = (forms::id("person", &person)?, pin.into_secret());
            opening::open(ports, OpenWith::Pin { person, pin }, as_found).await
        }
        UnlockWith::RecoveryKit { kit, passphrase } => {
            let (kit, passphrase) = (kit.into_secret(), passphrase.into_secret());
            opening::open(ports, OpenWith::RecoveryKit { kit, passphrase }, as_found).await
        }
        UnlockWith::EnrolmentCode { person, code, passphrase } => {
            let person = forms::id("person", &person)?;
            let (code, passphrase) = (code.into_secret(), passphrase.into_secret());
            let with = OpenWith::EnrolmentCode { person, code, passphrase };
            opening::open(ports, with, as_found).await
        }
    };
    opened.map_err(|error| failure::plain(&error))
}

/// Whoever was let in gets a handle; what they had open before is theirs no longer.
async fn come_in<P: Ports>(ports: &Arc<P>, shared: &Shared, opened: Opened) -> Answer {
    let book = ports.store().book().await?;
    let read_only = opened.as_found.is_some();
    let who = (opened.person, opened.proved);
    let unlock = Unlock::now(who, read_only, ports.clock());
    keep_alive(ports);
    let handle = shared.unlocks.open(unlock, ports.random());
    shared.hub.send(Event::Unlocked);
    Ok(Reply::Unlocked(Unlocked {
        handle,
        person: whom(&book, opened.person),
        recovery_kit: opened.recovery_kit.as_ref().map(SecretText::of),
        read_only,
        notes: opened.remarks.into_iter().map(map::door::note).collect(),
    }))
}

/// Keys can be read only while the vault is open, so the round of the day may have found it locked.
fn keep_alive<P: Ports>(ports: &Arc<P>) {
    let ports = Arc::clone(ports);
    tokio::spawn(async move {
        let _tried_again_at_the_next_unlock: Result<(), Error> =
            accounts::keep_alive(ports.as_ref()).await;
    });
}

fn weigh<P: Ports>(ports: &P, form: PassphraseStrength) -> Reply {
    let strength = ports.access().weigh(&form.passphrase.into_secret(), &form.hints);
    Reply::Strength { strength: map::door::strength(strength) }
}

/// Whether IT Glue answered.
pub(crate) fn reached(region: Region, answer: Result<u32, Failure>) -> Reply {
    let (millis, failure) = match answer {
        Ok(millis) => (Some(millis), None),
        Err(failure) => (None, Some(failure)),
    };
    Reply::ItGlueReached { region, millis, failure }
}

/// What checking the log came to.
pub(crate) fn log_verdict(verdict: &audit::Verdict) -> Reply {
    Reply::AuditVerdict { verdict: map::audit::verdict(verdict) }
}
