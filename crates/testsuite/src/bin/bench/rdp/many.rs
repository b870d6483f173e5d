//! Fifty sessions at once, each with a credential of its own, five times.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use serde_json::Value;
use tokio::{runtime::Runtime, task::JoinSet};
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
use crate::{figure, sample::Sample};

const SESSIONS: u32 = 50;
const RUNS: usize = 5;

/// What the runs came to.
#[derive(Default)]
struct Samples {
    signed_in: Sample,
    /// Of all runs together.
    crossed: usize,
    seconds: Sample,
    memory: Sample,
}

/// Two figures with goals, of the worst run and of all; two for information.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut all = Samples::default();
    for _ in 0..RUNS {
        run(&runtime, &mut all)?;
    }
    let (wanted, crossed) = (f64::from(SESSIONS), f64::from(u32::try_from(all.crossed)?));
    let name = "50 sessions at once: signed in, worst run";
    Ok(vec![
        figure::at_least(name, "sessions", all.signed_in.least(), wanted),
        figure::at_most("credentials or desktops crossed, all runs", "sessions", crossed, 0.0),
        figure::plain_of("until all 50 had their desktop", "s", &all.seconds),
        figure::plain_of("the injector's memory with all of them", "MB", &all.memory),
    ])
}

/// With a host and an injector of its own: memory is the most that a process ever had.
fn run(runtime: &Runtime, all: &mut Samples) -> Result<()> {
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
    all.seconds.add_value(began.elapsed().as_secs_f64());
    all.memory.add_value(process::most_memory(holder.id())?);
    let strange = desktops.iter().filter(|(_, own)| !*own).count();
    all.crossed += crossed(&given, &host)? + strange;
    all.signed_in.add_value(f64::from(u32::try_from(desktops.len())?));
    Ok(())
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
