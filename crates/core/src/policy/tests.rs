//! The table of rights, printed: a reviewer reads the law on one page.

use std::fmt::Write as _;

use expect_test::expect_file;
use proptest::prelude::*;

use super::{Action, Facts, decide};
use crate::entry::{Approval, ApprovalPolicy};
use crate::rights::{Right, RightSet};

const V: &[Right] = &[Right::View];
const VP: &[Right] = &[Right::View, Right::ViewPassword];
const E: &[Right] = &[Right::View, Right::Edit];

/// Every right on everything, Source, an allowed host, confirmed: what is left out is what a row shows.
fn everything() -> Facts {
    Facts {
        session: RightSet::all(),
        credential: RightSet::all(),
        folder: RightSet::all(),
        destination: RightSet::all(),
        moved: RightSet::all(),
        source: true,
        named: true,
        host_allowed: true,
        same_client_folder: true,
        nobody_gains: true,
        administrator: false,
        proven_by_passphrase: true,
        trust_on_first_use: false,
        ask_me: true,
        typed_only: false,
        confirmed: true,
        ticket_given: true,
        approval: ApprovalPolicy::default(),
    }
}

fn technician(session: &[Right], credential: &[Right], folder: &[Right]) -> Facts {
    Facts {
        session: RightSet::of(session),
        credential: RightSet::of(credential),
        folder: RightSet::of(folder),
        source: false,
        named: RightSet::of(credential).has(Right::View),
        ..everything()
    }
}

fn people() -> Vec<(&'static str, Facts)> {
    let outside = |facts: Facts| Facts { host_allowed: false, ..facts };
    let asks = |launch, reveal| ApprovalPolicy { launch, reveal };
    vec![
        ("nothing granted", Facts { confirmed: true, ..Facts::default() }),
        (
            "administrator, nothing granted",
            Facts { administrator: true, proven_by_passphrase: true, ..Facts::default() },
        ),
        ("administrator by PIN", Facts { administrator: true, ..Facts::default() }),
        ("View on the session only", technician(V, &[], &[])),
        ("View on both", technician(V, V, V)),
        ("View on both, host outside allowed hosts", outside(technician(V, V, V))),
        (
            "View on both, trust on first use",
            Facts { trust_on_first_use: true, ..technician(V, V, V) },
        ),
        ("View on both, Ask me turned off", Facts { ask_me: false, ..technician(V, V, V) }),
        (
            "View on the session, where people type",
            Facts { typed_only: true, ..technician(V, &[], &[]) },
        ),
        (
            "View on the session, where people type, trust on first use",
            Facts { typed_only: true, trust_on_first_use: true, ..technician(V, &[], &[]) },
        ),
        (
            "Edit on the session, where people type",
            Facts { typed_only: true, ..technician(E, &[], &[]) },
        ),
        ("View and View password", technician(V, VP, V)),
        (
            "View and View password, not confirmed",
            Facts { confirmed: false, ..technician(V, VP, V) },
        ),
        ("Edit on the session, View on the credential", technician(E, V, V)),
        ("Edit on the session, host outside allowed hosts", outside(technician(E, V, V))),
        ("Edit on session and credential, host outside", outside(technician(E, E, E))),
        ("Edit on everything, no Source", technician(E, E, E)),
        ("Edit on everything, Source", Facts { source: true, ..technician(E, E, E) }),
        ("Source, no Edit", Facts { source: true, ..technician(V, V, V) }),
        ("everything, other client folder", Facts { same_client_folder: false, ..everything() }),
        ("everything, somebody would gain", Facts { nobody_gains: false, ..everything() }),
        (
            "everything, needs a second person",
            Facts { approval: asks(Approval::Approval, Approval::Approval), ..everything() },
        ),
        ("everything, no ticket", Facts { ticket_given: false, ..everything() }),
        ("everything", everything()),
    ]
}

#[test]
fn the_rights_table() {
    let mut table = String::new();
    for (person, facts) in people() {
        writeln!(table, "{person}").expect("a string takes text");
        for action in Action::ALL {
            let verdict = match decide(action, &facts) {
                Ok(()) => "yes".to_owned(),
                Err(denied) => format!("-   {:?}", denied.lacking),
            };
            let row = format!("  {:24} {verdict}", format!("{action:?}"));
            writeln!(table, "{}", row.trim_end()).expect("a string takes text");
        }
    }
    expect_file!["rights_table.txt"].assert_eq(&table);
}

#[test]
fn edit_without_source_cannot_repoint_or_create_a_credential() {
    let facts = technician(E, E, E);
    assert!(decide(Action::Repoint, &facts).is_err());
    assert!(decide(Action::CreateCredential, &facts).is_err());
    assert!(decide(Action::RenameCredential, &facts).is_ok());
}

#[test]
fn edit_on_a_session_cannot_send_a_credential_outside_its_allowed_hosts() {
    let facts = Facts { host_allowed: false, ..technician(E, V, V) };
    assert!(decide(Action::Link, &facts).is_err());
    assert!(decide(Action::TrustNewCertificate, &facts).is_err());
    assert!(decide(Action::Link, &Facts { host_allowed: true, ..facts }).is_ok());
}

#[test]
fn a_second_persons_approval_is_never_treated_as_auto() {
    let approval = ApprovalPolicy { launch: Approval::Approval, reveal: Approval::Approval };
    let facts = Facts { approval, ..everything() };
    assert!(decide(Action::Launch, &facts).is_err());
    assert!(decide(Action::ShowPassword, &facts).is_err());
}

fn right_set() -> impl Strategy<Value = RightSet> {
    proptest::sample::subsequence(Right::ALL.to_vec(), 0..=3)
        .prop_map(|rights| RightSet::of(&rights))
}

prop_compose! {
    fn any_facts()(
        sets in proptest::array::uniform5(right_set()),
        flags in proptest::array::uniform12(any::<bool>()),
        launch in 0..3_u8,
        reveal in 0..3_u8,
    ) -> Facts {
        let [session, credential, folder, destination, moved] = sets;
        let [source, named, host_allowed, same_client_folder, nobody_gains, administrator, passphrase, trust, confirmed, ticket, ask_me, typed_only] = flags;
        let approval = |n| match n { 0 => Approval::Auto, 1 => Approval::Verify, _ => Approval::Approval };
        Facts {
            session, credential, folder, destination, moved,
            source, named, host_allowed, same_client_folder, nobody_gains, administrator,
            proven_by_passphrase: passphrase, trust_on_first_use: trust, ask_me, typed_only, confirmed,
            ticket_given: ticket,
            approval: ApprovalPolicy { launch: approval(launch), reveal: approval(reveal) },
        }
    }
}

/// What administrators do without any right on anything.
const ADMINISTERING: [Action; 12] = [
    Action::TestPasswordAccess,
    Action::OpenAccountPage,
    Action::ManagePeople,
    Action::ManageGroups,
    Action::Grant,
    Action::GrantSource,
    Action::SetPolicy,
    Action::LockForTechnicians,
    Action::SetSettings,
    Action::ReadAudit,
    Action::Export,
    Action::Administer,
];

fn without(set: &RightSet, right: Right) -> RightSet {
    RightSet::of(&set.iter().filter(|r| *r != right).collect::<Vec<_>>())
}

/// The same facts with one right or circumstance less.
fn lesser(facts: &Facts) -> Vec<Facts> {
    let mut all = vec![
        Facts { source: false, ..facts.clone() },
        Facts { named: false, ..facts.clone() },
        Facts { host_allowed: false, ..facts.clone() },
        Facts { same_client_folder: false, ..facts.clone() },
        Facts { nobody_gains: false, ..facts.clone() },
        Facts { administrator: false, ..facts.clone() },
        Facts { trust_on_first_use: false, ..facts.clone() },
        Facts { ask_me: false, ..facts.clone() },
        Facts { confirmed: false, ..facts.clone() },
        Facts { proven_by_passphrase: false, ..facts.clone() },
        Facts { ticket_given: false, ..facts.clone() },
    ];
    for right in Right::ALL {
        all.push(Facts { session: without(&facts.session, right), ..facts.clone() });
        all.push(Facts { credential: without(&facts.credential, right), ..facts.clone() });
        all.push(Facts { folder: without(&facts.folder, right), ..facts.clone() });
        all.push(Facts { destination: without(&facts.destination, right), ..facts.clone() });
        all.push(Facts { moved: without(&facts.moved, right), ..facts.clone() });
    }
    all
}

proptest! {
    #[test]
    fn removing_a_right_never_allows_more(facts in any_facts()) {
        for action in Action::ALL {
            if decide(action, &facts).is_err() {
                for less in lesser(&facts) {
                    prop_assert!(decide(action, &less).is_err(), "{action:?} with {less:?}");
                }
            }
        }
    }

    #[test]
    fn without_any_right_nothing_but_administration_is_allowed(facts in any_facts()) {
        let none = RightSet::default();
        let facts = Facts {
            session: none.clone(), credential: none.clone(), folder: none.clone(),
            destination: none.clone(), moved: none, source: false, named: false, ..facts
        };
        for action in Action::ALL {
            let allowed = decide(action, &facts).is_ok();
            let sure = facts.proven_by_passphrase || action == Action::OpenAccountPage;
            let may = ADMINISTERING.contains(&action) && facts.administrator && sure;
            prop_assert_eq!(allowed, may, "{:?}", action);
        }
    }
}
