//! Rights of entries and folders, and Source.

use usher_core::grants::{self, RightsDraft, SourceDraft};
use usher_core::ports::Ports;

use super::{Answer, created, done, explain, forms, reach};
use crate::broker::Desktop;
use crate::map::read_only;
use crate::map::rights::{sheet, source};
use crate::protocol::{ObjectRef, Reply, RightsForm, SetSource};

pub(super) async fn read<P: Ports>(desk: &Desktop<P>, of: &ObjectRef) -> Answer {
    match grants::read(desk.ports.as_ref(), desk.unlock, forms::object(of)?).await {
        Ok(read) => {
            let reach = match &read.reach {
                Some(found) => Some(reach::row(desk, found, &read.book).await),
                None => None,
            };
            let mut sheet = sheet(&read, reach);
            if desk.open.read_only {
                read_only::stop(&mut sheet.may_change);
            }
            Ok(Reply::Rights { sheet })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn set<P: Ports>(desk: &Desktop<P>, of: &ObjectRef, form: RightsForm) -> Answer {
    let of = forms::object(of)?;
    let draft: RightsDraft = forms::rights(&form)?;
    done(desk, grants::set(desk.ports.as_ref(), desk.unlock, of, draft).await).await
}

pub(super) async fn sources<P: Ports>(desk: &Desktop<P>) -> Answer {
    match grants::sources(desk.ports.as_ref(), desk.unlock).await {
        Ok(book) => {
            Ok(Reply::Sources { rows: book.sources.values().map(|s| source(&book, s)).collect() })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn set_source<P: Ports>(desk: &Desktop<P>, form: SetSource) -> Answer {
    let draft = SourceDraft {
        subject: forms::subject(&form.subject)?,
        connection: forms::id("connection", &form.connection)?,
        organization: form.organization.as_deref().map(forms::organization).transpose()?,
    };
    created(desk, grants::set_source(desk.ports.as_ref(), desk.unlock, draft).await).await
}

pub(super) async fn remove_source<P: Ports>(desk: &Desktop<P>, source: &str) -> Answer {
    let source = forms::id("source", source)?;
    done(desk, grants::remove_source(desk.ports.as_ref(), desk.unlock, source).await).await
}
