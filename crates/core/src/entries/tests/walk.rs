//! P5: random people make random edits, and nobody comes to see, reveal or edit more by it than
//! before, unless an administrator granted it, changed a group, or moved it there.

use std::collections::BTreeMap;

use super::{credential_draft, folder_draft, moves, session_draft, undoes, version_of};
use crate::book::Book;
use crate::entries::{self, FolderDraft, Undoable};
use crate::entry::{CredentialEntry, Credentials, SessionEntry};
use crate::grants::{self, RightsDraft};
use crate::ids::{CredentialEntryId, FolderId, PersonId, SessionEntryId};
use crate::lockdown::{self, Scope};
use crate::people::{self, GroupDraft};
use crate::rights::{Inheritance, Object, Right, RightSet, Subject};
use crate::testing::{ADA, BOB, EVE, NIGHT, ROOT, Scene, at_once, named, office};

/// How many edits are tried; a longer walk is asked for with `USHER_WALK_STEPS`.
const STEPS: u32 = 1_000;
/// No more rows than this, so that a step takes as long at the end as at the beginning.
const ROWS: usize = 50;

/// `SplitMix64`: the same walk each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).expect("few"))
            .expect("fewer")
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }

    fn rights(&mut self) -> RightSet {
        let set = self.roll(8);
        let rights = Right::ALL.into_iter().enumerate();
        let rights: Vec<Right> =
            rights.filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, r)| r).collect();
        RightSet::of(&rights)
    }
}

/// A walk through the vault.
struct Walk {
    scene: Scene,
    dice: Dice,
    edits: Vec<Undoable>,
    done: BTreeMap<&'static str, u32>,
}

impl Walk {
    fn book(&self) -> std::sync::Arc<Book> {
        self.scene.world.book()
    }

    fn folder(&mut self) -> FolderId {
        let all: Vec<FolderId> = self.book().folders.keys().copied().collect();
        self.dice.one(&all)
    }

    fn session(&mut self) -> Option<SessionEntryId> {
        let all: Vec<SessionEntryId> = self.book().sessions.keys().copied().collect();
        (!all.is_empty()).then(|| self.dice.one(&all))
    }

    fn credential(&mut self) -> Option<CredentialEntryId> {
        let all: Vec<CredentialEntryId> = self.book().credentials.keys().copied().collect();
        (!all.is_empty()).then(|| self.dice.one(&all))
    }

    fn object(&mut self) -> Object {
        match self.dice.roll(3) {
            0 => Object::Folder(self.folder()),
            1 => self.session().map_or(Object::Folder(ROOT), Object::Session),
            _ => self.credential().map_or(Object::Folder(ROOT), Object::Credential),
        }
    }

    fn credentials(&mut self) -> Credentials {
        match (self.dice.roll(3), self.credential()) {
            (0, Some(id)) => Credentials::Linked(id),
            (1, _) => Credentials::Inherited,
            _ => Credentials::None,
        }
    }

    fn note(&mut self, edit: &'static str, made: Option<Undoable>) {
        if let Some(undoable) = made {
            *self.done.entry(edit).or_default() += 1;
            self.edits.push(undoable);
            if self.edits.len() > 20 {
                self.edits.remove(0);
            }
        }
    }

    fn step(&mut self) -> (PersonId, bool) {
        let person = self.dice.one(&[ADA, BOB, EVE]);
        self.scene.asks(person);
        self.scene.world.state().now += 1;
        let full = self.book().sessions.len() + self.book().credentials.len() > ROWS;
        let administers = match self.dice.roll(14) {
            _ if full => self.deletes(),
            0 | 1 => self.sessions(),
            2 | 3 => self.changes(),
            4 => self.credentials_are_made(),
            5 => self.repoints(),
            6 => self.folders(),
            7 | 8 => self.moves(),
            9 => self.duplicates(),
            10 => self.deletes(),
            11 => self.undoes(),
            12 => self.grants(),
            _ => self.administers(),
        };
        (person, administers && self.book().is_administrator(person))
    }

    fn sessions(&mut self) -> bool {
        let (folder, host) = (self.folder(), self.dice.one(&["srv1", "srv2", "mine"]));
        let draft = session_draft(host, self.credentials());
        let made =
            entries::create_session(self.scene.world.as_ref(), self.scene.unlock, folder, draft);
        let made = at_once(made).expect("ready").ok();
        self.note("create session", made.map(|(_, undoable)| undoable));
        false
    }

    fn changes(&mut self) -> bool {
        let Some(id) = self.session() else { return false };
        let host = self.dice.one(&["srv1", "srv2", "mine"]);
        let credentials = self.credentials();
        let made = super::relinks(&self.scene, id, (host, credentials)).ok();
        self.note("change session", made);
        false
    }

    fn credentials_are_made(&mut self) -> bool {
        let (folder, record) = (self.folder(), self.dice.one(&["1", "2"]));
        let draft = credential_draft(record, &["srv1"]);
        let made =
            entries::create_credential(self.scene.world.as_ref(), self.scene.unlock, folder, draft);
        let made = at_once(made).expect("ready").ok();
        self.note("create credential", made.map(|(_, undoable)| undoable));
        false
    }

    fn repoints(&mut self) -> bool {
        let Some(id) = self.credential() else { return false };
        let edited = (id, version_of(&self.scene, Object::Credential(id)));
        let allowed: &[&str] = self.dice.one(&[&["srv1"], &["srv1", "srv2"]]);
        let draft = credential_draft(self.dice.one(&["1", "2"]), allowed);
        let made =
            entries::change_credential(self.scene.world.as_ref(), self.scene.unlock, edited, draft);
        let made = at_once(made).expect("ready").ok();
        self.note("change credential", made);
        false
    }

    fn folders(&mut self) -> bool {
        let id = self.folder();
        let credential = self.credential().filter(|_| self.dice.roll(2) == 0);
        let (ports, unlock) = (self.scene.world.as_ref(), self.scene.unlock);
        if self.dice.roll(3) == 0 && self.book().folders.len() < 15 {
            let made = at_once(entries::create_folder(ports, unlock, id, folder_draft("New")));
            let made = made.expect("ready").ok().map(|(_, undoable)| undoable);
            self.note("create folder", made);
            return false;
        }
        let client = self.book().folders[&id].client.clone();
        let client = client.map(|client| (client.connection, client.organization.id));
        let draft = FolderDraft { client, credential, ..folder_draft("Changed") };
        let edited = (id, version_of(&self.scene, Object::Folder(id)));
        let made =
            at_once(entries::change_folder(ports, unlock, edited, draft)).expect("ready").ok();
        self.note("change folder", made);
        false
    }

    fn moves(&mut self) -> bool {
        let (object, to) = (self.object(), self.folder());
        let made = moves(&self.scene, object, to).ok();
        self.note("move", made);
        true
    }

    fn duplicates(&mut self) -> bool {
        let (object, to) = (self.object(), self.folder());
        let (ports, unlock) = (self.scene.world.as_ref(), self.scene.unlock);
        let made =
            at_once(entries::duplicate(ports, unlock, object, Some(to))).expect("ready").ok();
        self.note("duplicate", made.map(|(_, undoable)| undoable));
        false
    }

    fn deletes(&mut self) -> bool {
        let object = self.object();
        let (ports, unlock) = (self.scene.world.as_ref(), self.scene.unlock);
        let made = match object {
            Object::Folder(id) => at_once(entries::delete_folder(ports, unlock, id)),
            Object::Credential(id) => at_once(entries::delete_credential(ports, unlock, id)),
            Object::Session(id) => at_once(entries::delete_session(ports, unlock, id)),
        };
        self.note("delete", made.expect("ready").ok());
        false
    }

    /// An administrator's undo may bring back a grant, or move something to where somebody gains.
    fn undoes(&mut self) -> bool {
        if self.edits.is_empty() {
            return true;
        }
        let chosen = self.dice.roll(self.edits.len());
        let edit = self.edits[chosen].clone();
        if undoes(&self.scene, &edit).is_ok() {
            *self.done.entry("undo").or_default() += 1;
        }
        true
    }

    fn grants(&mut self) -> bool {
        let object = self.object();
        let subject = self.dice.one(&[
            Subject::Person(ADA),
            Subject::Person(BOB),
            Subject::Person(EVE),
            Subject::Group(NIGHT),
        ]);
        let own = self.dice.roll(3) > 0;
        let inheritance = if own { Inheritance::Own } else { Inheritance::Inherits };
        let mut grants = Vec::new();
        if own {
            grants.push((subject, self.dice.rights()));
            // Somebody has to go on editing, or the walk comes to a halt.
            grants.push((Subject::Person(ADA), RightSet::all()));
            grants.push((Subject::Person(EVE), RightSet::of(&[Right::View, Right::Edit])));
        }
        let draft = RightsDraft { inheritance, grants, approval: None, tickets: None };
        let set = grants::set(self.scene.world.as_ref(), self.scene.unlock, object, draft);
        if at_once(set).expect("ready").is_ok() {
            *self.done.entry("grant").or_default() += 1;
        }
        true
    }

    fn administers(&mut self) -> bool {
        let scope = Scope::Entry(self.object());
        let (ports, unlock) = (self.scene.world.as_ref(), self.scene.unlock);
        if self.dice.roll(4) == 0 {
            let locked = at_once(lockdown::apply(ports, unlock, scope)).expect("ready");
            *self.done.entry("lock").or_default() += u32::from(locked.is_ok());
            return false;
        }
        let members = if self.dice.roll(2) == 0 { vec![BOB] } else { vec![BOB, EVE] };
        let draft = GroupDraft { group: Some(NIGHT), name: named("Night"), members };
        let saved = at_once(people::save_group(ports, unlock, draft)).expect("ready");
        *self.done.entry("group").or_default() += u32::from(saved.is_ok());
        true
    }
}

/// Everybody's rights on everything, coming in or not.
fn audience(book: &Book) -> BTreeMap<(PersonId, Object), RightSet> {
    let folders = book.folders.keys().map(|id| Object::Folder(*id));
    let credentials = book.credentials.keys().map(|id| Object::Credential(*id));
    let sessions = book.sessions.keys().map(|id| Object::Session(*id));
    let objects: Vec<Object> = folders.chain(credentials).chain(sessions).collect();
    let of = |person: PersonId| {
        objects.iter().filter_map(move |object| {
            let governing = book.governing(*object)?;
            Some(((person, *object), book.granted(person, governing)))
        })
    };
    book.people.keys().flat_map(|person| of(*person)).collect()
}

fn nobody_gained(before: &Book, after: &Book) -> Result<(), String> {
    let had = audience(before);
    for (key, has) in audience(after) {
        let Some(had) = had.get(&key) else { continue };
        let gained = has.without(had);
        if gained != RightSet::default() {
            return Err(format!("{key:?} gained {gained:?}"));
        }
    }
    Ok(())
}

/// Said once more, and in other words than policy's: who points an entry elsewhere has Source and
/// Edit on it; who sends a credential elsewhere has Edit on it, or stays within its hosts.
fn nothing_was_diverted(before: &Book, after: &Book, person: PersonId) -> Result<(), String> {
    let edits = |id| before.rights(person, Object::Credential(id)).has(Right::Edit);
    let points = |row: &CredentialEntry| {
        (row.connection, row.organization.clone(), row.target.clone(), row.allowed_hosts.clone())
    };
    for (id, was) in &before.credentials {
        let Some(is) = after.credentials.get(id).filter(|is| points(is) != points(was)) else {
            continue;
        };
        let source = before.has_source(person, is.connection, &is.organization.id);
        if !source || !edits(*id) {
            return Err(format!("{id} was repointed"));
        }
    }
    let sends = |book: &Book, row: &SessionEntry| {
        let used = book.credential_of(row).map(|resolved| resolved.credential.clone());
        used.map(|used| (used.id, row.kind.host().clone(), used.allowed_hosts))
    };
    for (id, is) in &after.sessions {
        let now = sends(after, is);
        let then = before.sessions.get(id).and_then(|was| sends(before, was));
        let Some((used, host, allowed)) = now
            .filter(|now| then.as_ref().is_none_or(|then| (&then.0, &then.1) != (&now.0, &now.1)))
        else {
            continue;
        };
        let sees = before.rights(person, Object::Credential(used)).has(Right::View);
        let new = !before.credentials.contains_key(&used);
        if !(edits(used) || new || (sees && allowed.allow(&host))) {
            return Err(format!("{used} is sent to {host} by {id}"));
        }
    }
    Ok(())
}

#[test]
fn nobody_comes_to_more_by_anybodys_edits() {
    let steps = std::env::var("USHER_WALK_STEPS").ok();
    let steps: u32 = steps.map_or(STEPS, |text| text.parse().expect("a number of steps"));
    let scene = office();
    scene.eve_has_source();
    let mut walk = Walk { scene, dice: Dice(7), edits: Vec::new(), done: BTreeMap::new() };
    for step in 0..steps {
        let before = walk.book();
        let (person, may_widen) = walk.step();
        let after = walk.book();
        if !may_widen {
            let verdict = nobody_gained(&before, &after);
            assert_eq!(verdict, Ok(()), "step {step} by {person}, after {:?}", walk.done);
        }
        let verdict = nothing_was_diverted(&before, &after, person);
        assert_eq!(verdict, Ok(()), "step {step} by {person}, after {:?}", walk.done);
    }
    let kinds = [
        "create session",
        "change session",
        "create credential",
        "change credential",
        "create folder",
        "change folder",
        "move",
        "duplicate",
        "delete",
        "undo",
        "grant",
        "lock",
        "group",
    ];
    for kind in kinds {
        assert!(walk.done.get(kind).is_some_and(|times| *times > 0), "{kind}: {:?}", walk.done);
    }
}
