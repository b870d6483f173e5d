//! Our client in a process of its own, told what to do as the peers are.

use std::{io, time::Instant};

use itglue::{ApiKey, Client, Limiter, OrganizationId, Share, TestServer};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{memory, own_size};
use crate::Result;

/// The first line says where: `{base, key, organization, bucket}`. Lists once for each line after
/// it, and answers with one line.
pub(crate) fn serve() -> Result<()> {
    let mut lines = io::stdin().lines();
    let place: Value = serde_json::from_str(&lines.next().ok_or("told nothing")??)?;
    let (client, organization) = client(&place)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let before = memory::most()?;
    for line in lines {
        line?;
        let (bytes, began) = (client.stats().bytes, Instant::now());
        let rows = runtime.block_on(client.organization(organization).passwords().all())?;
        let ms = began.elapsed().as_secs_f64() * 1_000.0;
        println!(
            "{}",
            json!({
                "ms": ms, "rows": rows.len(),
                "peak_bytes": memory::most()?, "before_bytes": before,
                "own_bytes": own_size::of(&rows), "json_bytes": client.stats().bytes - bytes,
            })
        );
    }
    Ok(())
}

fn client(place: &Value) -> Result<(Client, OrganizationId)> {
    let text = |name| place.get(name).and_then(Value::as_str).ok_or("a place without a text");
    let number = |name| place.get(name).and_then(Value::as_u64).ok_or("a place without a number");
    let server = TestServer::new(text("base")?)?;
    let key = ApiKey::new(Zeroizing::new(text("key")?.to_owned()))?;
    let share = Share { requests: u32::try_from(number("bucket")?)?, kept_for_launches: 0 };
    let builder = Client::builder_for_test_server(server, key).limiter(&Limiter::new(share));
    Ok((builder.build()?, OrganizationId::new(number("organization")?)))
}
