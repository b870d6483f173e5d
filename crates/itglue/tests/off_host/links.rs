//! An account whose links lead elsewhere.

use serde_json::Value;

use crate::party::{Party, answer, canary_key, plain_client};

/// Two pages of one organization each; every link leads to this address.
async fn account_with_links(to: String) -> Party {
    Party::new(move |line| {
        let (id, meta) = if line.contains("page%5Bnumber%5D=2") {
            (2, r#"{"current-page":2,"next-page":null,"total-pages":2,"total-count":2}"#)
        } else {
            (1, r#"{"current-page":1,"next-page":2,"total-pages":2,"total-count":2}"#)
        };
        let row = format!(r#"{{"id":"{id}","type":"organizations","attributes":{{"name":"n"}}}}"#);
        let links = format!(r#"{{"self":"{to}/1","next":"{to}/2","last":"{to}/2"}}"#);
        let body = format!(r#"{{"data":[{row}],"meta":{meta},"links":{links}}}"#);
        answer("200 OK", "content-type: application/vnd.api+json", &body)
    })
    .await
}

/// How many clients page: as the answer says.
async fn follow_links(url: String, key: &str) {
    let (plain, mut next) = (plain_client(), Some(url));
    while let Some(url) = next {
        let answer = plain.get(url).header("x-api-key", key).send().await.unwrap();
        let page: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
}

#[tokio::test]
async fn a_link_takes_the_key_of_a_client_that_follows_it_and_not_ours() {
    let elsewhere = Party::new(|_| answer("200 OK", "x-nothing: here", r#"{"data":[]}"#)).await;
    let account = account_with_links(elsewhere.url_off_host()).await;

    let (ours, plain) = (canary_key(), canary_key());
    let rows = account.our_client(&ours).organizations().all().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id.get()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(account.told().concat().matches(&ours).count(), 2, "both pages came from here");
    assert!(elsewhere.told().is_empty());

    follow_links(format!("{}/organizations", account.url()), &plain).await;
    let told = elsewhere.told().concat();
    assert!(told.contains(&plain), "void: the control did not leak");
    assert!(!told.contains(&ours));
}
