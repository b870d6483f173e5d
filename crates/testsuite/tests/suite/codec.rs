//! Every message survives encoding and decoding, and nothing else is understood.

mod door;
mod log;
mod people;
mod replies;
mod requests;
mod rights;
mod rows;
mod words;

pub(crate) use requests::requests;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use usher_broker::protocol::Request;

/// One sample for each variant. A variant that is not named here does not compile; a sample that
/// is not of the variant it stands beside fails.
macro_rules! samples {
    ($name:ident: $of:ty { $($variant:pat => $sample:expr),+ $(,)? }) => {
        pub(crate) fn $name() -> Vec<$of> {
            fn named(value: &$of) {
                match value {
                    $($variant => {})+
                }
            }
            let samples = vec![$({
                let sample: $of = $sample;
                assert!(matches!(&sample, $variant), "a sample of {}", stringify!($variant));
                sample
            }),+];
            samples.iter().for_each(named);
            samples
        }
    };
}
pub(crate) use samples;

/// What was written, read and written again is the same text; and every sample's text is its own.
fn round_trips<T: Serialize + DeserializeOwned>(samples: Vec<T>) -> Vec<T> {
    let mut texts = std::collections::BTreeSet::new();
    let mut decoded = Vec::new();
    for sample in samples {
        let text = serde_json::to_string(&sample).expect("encodes");
        let back: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(serde_json::to_string(&back).expect("encodes"), text);
        assert!(texts.insert(text.clone()), "two samples are written alike: {text}");
        decoded.push(back);
    }
    decoded
}

/// The same for what can be compared: what was read is what was written.
fn equal_after<T>(samples: fn() -> Vec<T>)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(round_trips(samples()), samples());
}

#[test]
fn every_request_round_trips() {
    round_trips(requests());
    round_trips(requests::targets());
    round_trips(requests::pages());
    round_trips(requests::unlocks());
    round_trips(requests::reaches());
    equal_after(rights::objects);
    equal_after(rights::subjects);
    equal_after(rights::scopes);
    equal_after(log::formats);
}

#[test]
fn every_reply_round_trips() {
    round_trips(replies::replies());
    round_trips(replies::launches());
    equal_after(replies::prepared);
    equal_after(replies::looks);
    equal_after(rows::user_name_faults);
    equal_after(rows::takes);
}

#[test]
fn every_word_of_door_people_and_rights_round_trips() {
    equal_after(door::states);
    equal_after(door::keyrings);
    equal_after(door::notes);
    equal_after(door::pins);
    equal_after(door::proofs);
    equal_after(door::whys);
    equal_after(door::files);
    equal_after(people::standings);
    equal_after(people::whys);
    equal_after(rights::rights);
    equal_after(rights::inheritances);
    equal_after(rights::approvals);
    equal_after(rights::policies);
}

#[test]
fn every_event_round_trips() {
    equal_after(rows::events);
    equal_after(rows::run_states);
    equal_after(rows::run_ends);
}

#[test]
fn every_failure_round_trips() {
    equal_after(words::details);
    equal_after(words::whys);
    equal_after(words::codes);
    equal_after(words::faults);
    equal_after(words::rules);
    equal_after(words::missing);
    equal_after(rows::credential_sources);
    equal_after(rows::targets);
}

#[test]
fn a_request_with_an_unknown_word_field_or_shape_is_not_understood() {
    let bad = [
        json!({"ask": "reveal_everything"}),
        json!({"ask": "delete_session"}),
        json!({"ask": "delete_session", "session": "a", "actor": "b"}),
        json!({"ask": "delete_session", "session": 7}),
        json!({"ask": "audit", "filter": {}, "before": null, "limit": -1}),
        json!({"ask": "unlock", "with": {"kind": "nothing"}, "as_found": false}),
        json!({"ask": "unlock", "with": {"kind": "pin", "person": "a"}, "as_found": false}),
        json!({"ask": "move_entry", "entry": {"kind": "folder", "folder": "a"}, "version": 1,
            "to": "b", "by_administrator": true}),
        json!({"ask": "create_session", "folder": "a", "form": {
            "name": "a", "host": "b", "port": 1, "credentials": {"from": "somewhere"}}}),
        json!({"ask": "create_session", "folder": "a", "form": {
            "name": "a", "host": "b", "port": 1, "credentials": {"from": "none"}, "vouched": true}}),
        json!({"session": "a"}),
        json!("snapshot"),
        Value::Null,
    ];
    for value in bad {
        let read: Result<Request, _> = serde_json::from_value(value.clone());
        assert!(read.is_err(), "understood: {value}");
    }
}

#[test]
fn only_the_shell_may_ask_for_what_carries_a_secret_or_starts_a_client() {
    let mut for_shell = Vec::new();
    for request in requests().iter().filter(|r| !r.is_for_pages()) {
        let value = serde_json::to_value(request).expect("encodes");
        for_shell.push(value.get("ask").and_then(Value::as_str).expect("a word").to_owned());
    }
    let expected = [
        "vault_verify",
        "reach_it_glue",
        "lock_for",
        "idle",
        "page_in_it_glue",
        "launch",
        "client_started",
        "client_missing",
        "client_exited",
        "show_password",
        "copy_password",
        "audit_export",
    ];
    assert_eq!(for_shell, expected);
}
