//! *Lock for technicians*, its preview, and what has drifted.

use usher_core::lockdown::{self, Scope};
use usher_core::ports::{Ports, Store};

use super::{Answer, done, explain, forms};
use crate::broker::Desktop;
use crate::map::lockdown::{drift_row, preview};
use crate::protocol::{LockScope, Reply};

fn scope(scope: &LockScope) -> Result<Scope, crate::protocol::Failure> {
    Ok(match scope {
        LockScope::Entry { of } => Scope::Entry(forms::object(of)?),
        LockScope::Folder { folder } => Scope::Folder(forms::id("folder", folder)?),
        LockScope::Everything => Scope::Everything,
    })
}

pub(super) async fn show<P: Ports>(desk: &Desktop<P>, of: &LockScope) -> Answer {
    match lockdown::preview(desk.ports.as_ref(), desk.unlock, scope(of)?).await {
        Ok(shown) => Ok(Reply::LockPreview { preview: preview(&shown) }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn apply<P: Ports>(desk: &Desktop<P>, of: &LockScope) -> Answer {
    done(desk, lockdown::apply(desk.ports.as_ref(), desk.unlock, scope(of)?).await).await
}

pub(super) async fn drift<P: Ports>(desk: &Desktop<P>) -> Answer {
    match lockdown::drift(desk.ports.as_ref(), desk.unlock).await {
        Ok(rows) => {
            let book = desk.ports.store().book().await?;
            Ok(Reply::Drift { rows: rows.iter().map(|row| drift_row(&book, row)).collect() })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}
