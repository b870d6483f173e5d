//! Ten seconds of a full screen that changes, with a real host and a real client, five times.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::{
    Result,
    freerdp::{Screen, Way},
    holder::{Holder, Opened},
};
use uuid::Uuid;

use super::{animation::Animation, process};
use crate::{figure, sample::Sample};

const USER: &str = "adm";
const RUNS: usize = 5;
const TIME: Duration = Duration::from_secs(10);
/// Less than this in that time was no full-screen change.
const LEAST: u64 = 5_000_000;
/// The goals.
const MOST_CPU: f64 = 1.0;
const MOST_MEMORY: f64 = 25.0;

/// What the runs came to.
#[derive(Default)]
struct Samples {
    core: Sample,
    memory: Sample,
    megabytes: Sample,
    pictures: Sample,
}

/// Two figures with goals, two for information.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let mut all = Samples::default();
    for _ in 0..RUNS {
        run(&mut all)?;
    }
    let name = "injector, 10 s of full-screen updates";
    Ok(vec![
        figure::most_of(name, "% of a core", &all.core, MOST_CPU),
        figure::most_of("its memory, all of the process", "MB", &all.memory, MOST_MEMORY),
        figure::plain_of("what passed in that time", "MB", &all.megabytes),
        figure::plain_of("pictures drawn in that time", "", &all.pictures),
    ])
}

/// A host, a client and a process with the injector of its own: memory is the most that it ever had.
fn run(all: &mut Samples) -> Result<()> {
    let password = Uuid::new_v4().to_string();
    let host = RdpHost::start(&[(USER, &password)])?;
    let mut holder = super::holder()?;
    let opened = holder.open(host.address().port(), (USER, &password))?;
    let screen = Screen::new(1024, 768)?;
    let session = opened.session;
    let mut client = screen.start(&way(opened), &[])?;
    holder.hear(session, "HostAccepted")?;
    until_shown(&host, &screen)?;
    let animation = Animation::start(host.display().name())?;
    // The first picture is on its way, and is not counted.
    until_more_than(LEAST / 10, || holder.to_client(session))?;
    ten_seconds((&mut holder, session), &animation, all)?;
    if !client.runs()? {
        return Err("the client ended before its time".into());
    }
    Ok(())
}

fn way(opened: Opened) -> Way {
    Way {
        address: opened.address,
        user: opened.user,
        password: opened.password,
        certificate_sha256: Some(opened.certificate_sha256),
        security: "/sec:nla",
    }
}

fn ten_seconds(
    (holder, session): (&mut Holder, u64),
    animation: &Animation,
    all: &mut Samples,
) -> Result<()> {
    let (bytes, pictures) = (holder.to_client(session)?, animation.drawn());
    let (cpu, began) = (process::on_cpu(holder.id())?, Instant::now());
    thread::sleep(TIME);
    let (cpu, took) = (process::on_cpu(holder.id())?.saturating_sub(cpu), began.elapsed());
    let bytes = holder.to_client(session)?.saturating_sub(bytes);
    let pictures = animation.drawn() - pictures;
    if bytes < LEAST {
        return Err(format!("only {bytes} bytes came of {pictures} pictures").into());
    }
    all.core.add_value(cpu.as_secs_f64() / took.as_secs_f64() * 100.0);
    all.memory.add_value(process::most_memory(holder.id())?);
    all.megabytes.add_value(f64::from(u32::try_from(bytes)?) / 1_000_000.0);
    all.pictures.add_value(f64::from(u32::try_from(pictures)?));
    Ok(())
}

fn until_shown(host: &RdpHost, screen: &Screen) -> Result<()> {
    let began = Instant::now();
    while !host.pattern().fills(&screen.display.picture()?) {
        if began.elapsed() > Duration::from_mins(1) {
            return Err("the desktop was not shown".into());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn until_more_than(least: u64, mut count: impl FnMut() -> Result<u64>) -> Result<()> {
    let (from, began) = (count()?, Instant::now());
    while count()?.saturating_sub(from) < least {
        if began.elapsed() > Duration::from_mins(1) {
            return Err("nothing changed on the screen".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
