//! Signing in at a host that takes the credential inside TLS.

use usher_core::entry::DevicePolicy;
use usher_core::ports::{Acceptance, End, Outcome, Takes};
use usher_testsuite::Result;
use uuid::Uuid;

use crate::scene::{Scene, until};

#[test]
fn control_a_client_without_the_injector_sees_the_desktop() -> Result<()> {
    let scene = Scene::start()?;
    let _client = scene.direct(&[])?;
    scene.desktop_is_shown();
    assert_eq!((scene.host.sign_ins()?, scene.host.refusals()?), (1, 0));
    Ok(())
}

#[test]
fn the_account_signs_in_with_nothing_but_the_one_time_credential() -> Result<()> {
    let scene = Scene::start()?;
    assert_eq!(scene.preflight()?.takes, Takes::Tls);
    let (_client, injected) = scene.injected(DevicePolicy::default(), &[])?;
    scene.desktop_is_shown();
    assert_eq!(injected.next(), Outcome::ClientSignedIn);
    assert_eq!(injected.next(), Outcome::HostAccepted(Acceptance::DesktopOnly));
    assert_eq!((scene.host.sign_ins()?, scene.host.refusals()?), (1, 0));
    scene.keep("xrdp-desktop");
    // xrdp 0.9.21 sends no Save Session Info, signed in or not.
    injected.control.end();
    assert_eq!(injected.next(), Outcome::Ended(End::EndedByPerson));
    Ok(())
}

#[test]
fn a_wrong_password_is_refused_by_the_host_and_nobody_signs_in() -> Result<()> {
    let scene = Scene::start()?;
    let wrong = Uuid::new_v4().to_string();
    let (mut client, injected) = scene.injected_with(&wrong, DevicePolicy::default(), &[])?;
    until("the host's refusal", || (scene.host.refusals().expect("log") == 1).then_some(()));
    assert_eq!(scene.host.sign_ins()?, 0);
    // xrdp says so in a window of its own, which is a desktop to everybody else.
    assert_eq!(injected.next(), Outcome::ClientSignedIn);
    assert_eq!(injected.next(), Outcome::HostAccepted(Acceptance::DesktopOnly));
    assert!(client.runs()?, "the person reads it there");
    Ok(())
}

#[test]
fn the_desktop_follows_the_clients_window() -> Result<()> {
    let scene = Scene::start()?;
    let (_client, _injected) =
        scene.injected(DevicePolicy::default(), &["/dynamic-resolution", "/t:resized"])?;
    scene.desktop_is_shown();
    let session = scene.session();
    assert_eq!(session.size()?, (1024, 768));
    scene.screen.display.resize("resized", 900, 640)?;
    until("the remote desktop's new size", || {
        (session.size().expect("a size") == (900, 640)).then_some(())
    });
    Ok(())
}
