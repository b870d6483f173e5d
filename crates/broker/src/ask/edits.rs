//! Move, duplicate, undo.

use usher_core::entries;
use usher_core::error::{Error, StoreError};
use usher_core::ports::Ports;

use super::{Answer, created, explain, forms};
use crate::broker::Desktop;
use crate::map::rights::object_id;
use crate::protocol::{Code, Detail, Duplicate, Failure, MoveEntry, NotFoundWhat, Reply};

pub(super) async fn move_entry<P: Ports>(desk: &Desktop<P>, form: MoveEntry) -> Answer {
    let moved = (forms::object(&form.entry)?, forms::version(form.version));
    let to = forms::id("folder", &form.to)?;
    let moved = entries::move_entry(desk.ports.as_ref(), desk.unlock, moved, to).await;
    super::entries::undoable(desk, moved, None).await
}

pub(super) async fn duplicate<P: Ports>(desk: &Desktop<P>, form: Duplicate) -> Answer {
    let of = forms::object(&form.entry)?;
    let to = form.to.as_deref().map(|to| forms::id("folder", to)).transpose()?;
    let made = entries::duplicate(desk.ports.as_ref(), desk.unlock, of, to).await;
    let made = made.map(|(made, edit)| {
        desk.shared.undos.keep(desk.unlock, edit);
        object_id(made)
    });
    created(desk, made).await
}

/// Takes back the newest edit. One that does not fit any more is left aside from then on.
pub(super) async fn undo<P: Ports>(desk: &Desktop<P>) -> Answer {
    let nothing =
        || Failure { code: Code::NotFound, detail: Detail::NotFound { what: NotFoundWhat::Undo } };
    let edit = desk.shared.undos.newest(desk.unlock).ok_or_else(nothing)?;
    match entries::undo(desk.ports.as_ref(), desk.unlock, &edit).await {
        Ok(undone) => {
            desk.shared.undos.taken_back(desk.unlock, &undone);
            Ok(Reply::Undone { what: edit.what.word().to_owned() })
        }
        Err(error) => {
            if matches!(error, Error::Store(StoreError::Conflict) | Error::NotFound(_)) {
                desk.shared.undos.drop_newest(desk.unlock);
            }
            Err(explain(desk, &error, None).await)
        }
    }
}
