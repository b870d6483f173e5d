//! Fifty sessions at once, each with a credential of its own.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use serde_json::Value;
use tokio::task::JoinSet;
use usher_testsuite::{
    Result,
    holder::Opened,
    stub::{
        client::{self, Desktop},
        host::{StubHost, Then, named},
    },
};
use uuid::Uuid;

use super::process;
use crate::figure;

const SESSIONS: u32 = 50;

/// Two figures with goals, two for information.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let host = runtime.block_on(StubHost::start(Then::NamesTheUser))?;
    let mut holder = super::holder()?;
    let mut given = BTreeMap::new();
    let mut opened = Vec::new();
    for number in 0..SESSIONS {
        let (user, password) = (format!("adm{number}"), Uuid::new_v4().to_string());
        let session = holder.open(host.address.port(), (&user, &password))?;
        opened.push((session, user.clone()));
        given.insert(user, password);
    }
    let began = Instant::now();
    let desktops = runtime.block_on(all_at_once(opened))?;
    let took = began.elapsed();
    let memory = process::most_memory(holder.id())?;
    let right = desktops.iter().filter(|(_, own)| *own).count();
    let crossed = crossed(&given, &host)? + desktops.len() - right;
    let signed_in = f64::from(u32::try_from(desktops.len())?);
    let crossed = f64::from(u32::try_from(crossed)?);
    let all = f64::from(SESSIONS);
    Ok(vec![
        figure::at_least("50 sessions at once: signed in", "sessions", signed_in, all),
        figure::at_most("credentials or desktops crossed", "sessions", crossed, 0.0),
        figure::plain("until all 50 had their desktop", "s", took.as_secs_f64()),
        figure::plain("the injector's memory with all of them", "MB", memory),
    ])
}

/// All of them at once; each desktop, still open, and whether it is its own user's.
async fn all_at_once(opened: Vec<(Opened, String)>) -> Result<Vec<(Desktop, bool)>> {
    let mut clients = JoinSet::new();
    let together = Arc::new(tokio::sync::Barrier::new(opened.len()));
    for (session, user) in opened {
        let together = Arc::clone(&together);
        clients.spawn(async move {
            together.wait().await;
            let one_time = (session.user.as_str(), session.password.as_str());
            let mut desktop = client::sign_in(session.address, one_time, &["cliprdr"]).await?;
            desktop.frame().await?;
            let own = desktop.frame().await? == named(&user);
            Result::Ok((desktop, own))
        });
    }
    let mut desktops = Vec::new();
    while let Some(ended) = clients.join_next().await {
        desktops.push(ended??);
    }
    Ok(desktops)
}

/// Sign-ins that the host saw with another password than the user's, or not once.
fn crossed(given: &BTreeMap<String, String>, host: &StubHost) -> Result<usize> {
    let seen = host.seen().credentials;
    if seen.len() != given.len() {
        return Err(format!("the host saw {} sign-ins", seen.len()).into());
    }
    let seen: BTreeMap<_, _> = seen.into_iter().collect();
    Ok(given.iter().filter(|(user, password)| seen.get(*user) != Some(*password)).count())
}
