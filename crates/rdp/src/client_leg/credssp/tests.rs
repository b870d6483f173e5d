//! The acceptor against a client of the same library, without network: time can be turned on.

use std::time::Duration;

use sspi::credssp::{ClientMode, ClientState, CredSspClient, CredSspMode};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use tokio::io::DuplexStream;

use super::*;
use crate::one_time::OneTime;

const KEY: &[u8] = b"the key of the client leg's certificate";
const LOGON_FAILURE: Option<u32> = Some(0xC000_006D);

/// What the client reads of one sign-in, and whether it was let in.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    let_in: bool,
    told: Option<u32>,
}

const LET_IN: Seen = Seen { let_in: true, told: None };
const REFUSED: Seen = Seen { let_in: false, told: LOGON_FAILURE };

async fn sign_in(gate: &Gate, user: &str, password: &str) -> Seen {
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    let mut acceptor = Framed::new(ours);
    let (admitted, told) = tokio::join!(
        async {
            let admitted = admit(&mut acceptor, gate, KEY.to_vec()).await;
            // The client must not wait for more than there is.
            drop(acceptor);
            admitted
        },
        client(Framed::new(theirs), user, password),
    );
    Seen { let_in: admitted.is_ok(), told }
}

/// The status it was refused with.
async fn client(mut wire: Framed<DuplexStream>, user: &str, password: &str) -> Option<u32> {
    let username = Username::parse(user).unwrap();
    let identity = AuthIdentity { username, password: password.to_owned().into() };
    let mode = ClientMode::Ntlm(NtlmConfig::default());
    let (mode, spn) = ((CredSspMode::WithCredentials, mode), "TERMSRV/localhost".to_owned());
    let mut client =
        CredSspClient::new(KEY.to_vec(), identity.into(), mode.0, mode.1, spn).unwrap();
    let mut answer = TsRequest::default();
    loop {
        let GeneratorState::Completed(state) = client.process(answer).start() else {
            panic!("NTLM needs no network");
        };
        match state {
            Ok(ClientState::ReplyNeeded(reply)) => wire.send_ts(&reply).await.ok()?,
            Ok(ClientState::FinalMessage(reply)) => {
                wire.send_ts(&reply).await.ok()?;
                return None;
            }
            Err(refused) => return refused.nstatus.map(|status| status.0),
        }
        answer = wire.ts_request().await.ok()?;
    }
}

/// The code as a person reads it.
fn code(one_time: &OneTime) -> String {
    // EXPOSE: the test types the code, as a person does
    one_time.password.expose().to_owned()
}

#[tokio::test]
async fn a_code_is_good_once() {
    let one_time = OneTime::typed().unwrap();
    let code = code(&one_time);
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &code).await, LET_IN);
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &code).await, REFUSED);
}

#[tokio::test]
async fn a_code_outlives_two_wrong_tries() {
    let one_time = OneTime::typed().unwrap();
    for wrong in ["", "WRONGWRG"] {
        assert_eq!(sign_in(&one_time.gate, &one_time.user, wrong).await, REFUSED);
    }
    assert!(!one_time.gate.is_guessed_at());
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &code(&one_time)).await, LET_IN);
}

#[tokio::test]
async fn the_third_wrong_try_kills_a_code() {
    let one_time = OneTime::typed().unwrap();
    let code = code(&one_time);
    assert_eq!(sign_in(&one_time.gate, "ot-somebody", &code).await, REFUSED);
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &code.to_lowercase()).await, REFUSED);
    assert_eq!(sign_in(&one_time.gate, &one_time.user, code.get(..7).unwrap()).await, REFUSED);
    assert!(one_time.gate.is_guessed_at());
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &code).await, REFUSED);
}

#[tokio::test(start_paused = true)]
async fn a_code_is_good_for_120_seconds() {
    for (seconds, seen) in [(119, LET_IN), (120, REFUSED), (121, REFUSED)] {
        let one_time = OneTime::typed().unwrap();
        tokio::time::advance(Duration::from_secs(seconds)).await;
        let typed = sign_in(&one_time.gate, &one_time.user, &code(&one_time)).await;
        assert_eq!(typed, seen, "after {seconds} s");
    }
}

#[tokio::test]
async fn two_at_once_with_the_right_code_are_one() {
    let one_time = OneTime::typed().unwrap();
    let code = code(&one_time);
    let (first, second) = tokio::join!(
        sign_in(&one_time.gate, &one_time.user, &code),
        sign_in(&one_time.gate, &one_time.user, &code),
    );
    assert_ne!(first.let_in, second.let_in);
}

#[tokio::test(start_paused = true)]
async fn what_a_program_was_handed_is_good_again_after_a_lost_line() {
    let one_time = OneTime::handed().unwrap();
    let password = code(&one_time);
    for wrong in ["", "a", "b", "c"] {
        assert_eq!(sign_in(&one_time.gate, &one_time.user, wrong).await, REFUSED);
    }
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &password).await, LET_IN);
    tokio::time::advance(Duration::from_hours(1)).await;
    assert_eq!(sign_in(&one_time.gate, &one_time.user, &password).await, LET_IN);
    assert_eq!(sign_in(&one_time.gate, "ot-somebody", &password).await, REFUSED);
}
