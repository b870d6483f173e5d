//! People and groups, for administrators.

use std::collections::BTreeMap;
use std::time::Duration;

use usher_core::audit::{self, Filter, What};
use usher_core::ids::PersonId;
use usher_core::people::{self, GroupDraft, NewPerson, PersonDraft};
use usher_core::ports::{Clock, Invitation, Ports, Store};
use usher_core::time::Moment;

use super::{Answer, created, done, explain, forms, rotation};
use crate::broker::Desktop;
use crate::map::people::{Cards, standing_of, whom};
use crate::protocol::{AddPerson, At, ChangePerson, Failure, Reply, SaveGroup, SecretText};
use crate::render;

/// How far back it is looked when people last unlocked.
const LOOKED_BACK: Duration = Duration::from_hours(90 * 24);
/// How many unlocks are gone through at most.
const UNLOCKS: usize = 2_000;

pub(super) async fn read<P: Ports>(desk: &Desktop<P>) -> Answer {
    match people::read(desk.ports.as_ref(), desk.unlock).await {
        Ok(people) => {
            let last = last_unlocks(desk).await?;
            let cards = Cards { people: &people, last: &last, me: desk.person };
            Ok(cards.reply())
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

/// When everybody last unlocked here, as the audit log has it.
async fn last_unlocks<P: Ports>(desk: &Desktop<P>) -> Result<BTreeMap<PersonId, Moment>, Failure> {
    let now = desk.ports.clock().now().unix_millis();
    let back = u64::try_from(LOOKED_BACK.as_millis()).unwrap_or(u64::MAX);
    let from = Some(Moment::from_unix_millis(now.saturating_sub(back)));
    let filter = Filter { what: Some(What::Unlocked), from, ..Filter::default() };
    match audit::query(desk.ports.as_ref(), desk.unlock, &filter, (None, UNLOCKS)).await {
        // Newest first, so that the last one put for a person is the oldest but for the first.
        Ok(page) => Ok(page.rows.into_iter().rev().map(|row| (row.person, row.at)).collect()),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn add<P: Ports>(desk: &Desktop<P>, form: AddPerson) -> Answer {
    let groups: Result<Vec<_>, Failure> =
        form.groups.iter().map(|group| forms::id("groups", group)).collect();
    let new = NewPerson {
        name: forms::name(&form.name)?,
        administrator: form.administrator,
        groups: groups?,
    };
    match people::add(desk.ports.as_ref(), desk.unlock, new).await {
        Ok((person, invitation)) => Ok(invited(person, &invitation)),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn invite_again<P: Ports>(desk: &Desktop<P>, person: &str) -> Answer {
    let person = forms::id("person", person)?;
    match people::invite(desk.ports.as_ref(), desk.unlock, person).await {
        Ok(invitation) => Ok(invited(person, &invitation)),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

fn invited(person: PersonId, invitation: &Invitation) -> Reply {
    Reply::Invited {
        person: person.to_string(),
        code: SecretText::of(&invitation.code),
        until: At(invitation.until.unix_millis()),
    }
}

pub(super) async fn change<P: Ports>(desk: &Desktop<P>, form: ChangePerson) -> Answer {
    let person = forms::id("person", &form.person)?;
    let draft = PersonDraft {
        name: forms::name(&form.name)?,
        administrator: form.administrator,
        standing: standing_of(form.standing),
    };
    let changed = people::change(desk.ports.as_ref(), desk.unlock, person, draft).await;
    done(desk, changed).await
}

pub(super) async fn offboard<P: Ports>(desk: &Desktop<P>, person: &str) -> Answer {
    let person = forms::id("person", person)?;
    let book = desk.ports.store().book().await;
    let name = book.map(|book| whom(&book, person).name).unwrap_or_default();
    match people::offboard(desk.ports.as_ref(), desk.unlock, person).await {
        Ok(rows) => {
            let rows = rotation::rows(desk, rows).await;
            let csv = render::rotation_csv(&rows);
            Ok(Reply::Rotation { person: name, rows, csv })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn save_group<P: Ports>(desk: &Desktop<P>, form: SaveGroup) -> Answer {
    let members: Result<Vec<_>, Failure> =
        form.members.iter().map(|member| forms::id("members", member)).collect();
    let draft = GroupDraft {
        group: form.group.as_deref().map(|group| forms::id("group", group)).transpose()?,
        name: forms::name(&form.name)?,
        members: members?,
    };
    created(desk, people::save_group(desk.ports.as_ref(), desk.unlock, draft).await).await
}

pub(super) async fn remove_group<P: Ports>(desk: &Desktop<P>, group: &str) -> Answer {
    let group = forms::id("group", group)?;
    done(desk, people::remove_group(desk.ports.as_ref(), desk.unlock, group).await).await
}
