//! What the facts mean: good, worth knowing, or in the way.

use std::path::PathBuf;

use serde::Serialize;
use usher_broker::protocol::{Detail, Door, DoorState, Failure, Fault, KeyringState, Region};
use usher_clients::ClientMissing;
use usher_presence::{Means, Source};

use super::facts::Facts;
use super::hardening::Hardening;
use crate::command_line::{vault, words};

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Good,
    /// Works, with less than there could be.
    Note,
    /// In the way.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    /// What was looked at: a word that scripts may go by.
    pub(super) check: &'static str,
    pub(super) state: State,
    /// What was found.
    pub(super) found: String,
    /// What to do about it.
    pub(super) advice: Option<&'static str>,
}

/// All of them.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// Nothing is in the way.
    pub(super) good: bool,
    pub(super) findings: Vec<Finding>,
}

/// Judges.
pub(super) fn report(facts: &Facts) -> Report {
    let mut findings = vec![good("usher", facts.version.to_owned())];
    findings.extend(door(&facts.door));
    findings.push(client(&facts.client));
    findings.push(web_view(facts));
    findings.extend(it_glue(&facts.it_glue));
    findings.extend(hardening(facts.hardening));
    findings.extend(presence(&facts.presence));
    Report::of(findings)
}

impl Report {
    /// These.
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        Self { good: findings.iter().all(|finding| finding.state != State::Bad), findings }
    }
}

pub(super) fn good(check: &'static str, found: String) -> Finding {
    Finding { check, state: State::Good, found, advice: None }
}

pub(super) fn note(check: &'static str, found: String, advice: &'static str) -> Finding {
    Finding { check, state: State::Note, found, advice: Some(advice) }
}

pub(super) fn bad(check: &'static str, found: String, advice: &'static str) -> Finding {
    Finding { check, state: State::Bad, found, advice: Some(advice) }
}

fn door(door: &Result<Door, Option<Failure>>) -> Vec<Finding> {
    match door {
        Ok(door) => [Some(vault_file(door)), Some(keyring(door)), test_build(door)]
            .into_iter()
            .flatten()
            .collect(),
        Err(failure) => {
            let why = failure.as_ref().map_or_else(|| "unknown".to_owned(), words::failure);
            let corrupt = Detail::Fault { fault: Fault::VaultCorrupt };
            if failure.as_ref().is_some_and(|failure| failure.detail == corrupt) {
                return vec![bad("vault", why, "Keep a copy of the file and restore a backup")];
            }
            vec![bad("vault", why, "Look at the vault file and who may read it")]
        }
    }
}

fn vault_file(door: &Door) -> Finding {
    if let Some(damage) = &door.damage {
        return bad(
            "vault",
            vault::damage(damage),
            "An administrator can open it as it was found, read-only",
        );
    }
    let state = match door.state {
        DoorState::None => "none yet",
        DoorState::Old => "made by an older Usher",
        DoorState::Locked => "there",
    };
    good("vault", format!("{state}: {}", door.path))
}

fn keyring(door: &Door) -> Finding {
    let found = words::word(&door.keyring);
    let no_vault = door.state != DoorState::Locked;
    match door.keyring {
        KeyringState::Ok => good("keyring", found),
        KeyringState::Empty if no_vault => good("keyring", found),
        KeyringState::Empty => bad(
            "keyring",
            found,
            "This device is not known to the vault: open it with a recovery kit or a code",
        ),
        KeyringState::Missing => bad(
            "keyring",
            found,
            "Install and start a keyring: gnome-keyring, KWallet or KeePassXC",
        ),
        KeyringState::Locked => {
            bad("keyring", found, "Unlock the keyring, as at the desktop's sign-in")
        }
        KeyringState::Slow => bad(
            "keyring",
            found,
            "The keyring does not answer: look for its own window, or start it again",
        ),
        KeyringState::Failed => bad("keyring", found, "The keyring refuses: look into its log"),
    }
}

fn test_build(door: &Door) -> Option<Finding> {
    let advice =
        "This build is for tests and can be pointed away from IT Glue: do not work with it";
    door.test_build.then(|| note("test_build", "yes".to_owned(), advice))
}

/// The RDP client, as it was found.
pub(super) fn client(client: &Result<PathBuf, ClientMissing>) -> Finding {
    match client {
        Ok(program) => good("rdp_client", program.display().to_string()),
        Err(ClientMissing::NotInstalled { unsafe_ones, .. }) if !unsafe_ones.is_empty() => {
            let found =
                unsafe_ones.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
            bad(
                "rdp_client",
                found.join(", "),
                "Others than the administrator may change it, so it is not started",
            )
        }
        Err(ClientMissing::NotInstalled { .. }) => bad(
            "rdp_client",
            "none".to_owned(),
            "Install FreeRDP: freerdp3-x11, freerdp2-x11 or freerdp",
        ),
    }
}

fn web_view(facts: &Facts) -> Finding {
    match &facts.web_view {
        Some(version) => good("web_view", version.clone()),
        None => bad(
            "web_view",
            "none".to_owned(),
            "Install the system's web view; without it there is no window",
        ),
    }
}

/// One region is enough to work; which one a firewall lets through is the MSP's affair.
fn it_glue(regions: &[(Region, Result<u32, Option<Failure>>)]) -> Vec<Finding> {
    let none = !regions.iter().any(|(_, reached)| reached.is_ok());
    let finding = |(region, reached): &(Region, Result<u32, Option<Failure>>)| {
        let check = match region {
            Region::Us => "it_glue_us",
            Region::Eu => "it_glue_eu",
            Region::Au => "it_glue_au",
        };
        let why = match reached {
            Ok(millis) => return good(check, format!("{millis} ms")),
            Err(failure) => failure.as_ref().map_or_else(|| "unknown".to_owned(), words::failure),
        };
        if none {
            return bad(
                check,
                why,
                "Look at the network: Usher goes to IT Glue directly, through no proxy",
            );
        }
        note(check, why, "Needed only for accounts of this region")
    };
    regions.iter().map(finding).collect()
}

fn hardening(now: Hardening) -> Vec<Finding> {
    let readable = now.readable.map(|readable| {
        if readable {
            return bad(
                "memory",
                "open to other programs".to_owned(),
                "The system did not let Usher close it",
            );
        }
        good("memory", "closed to other programs".to_owned())
    });
    let core = now.core_limit.map(|limit| {
        if limit == 0 {
            return good("core_dumps", "off".to_owned());
        }
        bad("core_dumps", "on".to_owned(), "The system did not let Usher switch them off")
    });
    let scope = now.ptrace_scope.map(|scope| match scope {
        0 => note(
            "ptrace_scope",
            scope.to_string(),
            "sysctl kernel.yama.ptrace_scope=1 also protects the window's own processes",
        ),
        _ => good("ptrace_scope", scope.to_string()),
    });
    let wiped = now.wiped.map(|wiped| {
        if wiped {
            return good("freed_memory", "wiped".to_owned());
        }
        bad("freed_memory", "kept".to_owned(), "Usher could not start itself anew to change that")
    });
    [readable, core, scope, wiped].into_iter().flatten().collect()
}

fn presence(means: &Means) -> Vec<Finding> {
    let idle = match means.idle {
        Some(source) => good("idle", name(source).to_owned()),
        None => note(
            "idle",
            "not known".to_owned(),
            "This desktop does not tell Usher when nobody is there: lock the vault or the screen by hand",
        ),
    };
    let screen = match means.screen_lock.as_slice() {
        [] => note(
            "screen_lock",
            "not known".to_owned(),
            "Locking the screen does not lock the vault here",
        ),
        sources => {
            good("screen_lock", sources.iter().copied().map(name).collect::<Vec<_>>().join(", "))
        }
    };
    let suspend = match means.suspend {
        Some(source) => good("suspend", name(source).to_owned()),
        None => note("suspend", "not known".to_owned(), "Sleep does not lock the vault here"),
    };
    vec![idle, screen, suspend]
}

fn name(source: Source) -> &'static str {
    match source {
        Source::X11 => "x11",
        Source::Mutter => "mutter",
        Source::Logind => "logind",
        Source::ScreenSaver => "screen_saver",
        Source::Windows => "windows",
        Source::CoreGraphics => "core_graphics",
    }
}
