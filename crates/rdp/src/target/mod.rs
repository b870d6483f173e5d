//! The host's side: reach it, see its certificate, sign in with the real credential.

mod certificate;
mod connect;
mod credssp;
mod host_stream;
mod native;
mod negotiate;
mod proved;
mod reach;
mod tls;
mod verifier;

pub(crate) use connect::keep_alive;
pub(crate) use credssp::sign_in;
pub(crate) use host_stream::HostStream;
pub(crate) use negotiate::Answer;
pub(crate) use proved::Trusted;
pub(crate) use reach::{Refused, reach, takes};
pub(crate) use tls::Tls;
