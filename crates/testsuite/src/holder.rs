//! A process that holds injectors and nothing else, so that what they take can be measured, and so
//! that it can be killed: told what to do by lines of JSON on its standard input.

mod client;
mod clients;
mod sessions;

use serde_json::{Value, json};
use usher_core::ports::Handoff;

pub use client::{Holder, Opened};
pub use sessions::serve;

/// The word that makes a program this process.
pub const WORD: &str = "holder";

/// A one-time credential on its way between the two sides: to who measures, in place of the client that
/// would get it.
fn told(handoff: &Handoff) -> Value {
    // EXPOSE: a one-time password, worthless outside its session
    let password = handoff.password.expose();
    json!({
        "address": handoff.address, "user": handoff.user, "password": password,
        "certificate_sha256": handoff.certificate_sha256, "title": handoff.title,
    })
}
