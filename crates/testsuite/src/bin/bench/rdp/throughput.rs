//! How many bytes a second pass from a host to its client, against a relay with TLS on both sides
//! that looks at nothing. Host and client are stubs in this process; each relay is in one of its own.

use std::{net::SocketAddr, time::Instant};

use serde_json::Value;
use tokio::{net::TcpListener, net::TcpStream, runtime::Runtime};
use usher_testsuite::{
    Result,
    holder::Holder,
    stub::{
        HostKey, Wire, client, connect_tls,
        host::{StubHost, Then},
        messages::burst,
    },
};
use uuid::Uuid;

use crate::{figure, sample::Sample};

const RUNS: usize = 8;
/// Each of about 140 kB.
const BURSTS: usize = 2_500;
/// The goals.
const LEAST_OF_BARE: f64 = 0.8;
const LEAST_GBIT: f64 = 1.0;

/// One figure against the peer, one with a goal of its own.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let host = runtime.block_on(StubHost::start(Then::Streams(BURSTS)))?;
    let (mut injector, mut relay) = (super::holder()?, super::holder()?);
    let bare = relay.bare(runtime.block_on(bare_host())?)?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    for run in 0..=RUNS {
        let injected = injected(&runtime, &mut injector, &host)?;
        let relayed = runtime.block_on(through_bare(bare))?;
        // The first of each is slower on either side and does not count.
        if run > 0 {
            ours.add(injected);
            theirs.add(relayed);
        }
    }
    let (ours, theirs) = (gbit(&ours), gbit(&theirs));
    let name = "relay of the injector";
    Ok(vec![
        figure::share(name, ours / theirs, "bare relay, TLS on both sides", LEAST_OF_BARE, RUNS),
        figure::at_least(name, "Gbit/s", ours, LEAST_GBIT),
        figure::plain("bare relay, TLS on both sides", "Gbit/s", theirs),
    ])
}

/// What the middle run makes.
fn gbit(times: &Sample) -> f64 {
    let bits = u32::try_from(burst().len() * BURSTS).map_or(0.0, f64::from) * 8.0;
    bits / (times.median() / 1_000.0) / 1e9
}

/// From the desktop's begin to its last byte.
fn injected(
    runtime: &Runtime,
    holder: &mut Holder,
    host: &StubHost,
) -> Result<std::time::Duration> {
    let password = Uuid::new_v4().to_string();
    let opened = holder.open(host.address.port(), ("adm", &password))?;
    let took = runtime.block_on(async {
        let one_time = (opened.user.as_str(), opened.password.as_str());
        let mut desktop = client::sign_in(opened.address, one_time, &[]).await?;
        desktop.frame().await?;
        let began = Instant::now();
        desktop.skip(burst().len() * BURSTS).await?;
        Result::Ok(began.elapsed())
    })?;
    holder.end(opened.session)?;
    Ok(took)
}

/// A host that sends the same bytes once it is sent one.
async fn bare_host() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let key = HostKey::new()?;
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let streamed = async {
                tcp.set_nodelay(true)?;
                let mut wire = Wire::new(key.accept(tcp).await?);
                wire.skip(1).await?;
                let burst = burst();
                for _ in 0..BURSTS {
                    wire.send(&burst).await?;
                }
                wire.skip(usize::MAX).await
            };
            // The client leaves without a goodbye; a transfer that broke shows at its end.
            drop(streamed.await);
        }
    });
    Ok(port)
}

async fn through_bare(relay: SocketAddr) -> Result<std::time::Duration> {
    let tcp = TcpStream::connect(relay).await?;
    tcp.set_nodelay(true)?;
    let (stream, _) = connect_tls(tcp, relay).await?;
    let mut wire = Wire::new(stream);
    wire.send(&[0]).await?;
    let began = Instant::now();
    wire.skip(burst().len() * BURSTS).await?;
    Ok(began.elapsed())
}
