use super::{RightsDraft, SourceDraft, read, remove_source, set, set_source};
use crate::audit::{Outcome, What};
use crate::entry::{Approval, ApprovalPolicy, CredentialTarget, ListScope, TicketPolicy};
use crate::error::{Error, Missing, Rule};
use crate::ids::{GrantId, GroupId, PersonId};
use crate::policy::{Action, Lacking};
use crate::reach::Below;
use crate::rights::{Inheritance, Object, Right, RightSet, Subject};
use crate::testing::{
    ACCOUNT, ADA, AT_SRV1, BOB, BY_HAND, DESK, DOMAIN_ADMIN, EVE, KEYS, NIGHT, ROOT, Scene, WORK,
    at_once, office,
};

fn own(grants: Vec<(Subject, RightSet)>) -> RightsDraft {
    RightsDraft { inheritance: Inheritance::Own, grants, approval: None, tickets: None }
}

fn sets(scene: &Scene, object: Object, draft: RightsDraft) -> Result<(), Error> {
    at_once(set(scene.world.as_ref(), scene.unlock, object, draft)).expect("ready")
}

fn bob(rights: &[Right]) -> (Subject, RightSet) {
    (Subject::Person(BOB), RightSet::of(rights))
}

/// What was granted and revoked, to whom and which.
fn given(scene: &Scene) -> Vec<(What, String, String)> {
    let state = scene.world.state();
    let done = state.log.iter().filter(|event| event.outcome == Outcome::Done);
    let detail = |event: &crate::audit::AuditEvent, word| {
        let found = event.details.iter().find(|(known, _)| *known == word);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    done.map(|event| (event.what, detail(event, "to"), detail(event, "rights"))).collect()
}

#[test]
fn own_grants_take_the_place_of_inherited_ones_and_stand_on_record() {
    let scene = office();
    let entry = Object::Session(BY_HAND);
    assert_eq!(sets(&scene, entry, own(vec![bob(&[Right::View, Right::Edit])])), Ok(()));
    assert_eq!(scene.rights(BOB, entry), RightSet::of(&[Right::View, Right::Edit]));
    assert_eq!(scene.rights(EVE, entry), RightSet::default(), "replaced");
    assert_eq!(sets(&scene, entry, own(vec![bob(&[Right::View])])), Ok(()));
    let back = RightsDraft { inheritance: Inheritance::Inherits, ..own(Vec::new()) };
    assert_eq!(sets(&scene, entry, back), Ok(()));
    assert_eq!(scene.rights(EVE, entry), RightSet::of(&[Right::View, Right::Edit]));
    assert!(scene.world.book().grants.values().all(|grant| grant.object != entry));
    let words = |what, to: &str, rights: &str| (what, to.to_owned(), rights.to_owned());
    assert_eq!(
        given(&scene),
        [
            words(What::Granted, "Bob", "view,edit"),
            words(What::PolicyChanged, "", ""),
            words(What::Revoked, "Bob", "edit"),
            words(What::Revoked, "Bob", "view"),
            words(What::PolicyChanged, "", ""),
        ]
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let scene = office();
    let invalid = |field| Err(Error::Invalid { field, rule: Rule::NotApplicable });
    let session = Object::Session(AT_SRV1);
    let inherits =
        RightsDraft { inheritance: Inheritance::Inherits, ..own(vec![bob(&[Right::View])]) };
    assert_eq!(sets(&scene, session, inherits.clone()), invalid("grants"));
    let root = RightsDraft { grants: Vec::new(), ..inherits };
    assert_eq!(sets(&scene, Object::Folder(ROOT), root), invalid("inheritance"));
    let approval = Some(ApprovalPolicy::default());
    assert_eq!(
        sets(&scene, session, RightsDraft { approval, ..own(Vec::new()) }),
        invalid("approval")
    );
    let tickets = Some(TicketPolicy::Off);
    assert_eq!(
        sets(&scene, session, RightsDraft { tickets, ..own(Vec::new()) }),
        invalid("tickets")
    );
    let nobody = Subject::Person(PersonId::from_bytes([0x7f; 16]));
    let nobody = own(vec![(nobody, RightSet::all())]);
    assert_eq!(sets(&scene, session, nobody), Err(Error::NotFound(Missing::Person)));
    let no_group = Subject::Group(GroupId::from_bytes([0x7f; 16]));
    let no_group = own(vec![(no_group, RightSet::all())]);
    assert_eq!(sets(&scene, session, no_group), Err(Error::NotFound(Missing::Group)));
    assert!(scene.world.state().log.is_empty());
}

#[test]
fn the_stricter_of_entry_and_folders_counts() {
    let scene = office();
    let strict = ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Approval };
    let draft = RightsDraft {
        approval: Some(strict),
        tickets: Some(TicketPolicy::Required { pattern: None }),
        ..own(vec![bob(&[Right::View])])
    };
    assert_eq!(sets(&scene, Object::Folder(ROOT), draft), Ok(()));
    let book = scene.world.book();
    let entry = &book.credentials[&DOMAIN_ADMIN];
    assert_eq!(book.approval_of(entry, None), strict);
    assert_eq!(book.tickets_of(Some(entry), None), TicketPolicy::Required { pattern: None });
    let off = RightsDraft { tickets: Some(TicketPolicy::Off), ..own(vec![bob(&[Right::View])]) };
    assert_eq!(sets(&scene, Object::Folder(WORK), off), Ok(()));
    let book = scene.world.book();
    let session = &book.sessions[&AT_SRV1];
    assert_eq!(book.tickets_of(None, Some(session)), TicketPolicy::Off, "the nearest folder says");
    let both = book.tickets_of(Some(&book.credentials[&DOMAIN_ADMIN]), Some(session));
    assert_eq!(both, TicketPolicy::Required { pattern: None }, "the credential's asks for more");
}

#[test]
fn the_sheet_says_who_may_what_and_by_which_grant() {
    let scene = office();
    let reads = |person, object| {
        scene.asks(person);
        at_once(read(scene.world.as_ref(), scene.unlock, object)).expect("ready")
    };
    let sheet = reads(ADA, Object::Folder(DESK)).expect("she administers");
    let bobs = sheet.people.iter().find(|row| row.person == BOB).expect("he is in the group");
    assert_eq!(bobs.rights, RightSet::of(&[Right::View, Right::ViewPassword]));
    assert_eq!(bobs.through[0].subject, Subject::Group(NIGHT));
    assert_eq!((sheet.inherited_from, sheet.may_change), (None, Ok(())));
    let sheet = reads(EVE, Object::Credential(DOMAIN_ADMIN)).expect("she sees it");
    assert_eq!(sheet.inherited_from, Some(KEYS));
    let people: Vec<PersonId> = sheet.people.iter().map(|row| row.person).collect();
    assert_eq!((people, sheet.grants.len()), (vec![EVE], 1), "of herself alone");
    assert_eq!(sheet.may_change.map_err(|denied| denied.lacking), Err(Lacking::Administrator));
    assert_eq!(sheet.reach.map(|reach| reach.people), Some(vec![BOB, EVE]));
    scene.edit(|book| book.grants.clear());
    assert!(matches!(reads(EVE, Object::Folder(WORK)), Err(Error::Denied(_))));
}

#[test]
fn source_is_granted_once_and_taken_away() {
    let scene = office();
    let ports = scene.world.as_ref();
    let subject = Subject::Person(EVE);
    let draft = SourceDraft { subject, connection: ACCOUNT, organization: None };
    let grants = || at_once(set_source(ports, scene.unlock, draft.clone())).expect("ready");
    let id = grants().expect("she administers");
    assert_eq!(grants(), Ok(id), "she has it already");
    assert!(scene.world.book().has_any_source(EVE, ACCOUNT));
    let takes = |id| at_once(remove_source(ports, scene.unlock, id)).expect("ready");
    assert_eq!(takes(id), Ok(()));
    assert_eq!(takes(id), Err(Error::NotFound(Missing::Source)));
    assert!(!scene.world.book().has_any_source(EVE, ACCOUNT));
    let done = [Outcome::Intended, Outcome::Done];
    assert_eq!(scene.world.outcomes(What::SourceGranted), done);
    assert_eq!(scene.world.outcomes(What::SourceRevoked), done);
}

#[test]
fn rights_are_an_administrators_and_not_by_pin() {
    let scene = office();
    let lacks = |refused: Result<(), Error>| match refused {
        Err(Error::Denied(denied)) => (denied.action, denied.lacking),
        other => panic!("not denied: {other:?}"),
    };
    let rights = |scene: &Scene| sets(scene, Object::Folder(WORK), own(vec![bob(&Right::ALL)]));
    scene.world.state().by_pin = true;
    assert_eq!(lacks(rights(&scene)), (Action::Grant, Lacking::Passphrase));
    scene.world.state().by_pin = false;
    scene.asks(EVE);
    assert_eq!(lacks(rights(&scene)), (Action::Grant, Lacking::Administrator));
    let removed =
        at_once(remove_source(scene.world.as_ref(), scene.unlock, GrantId::from_bytes([9; 16])));
    assert_eq!(lacks(removed.expect("ready")), (Action::GrantSource, Lacking::Administrator));
}

#[test]
fn a_folder_says_whom_its_lists_reach_and_granting_widens_that() {
    let scene = office();
    let of = |folder| {
        let sheet = read(scene.world.as_ref(), scene.unlock, Object::Folder(folder));
        at_once(sheet).expect("ready").expect("seen").below
    };
    scene.edit(|book| book.credentials.retain(|id, _| *id == DOMAIN_ADMIN));
    assert_eq!(of(ROOT), None, "no list lies in it");
    scene.edit(|book| {
        let entry = book.credentials.get_mut(&DOMAIN_ADMIN).expect("is there");
        entry.target = CredentialTarget::AlwaysPromptWithList(ListScope::default());
    });
    let reach = |people| Some(Below { people, lists: 1 });
    assert_eq!(of(ROOT), reach(vec![BOB, EVE]));
    let keys = Object::Folder(KEYS);
    assert_eq!(sets(&scene, keys, own(vec![bob(&[Right::View])])), Ok(()));
    assert_eq!(of(ROOT), reach(vec![BOB]));
    let ada = (Subject::Person(ADA), RightSet::of(&[Right::View]));
    assert_eq!(sets(&scene, keys, own(vec![bob(&[Right::View]), ada])), Ok(()));
    let mut both = vec![ADA, BOB];
    both.sort();
    assert_eq!(of(ROOT), reach(both));
    scene.asks(BOB);
    assert_eq!(of(KEYS), None, "who else can is the administrators' to know");
}
