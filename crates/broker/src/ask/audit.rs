//! The audit log, for administrators.

use usher_core::audit::{self, Filter};
use usher_core::ports::Ports;

use super::{Answer, explain};
use crate::broker::Desktop;
use crate::map::audit::row;
use crate::protocol::Reply;

pub(super) async fn rows<P: Ports>(desk: &Desktop<P>, before: Option<u32>, limit: u32) -> Answer {
    let limit = usize::try_from(limit.min(500)).unwrap_or(500);
    let before = before.map(u64::from);
    match audit::query(desk.ports.as_ref(), desk.unlock, &Filter::default(), (before, limit)).await
    {
        Ok((book, rows)) => {
            Ok(Reply::Audit { rows: rows.into_iter().map(|r| row(&book, r)).collect() })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}
