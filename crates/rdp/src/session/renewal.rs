//! A lease made good for one more sign-in; where the vault is locked, the client waits for it.

use tokio::sync::Mutex;
use usher_core::error::LeaseError;
use usher_core::ports::{Again, End, Lease, Outcome, Unreachable};

use super::Session;
use super::attempt::{Admitted, ClientSide};
use super::wait::{Failed, Wait};
use crate::target::reach;

impl Session {
    /// The same client and host, with a lease that can be taken.
    pub(super) async fn renewed<L: Lease>(
        &self,
        lease: &Mutex<L>,
        admitted: Admitted,
        (why, wait): (Again, &Wait),
    ) -> Result<Admitted, Failed> {
        let Err(error) = lease.lock().await.renew(why).await else { return Ok(admitted) };
        if error != LeaseError::Locked {
            return Err(Failed::Over(End::NotReleased(error)));
        }
        let Admitted { mut client, host, told } = admitted;
        let (asked, protocol) = (host.asked, host.protocol);
        // A host does not wait as long as a person may take.
        drop(host);
        unlocked(lease, &mut client, (why, wait)).await?;
        let host = reach(&self.target, asked).await?;
        // The client was told of the first answer.
        let same = host.protocol == protocol;
        let other = Failed::Passing(End::HostUnreachable(Unreachable::NotRdp));
        if same { Ok(Admitted { client, host, told }) } else { Err(other) }
    }
}

/// Waits until the vault is open, while the client does.
async fn unlocked<L: Lease>(
    lease: &Mutex<L>,
    client: &mut ClientSide,
    (why, wait): (Again, &Wait),
) -> Result<(), Failed> {
    let mut lease = lease.lock().await;
    lease.report(Outcome::NeedsUnlock).await;
    let renewed = async {
        loop {
            lease.unlocked().await;
            // It may be locked again by now.
            match lease.renew(why).await {
                Err(LeaseError::Locked) => tokio::task::yield_now().await,
                renewed => return renewed,
            }
        }
    };
    tokio::select! {
        renewed = renewed => renewed.map_err(|error| Failed::Over(End::NotReleased(error))),
        () = client.closed() => Err(Failed::Client),
        () = tokio::time::sleep_until(wait.until()) => Err(Failed::Over(wait.over())),
    }
}
