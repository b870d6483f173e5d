//! A line to a host that a test can cut and mend.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Relays TCP to a host, bytes as they are.
pub(crate) struct Cutter {
    pub(crate) port: u16,
    /// How often it was cut, and whether it lets new lines through.
    state: watch::Sender<(usize, bool)>,
}

impl Cutter {
    pub(crate) async fn start(host: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (state, seen) = watch::channel((0, true));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(relay(near, host, seen.clone()));
            }
        });
        Self { port, state }
    }

    /// All lines end at once; the next ones get through.
    pub(crate) fn cut(&self) {
        self.state.send_modify(|(cuts, _)| *cuts += 1);
    }

    /// All lines end at once, and new ones are closed until it is mended.
    pub(crate) fn cut_off(&self) {
        self.state.send_modify(|(cuts, open)| (*cuts, *open) = (*cuts + 1, false));
    }

    pub(crate) fn mend(&self) {
        self.state.send_modify(|(_, open)| *open = true);
    }
}

async fn relay(mut near: TcpStream, host: u16, mut state: watch::Receiver<(usize, bool)>) {
    let (cuts, open) = *state.borrow();
    if !open {
        return;
    }
    let Ok(mut far) = TcpStream::connect(("127.0.0.1", host)).await else { return };
    tokio::select! {
        copied = copy_bidirectional(&mut near, &mut far) => copied.map(drop).unwrap_or_default(),
        cut = state.wait_for(|(now, _)| *now != cuts) => assert!(cut.is_ok(), "a test ended early"),
    }
}
