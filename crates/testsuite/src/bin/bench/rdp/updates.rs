//! Ten seconds of a full screen that changes, with a real host and a real client.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::{
    Result,
    freerdp::{Screen, Way},
};
use uuid::Uuid;

use super::{animation::Animation, process};
use crate::figure;

const USER: &str = "adm";
const TIME: Duration = Duration::from_secs(10);
/// Less than this in that time was no full-screen change.
const LEAST: u64 = 5_000_000;
/// The goals.
const MOST_CPU: f64 = 1.0;
const MOST_MEMORY: f64 = 25.0;

/// Two figures with goals, two for information.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let password = Uuid::new_v4().to_string();
    let host = RdpHost::start(&[(USER, &password)])?;
    let mut holder = super::holder()?;
    let opened = holder.open(host.address().port(), (USER, &password))?;
    let screen = Screen::new(1024, 768)?;
    let way = Way {
        address: opened.address,
        user: opened.user,
        password: opened.password,
        certificate_sha256: Some(opened.certificate_sha256),
        security: "/sec:nla",
    };
    let mut client = screen.start(&way, &[])?;
    holder.hear(opened.session, "HostAccepted")?;
    until_shown(&host, &screen)?;
    let animation = Animation::start(host.display().name())?;
    // The first picture is on its way, and is not counted.
    until_more_than(LEAST / 10, || holder.to_client(opened.session))?;

    let (bytes, pictures) = (holder.to_client(opened.session)?, animation.drawn());
    let (cpu, began) = (process::on_cpu(holder.id())?, Instant::now());
    thread::sleep(TIME);
    let (cpu, took) = (process::on_cpu(holder.id())?.saturating_sub(cpu), began.elapsed());
    let bytes = holder.to_client(opened.session)?.saturating_sub(bytes);
    let pictures = animation.drawn() - pictures;
    if bytes < LEAST || !client.runs()? {
        return Err(format!("only {bytes} bytes came of {pictures} pictures").into());
    }
    let core = cpu.as_secs_f64() / took.as_secs_f64() * 100.0;
    let memory = process::most_memory(holder.id())?;
    let megabytes = f64::from(u32::try_from(bytes)?) / 1_000_000.0;
    Ok(vec![
        figure::at_most("injector, 10 s of full-screen updates", "% of a core", core, MOST_CPU),
        figure::at_most("its memory, all of the process", "MB", memory, MOST_MEMORY),
        figure::plain("what passed in that time", "MB", megabytes),
        figure::plain("pictures drawn in that time", "", f64::from(u32::try_from(pictures)?)),
    ])
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
