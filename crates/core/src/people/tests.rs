use super::{
    GroupDraft, NewPerson, PersonDraft, Rotated, Rotation, WhyRotate, add, change, invite,
    offboard, read, remove_group, save_group,
};
use crate::Secret;
use crate::accounts;
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::entry::{CredentialTarget, ListScope};
use crate::error::{Error, Missing, Rule};
use crate::ids::{PasswordId, PersonId};
use crate::policy::Lacking;
use crate::rights::{Object, Standing, Subject};
use crate::testing::{
    ACCOUNT, ADA, BOB, CLIENT, DOMAIN_ADMIN, EVE, NIGHT, Scene, at_once, named, office,
};

fn draft(name: &str, administrator: bool, standing: Standing) -> PersonDraft {
    PersonDraft { name: named(name), administrator, standing }
}

fn changes(scene: &Scene, person: PersonId, draft: PersonDraft) -> Result<(), Error> {
    at_once(change(scene.world.as_ref(), scene.unlock, person, draft)).expect("ready")
}

fn offboards(scene: &Scene, person: PersonId) -> Result<Vec<Rotation>, Error> {
    at_once(offboard(scene.world.as_ref(), scene.unlock, person)).expect("ready")
}

#[test]
fn whoever_is_added_comes_in_by_a_code_and_belongs_to_their_groups() {
    let scene = office();
    scene.world.state().now = 5;
    let new = NewPerson { name: named("Cy"), administrator: false, groups: vec![NIGHT] };
    let added = at_once(add(scene.world.as_ref(), scene.unlock, new)).expect("ready");
    let (id, invitation) = added.expect("she administers");
    assert!(invitation.until.unix_millis() > 5);
    let book = scene.world.book();
    assert!(book.people[&id].is_active() && !book.is_administrator(id));
    assert!(book.groups[&NIGHT].members.contains(&id));
    let people = at_once(read(scene.world.as_ref(), scene.unlock)).expect("ready").expect("hers");
    let keeps = people.keeps.iter().find(|keeps| keeps.person == id).expect("known");
    assert!(keeps.invited_until.is_some() && !keeps.passphrase);
    for what in [What::PersonAdded, What::PersonInvited] {
        assert_eq!(scene.world.outcomes(what), [Outcome::Intended, Outcome::Done]);
    }
}

#[test]
fn the_last_administrator_stays() {
    let scene = office();
    let last = Err(Error::LastAdministrator);
    assert_eq!(changes(&scene, ADA, draft("Ada", false, Standing::Active)), last);
    assert_eq!(changes(&scene, ADA, draft("Ada", true, Standing::Disabled)), last);
    assert_eq!(changes(&scene, ADA, draft("Ada", true, Standing::Revoked)), last);
    assert_eq!(changes(&scene, ADA, draft("Ada M.", true, Standing::Active)), Ok(()));
    assert_eq!(changes(&scene, EVE, draft("Eve", true, Standing::Active)), Ok(()));
    assert_eq!(changes(&scene, ADA, draft("Ada", false, Standing::Active)), Ok(()));
    let denied = changes(&scene, BOB, draft("Bob", true, Standing::Active));
    assert!(matches!(denied, Err(Error::Denied(_))), "she administers no more");
}

#[test]
fn whoever_is_disabled_or_revoked_is_out_at_once_and_revoked_for_good() {
    let scene = office();
    assert_eq!(changes(&scene, EVE, draft("Eve", false, Standing::Disabled)), Ok(()));
    scene.asks(EVE);
    assert_eq!(changes(&scene, BOB, draft("Bob", false, Standing::Active)), Err(Error::Locked));
    scene.asks(ADA);
    assert_eq!(changes(&scene, EVE, draft("Eve", true, Standing::Revoked)), Ok(()));
    assert!(!scene.world.book().people[&EVE].administrator, "nor an administrator");
    let gone = Error::NotFound(Missing::Person);
    assert_eq!(changes(&scene, EVE, draft("Eve", false, Standing::Active)), Err(gone.clone()));
    let invited = at_once(invite(scene.world.as_ref(), scene.unlock, EVE)).expect("ready");
    assert_eq!(invited.err(), Some(gone));
    for what in [What::PersonDisabled, What::PersonRevoked] {
        assert_eq!(scene.world.outcomes(what), [Outcome::Intended, Outcome::Done]);
    }
}

#[test]
fn people_are_an_administrators_and_not_by_pin() {
    let scene = office();
    let lacking = |refused: Result<(), Error>| match refused {
        Err(Error::Denied(denied)) => denied.lacking,
        other => panic!("not denied: {other:?}"),
    };
    let ports = scene.world.as_ref();
    let all = || {
        let group = GroupDraft { group: None, name: named("All"), members: vec![BOB] };
        [
            changes(&scene, BOB, draft("Bob", true, Standing::Active)),
            offboards(&scene, BOB).map(drop),
            at_once(invite(ports, scene.unlock, BOB)).expect("ready").map(drop),
            at_once(read(ports, scene.unlock)).expect("ready").map(drop),
            at_once(save_group(ports, scene.unlock, group)).expect("ready").map(drop),
            at_once(remove_group(ports, scene.unlock, NIGHT)).expect("ready"),
        ]
    };
    scene.world.state().by_pin = true;
    assert_eq!(all().map(lacking), [Lacking::Passphrase; 6]);
    scene.world.state().by_pin = false;
    scene.asks(EVE);
    assert_eq!(all().map(lacking), [Lacking::Administrator; 6]);
}

#[test]
fn a_group_goes_with_what_was_granted_to_it() {
    let scene = office();
    let ports = scene.world.as_ref();
    let nobody = PersonId::from_bytes([0x7f; 16]);
    let group = |members| GroupDraft { group: Some(NIGHT), name: named("Night"), members };
    let saves = |members| at_once(save_group(ports, scene.unlock, group(members))).expect("ready");
    assert_eq!(saves(vec![nobody]), Err(Error::NotFound(Missing::Person)));
    assert_eq!(saves(vec![EVE]), Ok(NIGHT));
    let details = scene.world.state().log.last().expect("on record").details.clone();
    assert_eq!(details, [("added", "Eve".to_owned()), ("removed", "Bob".to_owned())]);
    assert_eq!(at_once(remove_group(ports, scene.unlock, NIGHT)).expect("ready"), Ok(()));
    let book = scene.world.book();
    assert!(book.groups.is_empty());
    assert!(book.grants.values().all(|grant| grant.subject != Subject::Group(NIGHT)));
}

/// Bob has signed in with record 1 and seen record 9; he has a key of his own.
fn busy() -> Scene {
    let scene = office();
    scene.stands("bobs", &[CLIENT]);
    let key = Secret::new("bobs".to_owned());
    let set = accounts::set_person_key(scene.world.as_ref(), scene.unlock, (ACCOUNT, BOB), key);
    assert!(at_once(set).expect("ready").is_ok());
    let book = scene.world.book();
    let about = About::credential(&book.credentials[&DOMAIN_ADMIN]);
    for (what, record) in [(What::SignIn, "1"), (What::PasswordShown, "9")] {
        let about = about.clone().with_record(&PasswordId::new(record));
        let event = audit::event(scene.world.as_ref(), BOB, what, "Domain admin");
        scene.world.state().log.push(AuditEvent { about, ..event });
    }
    scene
}

#[test]
fn offboarding_takes_everything_and_lists_what_to_rotate() {
    let scene = busy();
    scene.edit(|book| {
        let mut list = book.credentials[&DOMAIN_ADMIN].clone();
        list.id = crate::ids::CredentialEntryId::from_bytes([0x3a; 16]);
        let category = Some("Servers".to_owned());
        list.target =
            CredentialTarget::AlwaysPromptWithList(ListScope { category, included: Vec::new() });
        book.credentials.insert(list.id, list);
    });
    let rotation = offboards(&scene, BOB).expect("she administers");
    let rows: Vec<_> = rotation.iter().map(|row| (row.why, row.password.clone())).collect();
    let one =
        |id: &str, name: &str| Rotated::One { id: PasswordId::new(id), name: name.to_owned() };
    let scope = ListScope { category: Some("Servers".to_owned()), included: Vec::new() };
    let list = Rotated::List { scope };
    assert_eq!(rows[0], (WhyRotate::Seen, one("9", "")));
    assert_eq!(rows[1], (WhyRotate::Launched, one("1", "")));
    assert!(rows[2..].contains(&(WhyRotate::CouldPick, list)), "{rows:?}");
    assert!(!rows.contains(&(WhyRotate::CouldPick, one("1", "1"))), "it is listed as launched");
    let book = scene.world.book();
    assert_eq!(book.people[&BOB].standing, Standing::Revoked);
    assert!(book.grants.values().all(|grant| grant.subject != Subject::Person(BOB)));
    assert!(book.groups.values().all(|group| !group.members.contains(&BOB)));
    assert!(book.person_keys.is_empty());
    assert_eq!(scene.world.state().keys.len(), 1, "his key is gone, the account's is not");
    assert_eq!(scene.rights(BOB, Object::Credential(DOMAIN_ADMIN)).iter().count(), 0);
    let again = offboards(&scene, BOB).expect("once more for the list");
    assert_eq!(again, rotation, "what he could use when he left is on record");
    scene.edit(|book| book.credentials.clear());
    let again = offboards(&scene, BOB).expect("once more for the list");
    let whys = |rows: &[Rotation]| rows.iter().map(|row| row.why).collect::<Vec<_>>();
    assert_eq!(whys(&again), whys(&rotation), "also of entries that are gone by now");
}

#[test]
fn nobody_offboards_themselves_or_nobody() {
    let scene = office();
    let oneself = Error::Invalid { field: "person", rule: Rule::NotApplicable };
    assert_eq!(offboards(&scene, ADA), Err(oneself));
    let nobody = PersonId::from_bytes([0x7f; 16]);
    assert_eq!(offboards(&scene, nobody), Err(Error::NotFound(Missing::Person)));
}

#[test]
fn an_offboarding_that_cannot_be_put_on_record_does_not_happen() {
    let scene = busy();
    scene.world.state().log_broken = true;
    let before = scene.world.book();
    assert!(offboards(&scene, BOB).is_err());
    assert_eq!(scene.world.book(), before);
}
