//! What a person opens the vault with: passphrase, PIN, recovery kit; and what an administrator
//! does to devices and keys.

use usher_core::error::Error;
use usher_core::opening;
use usher_core::ports::{AccessError, Ports, Proved};

use super::{Answer, done, explain, forms};
use crate::broker::Desktop;
use crate::map::failure::field_fails;
use crate::protocol::{ChangePassphrase, Failure, FieldRule, Reply, SecretText, SettingsForm};
use usher_core::book::Settings;
use usher_core::settings;

/// A passphrase lifts an unlock by PIN.
pub(super) async fn prove<P: Ports>(desk: &Desktop<P>, passphrase: SecretText) -> Answer {
    let proof = passphrase.into_secret();
    match opening::prove(desk.ports.as_ref(), desk.unlock, proof).await {
        Ok(Proved::Passphrase) => {
            desk.shared.unlocks.lift(desk.person);
            Ok(Reply::Done)
        }
        Ok(Proved::Pin) => Err(explain(desk, &passphrase_needed(), None).await),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

fn passphrase_needed() -> Error {
    Error::Access(AccessError::PassphraseNeeded)
}

pub(super) async fn change_passphrase<P: Ports>(
    desk: &Desktop<P>,
    form: ChangePassphrase,
) -> Answer {
    let (current, new) = (form.current.into_secret(), form.new.into_secret());
    let changed = opening::change_passphrase(desk.ports.as_ref(), desk.unlock, current, new).await;
    done(desk, changed).await
}

pub(super) async fn set_pin<P: Ports>(
    desk: &Desktop<P>,
    passphrase: SecretText,
    pin: Option<SecretText>,
) -> Answer {
    let (passphrase, pin) = (passphrase.into_secret(), pin.map(SecretText::into_secret));
    match opening::set_pin(desk.ports.as_ref(), desk.unlock, passphrase, pin).await {
        Err(Error::Access(AccessError::TooWeak)) => Err(field_fails("pin", FieldRule::TooWeak)),
        set => done(desk, set).await,
    }
}

pub(super) async fn new_recovery_kit<P: Ports>(
    desk: &Desktop<P>,
    passphrase: SecretText,
) -> Answer {
    let passphrase = passphrase.into_secret();
    match opening::new_recovery_kit(desk.ports.as_ref(), desk.unlock, passphrase).await {
        Ok(kit) => Ok(Reply::RecoveryKit { kit: SecretText::of(&kit) }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn accept_as_found<P: Ports>(desk: &Desktop<P>) -> Answer {
    let accepted = opening::accept_as_found(desk.ports.as_ref(), desk.unlock).await;
    if accepted.is_ok() {
        desk.shared.unlocks.accept();
    }
    done(desk, accepted).await
}

pub(super) async fn rekey<P: Ports>(desk: &Desktop<P>) -> Answer {
    done(desk, opening::rekey(desk.ports.as_ref(), desk.unlock).await).await
}

pub(super) async fn remove_device<P: Ports>(desk: &Desktop<P>, device: &str) -> Answer {
    let device = forms::id("device", device)?;
    done(desk, opening::remove_device(desk.ports.as_ref(), desk.unlock, device).await).await
}

pub(super) async fn save_settings<P: Ports>(desk: &Desktop<P>, form: SettingsForm) -> Answer {
    let set = settings::set(desk.ports.as_ref(), desk.unlock, settings_of(&form)?).await;
    done(desk, set).await
}

fn settings_of(form: &SettingsForm) -> Result<Settings, Failure> {
    Ok(Settings {
        technicians_trust_on_first_use: form.technicians_trust_on_first_use,
        ask_me: form.ask_me,
        idle_lock_minutes: forms::minutes("idle_lock_minutes", form.idle_lock_minutes)?,
    })
}
