//! An invitation: a code that a person enrols with, once.

use std::sync::Arc;
use std::time::Duration;

use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{AccessError, Invitation};
use usher_core::rights::Person;
use usher_core::time::Moment;

use super::open::write;
use super::tries::failed;
use super::{keep, names};
use crate::keys::KnownIdentity;
use crate::rows::ClearRows;
use crate::seal::{Identity, VaultId};
use crate::slots::{Code, CodeKind, Header, Proof, Slot, SlotKind};
use crate::vault::Vault;

/// How long a code is good.
const GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// Everything that the person could come in with.
const ALL: [SlotKind; 4] =
    [SlotKind::Passphrase, SlotKind::Pin, SlotKind::Recovery, SlotKind::Enrolment];

pub(super) async fn invite(
    vault: &Vault,
    by: PersonId,
    person: PersonId,
) -> Result<Invitation, AccessError> {
    let invited = Invited::of(vault, by, person).await?;
    let (rows, invitation) = invited.rows((vault.means.clock)())?;
    write(vault, by, rows).await?;
    names::refresh(vault).await;
    Ok(invitation)
}

/// Whom the invitation is for, with the keys that they are to have.
struct Invited {
    vault: VaultId,
    person: PersonId,
    rows: ClearRows,
    identity: Arc<Identity>,
}

impl Invited {
    /// Nobody has the secrets of those who have come in before but they themselves, so they get other
    /// keys. For the same reason nobody invites themselves.
    async fn of(vault: &Vault, by: PersonId, person: PersonId) -> Result<Self, AccessError> {
        let invited = vault.worker.ask(move |shelf| {
            let (book, rows) = (shelf.book()?, shelf.rows()?.clone());
            let keys = shelf.keys()?;
            let active = book.people.get(&person).is_some_and(Person::is_active);
            if !active || person == by {
                return Err(StoreError::Conflict);
            }
            let identity = match keys.take_fresh(person) {
                Some(identity) => identity,
                None => Arc::new(Identity::generate().map_err(|_| StoreError::Failed)?),
            };
            Ok(Self { vault: keys.vault(), person, rows, identity })
        });
        Ok(invited.await?)
    }

    fn rows(&self, now: Moment) -> Result<(Vec<crate::rows::Write>, Invitation), AccessError> {
        let Self { vault, person, rows: known, identity } = self;
        let good_for = u64::try_from(GOOD_FOR.as_millis()).unwrap_or(u64::MAX);
        let until = Moment::from_unix_millis(now.unix_millis().saturating_add(good_for));
        let code = Code::generate(CodeKind::Enrolment).map_err(failed)?;
        let header = Header::for_code((*vault, *person), SlotKind::Enrolment, now, Some(until));
        let proof = Proof::Code(code.as_bytes());
        let slot = Slot::wrap(header.map_err(failed)?, &proof, identity).map_err(failed)?;
        let mut rows = keep::all_of(known, *vault, *person, &ALL);
        let before = KnownIdentity::of(known, *person);
        if before.as_ref().is_none_or(|before| before.current != identity.public()) {
            rows.push(KnownIdentity::replaced(before, *person, identity.public())?);
        }
        rows.push(slot.write()?);
        Ok((rows, Invitation { code: code.print(), until }))
    }
}
