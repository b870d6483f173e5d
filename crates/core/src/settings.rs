//! What an administrator sets for everybody.

use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::{Change, Settings};
use crate::deed;
use crate::error::{Error, Rule};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;

/// The longest that the vault may stay open without any input, in minutes: 12 hours, after which it
/// locks anyway.
pub const IDLE_LOCK_AT_MOST: u16 = 720;

/// Sets them.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Invalid`] for less than a minute or
/// more than 12 hours; [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn set<P: Ports>(ports: &P, unlock: UnlockId, settings: Settings) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::SetSettings)?;
    if !(1..=IDLE_LOCK_AT_MOST).contains(&settings.idle_lock_minutes) {
        return Err(Error::Invalid { field: "idle_lock_minutes", rule: Rule::OutOfRange });
    }
    let fields = fields(asked.book.settings, settings);
    if fields.is_empty() {
        return Ok(());
    }
    let event = audit::event(ports, asked.person, What::SettingsChanged, "");
    let event = AuditEvent { details: vec![("fields", fields.join(","))], ..event };
    deed::commit(ports, permit, vec![event], vec![Change::PutSettings(settings)]).await?;
    Ok(())
}

fn fields(was: Settings, is: Settings) -> Vec<&'static str> {
    let Settings { technicians_trust_on_first_use, ask_me, idle_lock_minutes } = is;
    let first_use = technicians_trust_on_first_use != was.technicians_trust_on_first_use;
    let fields = [
        ("technicians_trust_on_first_use", first_use),
        ("ask_me", ask_me != was.ask_me),
        ("idle_lock_minutes", idle_lock_minutes != was.idle_lock_minutes),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Outcome;
    use crate::testing::{ADA, EVE, at_once, office};

    #[test]
    fn settings_are_an_administrators_within_bounds_and_on_record() {
        let scene = office();
        let sets = |idle_lock_minutes| {
            let settings = Settings { idle_lock_minutes, ..Settings::default() };
            at_once(set(scene.world.as_ref(), scene.unlock, settings)).expect("ready")
        };
        let bounds = Err(Error::Invalid { field: "idle_lock_minutes", rule: Rule::OutOfRange });
        assert_eq!((sets(0), sets(721)), (bounds.clone(), bounds));
        assert_eq!((sets(15), scene.world.state().log.len()), (Ok(()), 0), "as it was");
        assert_eq!(sets(720), Ok(()));
        assert_eq!(scene.world.book().settings.idle_lock_minutes, 720);
        let done = [Outcome::Intended, Outcome::Done];
        assert_eq!(scene.world.outcomes(What::SettingsChanged), done);
        scene.asks(EVE);
        assert!(matches!(sets(15), Err(Error::Denied(_))));
        scene.asks(ADA);
        scene.world.state().by_pin = true;
        assert!(matches!(sets(15), Err(Error::Denied(_))));
    }
}
