//! What the client's test means.

use usher_broker::ProbeReport;
use usher_clients::{Abilities, HeldBack};
use usher_core::entry::{Clipboard, Device, DevicePolicy};

use super::super::findings::{Finding, Report, bad, client, good, note};
use super::{Came, Facts, NotTried, Tried, Unwritten, policy, stored};

/// Judges.
pub(in super::super) fn report(facts: &Facts) -> Report {
    let mut findings = vec![client(&facts.client)];
    if let Some(Tried { able, came }) = &facts.tried {
        findings.push(version(able));
        findings.extend(held_back(able));
        match came {
            Ok(came) => findings.extend(signed_in(came)),
            Err(why) => findings.push(not_tried(*why)),
        }
    }
    if let Some(windows) = &facts.windows {
        findings.extend(policy::findings(&windows.policy, windows.trusted));
        findings.extend(stored::findings(windows.stored.as_deref()));
    }
    Report::of(findings)
}

/// A version that is not trusted with files works; one reads what it cannot be asked for.
fn version(able: &Abilities) -> Finding {
    let trusted = able.drives_and_files;
    match able.version {
        Some(version) if trusted => good("rdp_version", version.to_string()),
        Some(version) => note(
            "rdp_version",
            version.to_string(),
            "FreeRDP up to 3.32.2 has known faults in drives and clipboard files: install a later one to use them",
        ),
        None if trusted => good("rdp_version", "kept up to date by the system".to_owned()),
        None => note(
            "rdp_version",
            "not known".to_owned(),
            "Without a version it is not trusted with drives and clipboard files",
        ),
    }
}

/// Of all that a session entry can allow.
fn held_back(able: &Abilities) -> Option<Finding> {
    let everything = DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles);
    let held = able.held_back(&everything);
    let names: Vec<&str> = held.into_iter().map(name).collect();
    let advice = "The client is not asked for these, even where a session entry allows them";
    (!names.is_empty()).then(|| note("rdp_held_back", names.join(", "), advice))
}

fn name(what: HeldBack) -> &'static str {
    match what {
        HeldBack::Drives => "drives",
        HeldBack::ClipboardFiles => "clipboard files",
        HeldBack::Camera => "camera",
    }
}

fn signed_in(came: &Came) -> Vec<Finding> {
    let ProbeReport { connections, signed_in, tls, foreign, .. } = came.report;
    let opened = match connections {
        0 => bad(
            "rdp_connections",
            said(came),
            "The client started, but did not connect to this computer: does it have a desktop to show itself on?",
        ),
        some => good("rdp_connections", some.to_string()),
    };
    let mut findings = vec![opened];
    findings.extend(others(foreign));
    findings.extend(unwritten(came.unwritten));
    match signed_in {
        Some(after) => {
            findings.push(certificate());
            findings.push(good("rdp_sign_in", format!("{} ms", after.as_millis())));
        }
        None if tls => findings.push(bad(
            "rdp_sign_in",
            said(came),
            "The client refused the certificate, or did not use the one-time credential",
        )),
        None if connections > 0 => findings.push(bad(
            "rdp_sign_in",
            said(came),
            "The client does not do network level authentication (NLA) here",
        )),
        None => {}
    }
    findings
}

/// The sign-in tells that it was taken. A prompt, and what was clicked there, does not reach the test.
fn certificate() -> Finding {
    note(
        "rdp_certificate",
        "accepted; a prompt cannot be seen from here".to_owned(),
        "Say beside this report whether the client warned of the certificate: no warning is right",
    )
}

/// Other programs of this computer that came to the test.
fn others(foreign: u32) -> Option<Finding> {
    let advice = "Another program connected while the client was tried, and was closed out; look for what watches ports";
    (foreign > 0).then(|| note("rdp_other_programs", foreign.to_string(), advice))
}

/// The journal that would have had the test's client taken away if the test had been killed.
fn unwritten(why: Option<Unwritten>) -> Option<Finding> {
    let (found, advice) = match why? {
        Unwritten::InUse => (
            "in use: Usher runs".to_owned(),
            "The test was not written into the journal of what a crash leaves; close Usher to test with it",
        ),
        Unwritten::NotYet => (
            "none yet".to_owned(),
            "The test was not written into the journal of what a crash leaves; the app makes one at its first start",
        ),
        Unwritten::Broken(why) => (
            why.to_string(),
            "The journal of what a crash leaves cannot be opened: look at Usher's folder of local data",
        ),
    };
    Some(note("residue_journal", found, advice))
}

/// The client's last words; they never hold its credential.
fn said(came: &Came) -> String {
    came.last_line.clone().unwrap_or_else(|| "no".to_owned())
}

fn not_tried(why: NotTried) -> Finding {
    match why {
        NotTried::NoListener => bad(
            "rdp_connections",
            "no loopback listener".to_owned(),
            "Look for security software that blocks loopback connections",
        ),
        NotTried::NotStarted(error) => {
            bad("rdp_connections", error.to_string(), "The client is installed, but did not start")
        }
    }
}
