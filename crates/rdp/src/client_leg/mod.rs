//! The client's side: a listener of our own, where only the one-time credential passes.

mod credssp;
mod listen;
mod negotiate;
mod peer;
mod tls;

pub(crate) use credssp::admit;
pub(crate) use listen::{Listener, bind};
pub(crate) use negotiate::{NotAsked, answer, read};
pub(crate) use peer::{Peer, is_gone, whose};
pub(crate) use tls::Leaf;
