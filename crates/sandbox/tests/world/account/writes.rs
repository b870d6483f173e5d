use serde_json::{Value, json};
use usher_sandbox::account::{Kind, NewPassword, PasswordRow, RunningAccount};

use super::http::{Request, account, ask, write};

fn body(kind: &str, attributes: &Value) -> Value {
    json!({ "data": { "type": kind, "attributes": attributes } })
}

fn post(account: &RunningAccount, attributes: &Value) -> (u16, Value) {
    write(account, ("POST", "/passwords"), &body("passwords", attributes))
}

fn patch(account: &RunningAccount, id: u64, attributes: &Value) -> (u16, Value) {
    write(account, ("PATCH", &format!("/passwords/{id}")), &body("passwords", attributes))
}

fn client(account: &RunningAccount) -> u64 {
    account.edit(|data| data.organizations().next().unwrap().id)
}

/// A password of the first organization, changed only by the test.
fn planted(account: &RunningAccount) -> u64 {
    let organization_id = client(account);
    let new = NewPassword { organization_id, name: "Planted", username: "u", value: "made up" };
    account.edit(|data| data.add_password(new).unwrap())
}

fn row(account: &RunningAccount, id: u64) -> PasswordRow {
    account.edit(|data| data.password(id).unwrap().clone())
}

/// Status, title, detail and pointer of an error.
fn error((status, body): (u16, Value)) -> (u16, String, Option<String>, Option<String>) {
    let error = body["errors"][0].clone();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    assert_eq!(error["status"], status);
    (
        status,
        text(&error["title"]).unwrap(),
        text(&error["detail"]),
        text(&error["source"]["pointer"]),
    )
}

#[test]
fn a_password_is_made_flat_or_nested_in_either_spelling() {
    let account = account();
    let client = client(&account);
    let kebab = json!({
        "organization-id": client, "name": "New", "username": "svc", "password": "made up",
        "url": "https://p.example", "notes": "by API", "password-category-id": 310_002,
        "password-folder-id": null, "otp-secret": null,
    });
    let (status, body_) = post(&account, &kebab);
    assert_eq!(status, 201);
    let id: u64 = body_["data"]["id"].as_str().unwrap().parse().unwrap();
    let made = row(&account, id);
    assert_eq!(
        (made.name.as_str(), made.value.as_str(), made.organization_id),
        ("New", "made up", client)
    );
    assert_eq!(made.category, Some((310_002, "Cloud".to_owned())));
    assert!(!made.otp_enabled);
    let nested = format!("/organizations/{client}/relationships/passwords");
    let snake = json!({ "name": "New", "password": "made up", "otp_secret": "JBSW" });
    let (status, made) = write(&account, ("POST", &nested), &body("passwords", &snake));
    assert_eq!((status, &made["data"]["attributes"]["otp-enabled"]), (201, &true.into()));
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn the_answer_hides_the_value_unless_asked() {
    let account = account();
    let id = planted(&account);
    let path = |wish: &str| format!("/passwords/{id}{wish}");
    let shown = |wish: &str| {
        let change = body("passwords", &json!({ "notes": "x" }));
        let (status, body) = write(&account, ("PATCH", &path(wish)), &change);
        assert_eq!(status, 200);
        body["data"]["attributes"].get("password").cloned()
    };
    assert_eq!(shown(""), None);
    assert_eq!(shown("?show_password=false"), None);
    assert_eq!(shown("?show_password=true"), Some("made up".into()));
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn a_change_leaves_what_it_does_not_name_alone() {
    let account = account();
    let id = planted(&account);
    let before = row(&account, id);
    assert_eq!(patch(&account, id, &json!({ "username": "other" })).0, 200);
    let after = row(&account, id);
    assert_eq!(after.username.as_deref(), Some("other"));
    assert_eq!((after.name, after.value), (before.name, before.value));
    assert_eq!(after.password_updated_at, before.password_updated_at);
    assert_eq!(after.updated_at.as_second() - before.updated_at.as_second(), 1);
    assert_eq!(patch(&account, id, &json!({ "password": "rotated", "username": null })).0, 200);
    let rotated = row(&account, id);
    assert_eq!((rotated.value.as_str(), rotated.username), ("rotated", None));
    assert_eq!(rotated.password_updated_at, rotated.updated_at);
    let listed = ask(&account, "/passwords?sort=-updated_at&page[size]=1");
    assert_eq!(listed["data"][0]["id"], id.to_string());
}

#[test]
fn a_password_is_changed_under_its_own_organization_alone() {
    let account = account();
    let (id, own) = (planted(&account), client(&account));
    let at = |organization: u64| {
        let path = format!("/organizations/{organization}/relationships/passwords/{id}");
        write(&account, ("PATCH", &path), &body("passwords", &json!({ "name": "Renamed" }))).0
    };
    assert_eq!(at(own + 1), 404);
    assert_eq!(row(&account, id).name, "Planted");
    assert_eq!(at(own), 200);
    assert_eq!(row(&account, id).name, "Renamed");
}

#[test]
fn an_embedded_password_reads_back_differently() {
    let account = account();
    let id = planted(&account);
    let (device, name) = account.edit(|data| {
        let device = data.records(Kind::Configurations).next().unwrap();
        (device.id, device.name().to_owned())
    });
    let embed = |kind: &str, id_: u64| {
        patch(&account, id, &json!({ "resource-id": id_, "resource-type": kind }))
    };
    let (status, shown) = embed("Configuration", device);
    let attributes = &shown["data"]["attributes"];
    assert_eq!((status, &attributes["resource-type"]), (200, &"configurations".into()));
    assert_eq!(attributes["cached-resource-name"], name);
    let (status, _, detail, pointer) = error(embed("Configuration", 1));
    assert_eq!((status, detail.as_deref()), (422, Some("must exist")));
    assert_eq!(pointer.as_deref(), Some("/data/attributes/resource"));
    assert_eq!(error(embed("configurations", device)).0, 422);
}

#[test]
fn what_is_wrong_with_a_password_is_said_as_the_api_says_it() {
    let account = account();
    let client = client(&account);
    let before = ask(&account, "/passwords")["meta"]["total-count"].clone();
    let post = |attributes: Value| error(post(&account, &attributes));
    let (status, title, detail, pointer) = post(json!({ "name": "n", "password": "p" }));
    assert_eq!((status, title.as_str(), detail), (422, "Valid organization_id is required", None));
    assert_eq!(pointer.as_deref(), Some("data/attributes/organization_id"));
    assert_eq!(post(json!({ "organization_id": 1, "name": "n", "password": "p" })).1, title);
    let blank = post(json!({ "organization_id": client, "name": "n", "password": "" }));
    assert_eq!(blank.3.as_deref(), Some("/data/attributes/password"));
    let category = json!({ "organization_id": client, "name": "n", "password": "p",
        "password_category_id": 5 });
    let (status, title, detail, pointer) = post(category);
    assert_eq!((status, title.as_str()), (422, "Unprocessable Entity"));
    assert_eq!(detail.as_deref(), Some("must exist"));
    assert_eq!(pointer.as_deref(), Some("/data/attributes/password-category"));
    assert_eq!(ask(&account, "/passwords")["meta"]["total-count"], before);
}

#[test]
fn a_body_must_be_json_and_say_so() {
    let account = account();
    let send = |kind: &str, body: &str| {
        let request = Request::new(&account, "POST", "/passwords").key(&account.api_key());
        let reply = request.header("content-type", kind).body(body).send().unwrap();
        error((reply.status, reply.json()))
    };
    let (status, title, ..) = send("application/vnd.api+json", "{");
    assert_eq!((status, title.as_str()), (400, "Invalid JSON format"));
    assert_eq!(send("application/vnd.api+json", "{}").0, 400);
    assert_eq!(send("text/plain", "{}").0, 415);
    assert_eq!(send("application/json", "{}").0, 415);
}

#[test]
fn a_key_without_password_access_may_not_write_unless_told_to() {
    let account = account();
    let client = client(&account);
    let key = account.api_key_without_password_access();
    let attributes = json!({ "organization-id": client, "name": "n", "password": "made up" });
    let send = || {
        let path = "/passwords?show_password=true";
        let request = Request::new(&account, "POST", path).key(&key);
        let request = request.header("content-type", "application/vnd.api+json");
        request.body(&body("passwords", &attributes).to_string()).send().unwrap()
    };
    assert_eq!(send().status, 401);
    account.switch(|switches| switches.writes_without_password_access = true);
    let made = send();
    assert_eq!(made.status, 201);
    assert_eq!(made.json()["data"]["attributes"].get("password"), None);
}

#[test]
fn a_document_is_made_renamed_and_published() {
    let account = account();
    let client = client(&account);
    let made = json!({ "organization-id": client, "name": "Runbook", "document-folder-id": null });
    let (status, document) = write(&account, ("POST", "/documents"), &body("documents", &made));
    assert_eq!(status, 201);
    let path = format!("/documents/{}", document["data"]["id"].as_str().unwrap());
    let renamed = body("documents", &json!({ "name": "Plan" }));
    let (status, changed) = write(&account, ("PATCH", &path), &renamed);
    assert_eq!((status, &changed["data"]["attributes"]["name"]), (200, &"Plan".into()));
    assert!(changed["data"]["attributes"]["published-at"].is_null());
    let publish = Request::new(&account, "PATCH", &format!("{path}/publish"));
    let published = publish.key(&account.api_key()).send().unwrap();
    assert_eq!(published.status, 200);
    let attributes = published.json()["data"]["attributes"].clone();
    assert_eq!(attributes["published-at"], attributes["updated-at"]);
    let nested = format!("/organizations/{client}/relationships/documents");
    assert_eq!(write(&account, ("POST", &nested), &renamed).0, 201);
    assert_eq!(error(write(&account, ("POST", "/documents"), &renamed)).0, 422);
    let folder = body("documents", &json!({ "name": "n", "document-folder-id": 5 }));
    let (.., pointer) = error(write(&account, ("POST", &nested), &folder));
    assert_eq!(pointer.as_deref(), Some("/data/attributes/document-folder"));
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn a_section_changes_what_its_document_says() {
    let account = account();
    let document = account.edit(|data| data.records(Kind::Documents).next().unwrap().id);
    let path = format!("/documents/{document}/relationships/sections");
    let send = |method, path: &str, attributes: Value| {
        write(&account, (method, path), &body("document-sections", &attributes))
    };
    let (status, title, ..) = error(send("POST", &path, json!({ "content": "<p>x</p>" })));
    let missing = "param is missing or the value is empty: resource_type";
    assert_eq!((status, title.as_str()), (400, missing));
    let step = json!({ "resource_type": "Document::Step", "content": "<p>Step 1</p>" });
    let (status, made) = send("POST", &path, step);
    assert_eq!((status, &made["data"]["attributes"]["sort"]), (201, &3.into()));
    let content = || {
        let shown = ask(&account, &format!("/documents/{document}"));
        shown["data"]["attributes"]["content"].as_str().unwrap().to_owned()
    };
    assert!(content().ends_with("<p>Step 1</p>"));
    let section = format!("{path}/{}", made["data"]["id"].as_str().unwrap());
    assert_eq!(send("PATCH", &section, json!({ "content": "<p>Step 2</p>" })).0, 200);
    assert!(content().ends_with("<p>Step 2</p>"));
    let odd = error(send("POST", &path, json!({ "resource-type": "Document::Poem" })));
    assert_eq!(odd.0, 422);
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn what_the_api_is_not_known_to_take_is_unexpected() {
    let account = account();
    let id = planted(&account);
    let path = format!("/passwords/{id}");
    assert_eq!(write(&account, ("DELETE", &path), &json!({})).0, 404);
    let nothing = body("organizations", &json!({ "name": "n" }));
    assert_eq!(write(&account, ("POST", "/organizations"), &nothing).0, 404);
    assert_eq!(account.unexpected_requests().len(), 2);
    assert_eq!(row(&account, id).name, "Planted");
}
