//! A line to a host that a test can cut and mend.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::PATIENCE;

/// Relays TCP to a host, bytes as they are.
pub(crate) struct Cutter {
    pub(crate) port: u16,
    state: watch::Sender<State>,
    /// How many lines were closed because it was cut off.
    turned_away: watch::Receiver<usize>,
}

/// Where new lines lead, and what became of the old ones.
#[derive(Clone, Copy)]
struct State {
    host: u16,
    cuts: usize,
    open: bool,
}

impl Cutter {
    pub(crate) async fn start(host: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (state, seen) = watch::channel(State { host, cuts: 0, open: true });
        let (count, turned_away) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if seen.borrow().open {
                    tokio::spawn(relay(near, seen.clone()));
                } else {
                    count.send_modify(|count| *count += 1);
                }
            }
        });
        Self { port, state, turned_away }
    }

    /// Waits until somebody has come while it was cut off.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "for real clients"))]
    pub(crate) async fn turned_away(&self) {
        let mut turned_away = self.turned_away.clone();
        let waited = tokio::time::timeout(PATIENCE, turned_away.wait_for(|count| *count > 0)).await;
        waited.expect("somebody comes in time").expect("the cutter lives");
    }

    /// All lines end at once; the next ones get through.
    pub(crate) fn cut(&self) {
        self.state.send_modify(|state| state.cuts += 1);
    }

    /// All lines end at once, and new ones are closed until it is mended.
    pub(crate) fn cut_off(&self) {
        self.state.send_modify(|state| (state.cuts, state.open) = (state.cuts + 1, false));
    }

    pub(crate) fn mend(&self) {
        self.state.send_modify(|state| state.open = true);
    }

    /// All lines end at once, and new ones lead to another host.
    pub(crate) fn lead_to(&self, host: u16) {
        self.state.send_modify(|state| (state.cuts, state.host) = (state.cuts + 1, host));
    }
}

async fn relay(mut near: TcpStream, mut state: watch::Receiver<State>) {
    let State { host, cuts, .. } = *state.borrow();
    let Ok(mut far) = TcpStream::connect(("127.0.0.1", host)).await else { return };
    tokio::select! {
        copied = copy_bidirectional(&mut near, &mut far) => copied.map(drop).unwrap_or_default(),
        cut = state.wait_for(|now| now.cuts != cuts) => drop(cut),
    }
}
