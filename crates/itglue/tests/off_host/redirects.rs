//! An account that sends its callers elsewhere.

use itglue::{Error, NewPassword, OrganizationId, PasswordChange, Verdict};
use zeroize::Zeroizing;

use crate::party::{Party, answer, canary, canary_key, plain_client};

async fn elsewhere() -> Party {
    Party::new(|_| answer("200 OK", "x-nothing: here", "{}")).await
}

async fn account_that_redirects(status: u16, elsewhere: &Party) -> Party {
    let location = format!("location: {}/taken", elsewhere.url_off_host());
    Party::new(move |_| answer(&format!("{status} Elsewhere"), &location, "")).await
}

#[tokio::test]
async fn a_redirect_takes_the_key_of_plain_reqwest_and_not_ours() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = elsewhere().await;
        let account = account_that_redirects(status, &elsewhere).await;

        let (ours, plain) = (canary_key(), canary_key());
        let verdict = account.our_client(&ours).check().await;
        assert_eq!(verdict, Verdict::Odd(Error::UnexpectedRedirect(status)));
        assert!(account.told()[0].contains(&ours), "the account itself was asked with it");
        assert!(elsewhere.told().is_empty(), "{status}");

        let url = format!("{}/organizations", account.url());
        plain_client().get(url).header("x-api-key", &plain).send().await.unwrap();
        let told = elsewhere.told().concat();
        assert!(told.contains(&plain), "void: plain reqwest did not leak at {status}");
        assert!(!told.contains(&ours), "{status}");
    }
}

#[tokio::test]
async fn a_redirected_change_takes_neither_the_key_nor_the_value() {
    for status in [307, 308] {
        let elsewhere = elsewhere().await;
        let account = account_that_redirects(status, &elsewhere).await;

        let (ours, value) = (canary_key(), canary());
        let password = Some(Zeroizing::new(value.clone()).into());
        let new = NewPassword::new("n", PasswordChange { password, ..PasswordChange::default() });
        let client = account.our_client(&ours);
        let made = client.organization(OrganizationId::new(7)).create_password(&new).await;
        assert_eq!(made.err(), Some(Error::UnexpectedRedirect(status)));
        assert!(account.told()[0].contains(&value), "the account itself was told");
        assert!(elsewhere.told().is_empty(), "{status}");

        let (plain, body) = (canary_key(), canary());
        let url = format!("{}/passwords", account.url());
        let sent = plain_client().post(url).header("x-api-key", &plain).body(body.clone());
        sent.send().await.unwrap();
        let told = elsewhere.told().concat();
        assert!(told.contains(&plain), "void: plain reqwest did not leak its key at {status}");
        assert!(told.contains(&body), "void: plain reqwest did not leak its body at {status}");
    }
}
