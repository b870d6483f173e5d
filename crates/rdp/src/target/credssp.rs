//! `CredSSP` to the host, with the real credential.

use ironrdp_pdu::nego::SecurityProtocol;
use sspi::credssp::{
    ClientMode, ClientState, CredSspClient, CredSspMode, EARLY_USER_AUTH_RESULT_PDU_SIZE,
    EarlyUserAuthResult, NStatusCode, TsRequest,
};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, Username};
use tokio::io::AsyncRead;
use usher_core::entry::{Host, NotAUserName};
use usher_core::error::LeaseError;
use usher_core::ports::{End, Refusal, SignIn, Unreachable, Unsupported};

use super::host_stream::HostStream;
use super::proved::Trusted;
use crate::framed::{Broken, Framed, step};
use crate::quiet::quietly;

/// Signs in; returns once the host has accepted the credential as far as it ever says.
///
/// The password is gone from this process when it returns, but for copies that sspi may have left in
/// memory it freed.
///
/// # Errors
/// [`End::HostRefused`] once the host had the chance to judge the credential, otherwise
/// [`End::HostUnreachable`].
pub(crate) async fn sign_in(
    trusted: Trusted,
    host: &Host,
    protocol: SecurityProtocol,
    credential: SignIn,
) -> Result<Framed<HostStream>, End> {
    let Trusted { mut framed, public_key } = trusted;
    let mut client = client(host, public_key, credential).map_err(|end| *end)?;
    let mut asked = Asked::Nothing;
    let mut answer = TsRequest::default();
    loop {
        let (reply, last) = next(&mut client, answer).map_err(|failed| asked.meaning(&failed))?;
        step(framed.send_ts(&reply)).await.map_err(|broken| asked.broken(broken))?;
        if last {
            break;
        }
        answer = step(framed.ts_request()).await.map_err(|broken| asked.broken(broken))?;
        // That was the host's challenge: what is sent next, it can judge.
        asked = Asked::Credential;
    }
    drop(client);
    if protocol.contains(SecurityProtocol::HYBRID_EX) {
        early_result(&mut framed).await?;
    }
    Ok(framed)
}

fn client(host: &Host, public_key: Vec<u8>, credential: SignIn) -> Result<CredSspClient, Box<End>> {
    let SignIn { user, password } = credential;
    let username = Username::new(&user.user, user.domain.as_deref())
        .map_err(|_| End::NotReleased(LeaseError::UserName(NotAUserName::Character)))?;
    // EXPOSE: CredSSP needs the characters; sspi wipes this copy when its client is dropped
    let characters = password.expose().to_owned().into();
    let identity = AuthIdentity { username, password: characters };
    quietly(|| {
        CredSspClient::new(
            public_key,
            identity.into(),
            CredSspMode::WithCredentials,
            ClientMode::Ntlm(NtlmConfig::default()),
            ["TERMSRV/", host.as_str()].concat(),
        )
    })
    .map_err(|_| Box::new(End::Fault))
}

/// One turn: our next message, and whether it is the last.
fn next(client: &mut CredSspClient, answer: TsRequest) -> Result<(TsRequest, bool), sspi::Error> {
    match quietly(|| client.process(answer).start()) {
        GeneratorState::Completed(Ok(ClientState::ReplyNeeded(reply))) => Ok((reply, false)),
        GeneratorState::Completed(Ok(ClientState::FinalMessage(reply))) => Ok((reply, true)),
        GeneratorState::Completed(Err(error)) => Err(error),
        // Only Kerberos asks for the network, and this client speaks NTLM alone.
        GeneratorState::Suspended(_) => {
            Err(sspi::Error::new(sspi::ErrorKind::UnsupportedFunction, "network asked for"))
        }
    }
}

/// How far the host has come in judging the credential.
#[derive(Clone, Copy)]
enum Asked {
    /// It has seen the NTLM greeting at most.
    Nothing,
    /// It has the answer to its challenge and may judge.
    Credential,
}

impl Asked {
    fn broken(self, broken: Broken) -> End {
        match (self, broken) {
            (Self::Credential, Broken::Off) => End::HostRefused(Refusal::Unexplained),
            (Self::Nothing, Broken::Off) => End::HostUnreachable(Unreachable::BrokenOff),
            (_, Broken::TimedOut) => End::HostUnreachable(Unreachable::TimedOut),
            (_, Broken::Nonsense) => End::HostUnreachable(Unreachable::NotRdp),
        }
    }

    /// A status is the host's verdict; without one it failed to prove that it holds the TLS key.
    fn meaning(self, error: &sspi::Error) -> End {
        match (error.nstatus, self) {
            // STATUS_NTLM_BLOCKED: only Kerberos is taken there.
            (Some(status), _) if status.0 == 0xC000_0418 => End::Unsupported(Unsupported::Kerberos),
            (Some(status), _) => End::HostRefused(refusal(status)),
            (None, Self::Credential) => End::HostUnreachable(Unreachable::TlsFailed),
            (None, Self::Nothing) => End::HostUnreachable(Unreachable::NotRdp),
        }
    }
}

/// MS-RDPBCGR 5.4.5.2.1: whether the account may sign in there, told before the desktop begins.
async fn early_result<S: AsyncRead + Unpin>(framed: &mut Framed<S>) -> Result<(), End> {
    let bytes = step(framed.exactly(EARLY_USER_AUTH_RESULT_PDU_SIZE))
        .await
        .map_err(|broken| Asked::Credential.broken(broken))?;
    match EarlyUserAuthResult::from_buffer(bytes.as_slice()) {
        Ok(EarlyUserAuthResult::Success) => Ok(()),
        Ok(EarlyUserAuthResult::AccessDenied) => Err(End::HostRefused(Refusal::NotPermitted)),
        Err(_) => Err(End::HostRefused(Refusal::Unexplained)),
    }
}

/// NTSTATUS values: MS-ERREF 2.3.1.
fn refusal(status: NStatusCode) -> Refusal {
    match status.0 {
        0xC000_006D | 0xC000_0064 | 0xC000_006A => Refusal::LogonFailure,
        0xC000_0071 | 0xC000_0224 => Refusal::PasswordExpired,
        0xC000_0072 | 0xC000_0193 | 0xC000_0234 => Refusal::AccountUnusable,
        0xC000_0022 | 0xC000_006E | 0xC000_006F | 0xC000_0070 | 0xC000_0155 | 0xC000_015B
        | 0xC000_02FA | 0xC00A_0037 => Refusal::NotPermitted,
        _ => Refusal::Unexplained,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_told_in_the_words_that_help() {
        for (status, meaning) in [
            (0xC000_006D, Refusal::LogonFailure),
            (0xC000_0071, Refusal::PasswordExpired),
            (0xC000_0224, Refusal::PasswordExpired),
            (0xC000_0234, Refusal::AccountUnusable),
            (0xC000_015B, Refusal::NotPermitted),
            (0x8009_030C, Refusal::Unexplained),
        ] {
            assert_eq!(refusal(NStatusCode(status)), meaning, "{status:#x}");
        }
    }

    #[test]
    fn a_dropped_connection_is_a_refusal_only_after_the_host_could_judge() {
        let before = Asked::Nothing.broken(Broken::Off);
        assert_eq!(before, End::HostUnreachable(Unreachable::BrokenOff));
        let after = Asked::Credential.broken(Broken::Off);
        assert_eq!(after, End::HostRefused(Refusal::Unexplained));
    }
}
