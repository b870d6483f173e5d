//! The host's side: reach it, see its certificate, sign in with the real credential.

mod certificate;
mod connect;
mod credssp;
mod negotiate;
mod tls;
mod verifier;

pub(crate) use connect::{connect, keep_alive};
pub(crate) use credssp::sign_in;
pub(crate) use negotiate::{Answer, Refused, negotiate};
pub(crate) use tls::Tls;
