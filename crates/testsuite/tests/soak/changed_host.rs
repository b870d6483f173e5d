//! R7: the host's key changes between the look at it and the client's arrival, as with a machine in
//! the middle. The host sees no credential.

use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::Result;
use usher_testsuite::freerdp::{Screen, Way};
use usher_testsuite::holder::Opened;
use uuid::Uuid;

use crate::how_many;
use crate::room::Room;

const USER: &str = "adm";

fn way(opened: &Opened) -> Way {
    Way {
        address: opened.address,
        user: opened.user.clone(),
        password: opened.password.clone(),
        certificate_sha256: Some(opened.certificate_sha256),
        security: "/sec:nla",
    }
}

#[test]
fn a_host_with_another_key_is_sent_no_credential() -> Result<()> {
    let changes = how_many(20).div_ceil(10);
    let room = Room::new()?;
    let password = Uuid::new_v4().to_string();
    let mut host = RdpHost::start(&[(USER, &password)])?;
    let screen = Screen::new(800, 600)?;
    let mut holder = room.holder()?;
    for change in 1..=changes {
        let opened = holder.open(host.address().port(), (USER, &password))?;
        host.renew_certificate()?;
        let before = host.sign_in_attempts()?;
        let client = screen.start(&way(&opened), &[])?;
        holder.hear(opened.session, "Ended(CertificateChanged")?;
        drop(client);
        assert_eq!(host.sign_in_attempts()?, before, "change {change}: no CredSSP");

        let opened = holder.open(host.address().port(), (USER, &password))?;
        let client = screen.start(&way(&opened), &[])?;
        holder.hear(opened.session, "HostAccepted")?;
        assert_eq!(host.sign_in_attempts()?, before + 1, "control: it counts credentials");
        holder.end(opened.session)?;
        drop(client);
    }
    println!("seen: R7: {changes} changed keys, 0 credentials at the host");
    Ok(())
}
