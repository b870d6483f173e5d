//! `CredSSP` with the client: only the one-time credential passes.

use std::io;

use sspi::credssp::{
    CredSspServer, CredentialsProxy, NStatusCode, ServerError, ServerMode, ServerState, TsRequest,
};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, ErrorKind, Username};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::framed::{Broken, Framed, step};
use crate::one_time::Gate;
use crate::quiet::quietly;

/// The name our acceptor gives itself in the NTLM challenge.
const ACCEPTOR: &str = "USHER";

/// Lets a client in, or tells it `STATUS_LOGON_FAILURE`.
///
/// NTLM without SPNEGO around it: that is what `FreeRDP` and mstsc send to an IP address.
///
/// # Errors
/// [`Broken`] for a client that failed in any way; it has been told, if it listens.
pub(crate) async fn admit<S: AsyncRead + AsyncWrite + Unpin>(
    framed: &mut Framed<S>,
    gate: &Gate,
    public_key: Vec<u8>,
) -> Result<(), Broken> {
    let mode = ServerMode::Ntlm(NtlmConfig::new(ACCEPTOR.to_owned()));
    let mut server =
        CredSspServer::new(public_key, OnlyThis(gate), mode).map_err(|_| Broken::Nonsense)?;
    let mut begun = false;
    loop {
        let request = step(framed.ts_request()).await?;
        match gate.judges(|| judged(&mut server, request, (gate, begun))) {
            Judged::GoesOn(reply) => step(framed.send_ts(&reply)).await?,
            Judged::Passes => return Ok(()),
            Judged::Fails(reply) => {
                if let Some(reply) = reply.and_then(|refused| told(*refused)) {
                    step(framed.send_ts(&reply)).await?;
                }
                return Err(Broken::Nonsense);
            }
        }
        begun = true;
    }
}

/// What is made of one message.
enum Judged {
    GoesOn(TsRequest),
    Passes,
    Fails(Option<Box<ServerError>>),
}

fn judged(
    server: &mut CredSspServer<OnlyThis<'_>>,
    request: TsRequest,
    (gate, begun): (&Gate, bool),
) -> Judged {
    match turn(server, request) {
        Ok(ServerState::ReplyNeeded(reply)) => Judged::GoesOn(reply),
        Ok(ServerState::Finished(_)) if gate.pass() => Judged::Passes,
        Ok(ServerState::Finished(_)) => Judged::Fails(None),
        Err(refused) => {
            // What the first message says is no try yet: it proves nothing.
            if begun {
                gate.wrong();
            }
            Judged::Fails(Some(Box::new(refused)))
        }
    }
}

fn turn(
    server: &mut CredSspServer<OnlyThis<'_>>,
    request: TsRequest,
) -> Result<ServerState, ServerError> {
    match quietly(|| server.process(request).start()) {
        GeneratorState::Completed(result) => result,
        // Only Kerberos asks for the network, and this acceptor speaks NTLM alone.
        GeneratorState::Suspended(_) => Err(ServerError {
            ts_request: None,
            error: sspi::Error::new(ErrorKind::UnsupportedFunction, "network asked for"),
        }),
    }
}

/// What a refused client reads: for a wrong credential the status that makes it say so.
fn told(refused: ServerError) -> Option<TsRequest> {
    let mut request = *refused.ts_request?;
    if refused.error.error_type == ErrorKind::LogonDenied {
        request.error_code = Some(NStatusCode::LOGON_FAILURE);
    }
    Some(request)
}

/// The one account there is.
struct OnlyThis<'a>(&'a Gate);

impl CredentialsProxy for OnlyThis<'_> {
    type AuthenticationData = AuthIdentity;

    fn auth_data_by_user(&mut self, user: &Username) -> io::Result<AuthIdentity> {
        let only = self.0.identity();
        if self.0.is_dead() || user.account_name() != only.username.account_name() {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        // NTLM computes with the name as the client sent it, domain included.
        Ok(AuthIdentity { username: user.clone(), password: only.password.clone() })
    }

    fn auth_data(&mut self) -> io::Result<Vec<AuthIdentity>> {
        Ok(vec![self.0.identity().clone()])
    }
}

#[cfg(test)]
mod tests;
