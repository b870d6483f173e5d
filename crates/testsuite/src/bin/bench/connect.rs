//! Signing in to a real RDP host through the injector, against directly.
//!
//! The client is asked to sign in and leave (`+auth-only`). With the injector between, it may leave
//! once *its* leg is through, so the host's acceptance of the real password is timed as well: a fast
//! client that nobody signed in would be no figure.

mod world;

use std::time::{Duration, Instant};

use serde_json::Value;
use usher_core::ports::{End, Outcome};

use self::world::World;
use crate::{Result, figure, sample::Sample};

/// Runs of each way, in alternation. Many, since the client and the host wait in steps of 100 ms.
const RUNS: usize = 24;
/// The goal: most that the injector's way may take of the direct one.
const MOST: f64 = 1.05;

/// What was timed.
#[derive(Default)]
struct Times {
    direct: Sample,
    injected: Sample,
    /// From the client's start until the host took the real password.
    accepted: Sample,
    /// Looking at the host's certificate beforehand.
    preflight: Sample,
    /// Making the listener, its certificate and the one-time credential.
    opening: Sample,
}

/// Two figures against direct, three for information.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let world = World::start(&runtime)?;
    let mut times = Times::default();
    // The first of each is slower on either side (files, caches) and does not count.
    round(&world, &mut Times::default())?;
    for _ in 0..RUNS {
        round(&world, &mut times)?;
    }
    // Both ways, and a look before each injected one and one at the start.
    world.check(2 * (RUNS + 1), RUNS + 2)?;
    Ok(figures(&times))
}

fn figures(times: &Times) -> Vec<Value> {
    let (ours, direct) = (&times.injected, &times.direct);
    vec![
        figure::multiple("connect through the injector", ours, "direct", direct, MOST),
        figure::beside("client's time through the injector", ours, "direct", direct),
        figure::alone("until the host accepted", &times.accepted),
        figure::alone("preflight before it", &times.preflight),
        figure::alone("opening the injector", &times.opening),
    ]
}

fn round(world: &World<'_>, times: &mut Times) -> Result<()> {
    times.direct.add(world.client.sign_in(&world.direct())?);
    injected(world, times)
}

fn injected(world: &World<'_>, times: &mut Times) -> Result<()> {
    times.preflight.add(timed(|| world.preflight().map(drop))?);
    let began = Instant::now();
    let (way, outcomes, control) = world.open()?;
    times.opening.add(began.elapsed());
    let began = Instant::now();
    times.injected.add(world.client.sign_in(&way)?);
    let mut accepted = None;
    loop {
        let (at, outcome) = outcomes.recv_timeout(Duration::from_secs(30))?;
        match outcome {
            Outcome::ClientSignedIn | Outcome::NeedsUnlock => {}
            Outcome::HostAccepted(_) => accepted = Some(at.duration_since(began)),
            // The client does not come back.
            Outcome::Dropped => control.end(),
            Outcome::Ended(End::Closed { .. } | End::EndedByPerson) => break,
            Outcome::Ended(end) => {
                return Err(format!("the injector's session ended: {end:?}").into());
            }
        }
    }
    times.accepted.add(accepted.ok_or("the host accepted nobody")?);
    Ok(())
}

fn timed(act: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let began = Instant::now();
    act()?;
    Ok(began.elapsed())
}
