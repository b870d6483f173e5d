//! Each doubtful behaviour, the way it is by default and the other way.

use usher_sandbox::account::{
    LargePages, NoPasswordAccess, NullFolder, UnknownSort, VaultedValue, Written,
};

use super::http::{account, ask, count, get, rows};

#[test]
fn a_key_without_password_access_gets_401_or_no_value() {
    let account = account();
    let key = account.api_key_without_password_access();
    let id = account.edit(|data| data.passwords().next().unwrap().id);
    let path = format!("/passwords/{id}?show_password=true");
    assert_eq!(get(&account, &key, &path).0, 401);
    account.switch(|switches| switches.no_password_access = NoPasswordAccess::Absent);
    let (status, body) = get(&account, &key, &path);
    assert_eq!((status, body["data"]["attributes"].get("password")), (200, None));
}

#[test]
fn a_vaulted_value_is_null_or_ciphertext_or_absent() {
    let account = account();
    let (id, value) = account.edit(|data| {
        let row = data.passwords().find(|row| row.vault_id.is_some()).unwrap();
        (row.id, row.value.clone())
    });
    let shown = || {
        let shown = ask(&account, &format!("/passwords/{id}?show_password=true"));
        shown["data"]["attributes"].get("password").cloned()
    };
    assert_eq!(shown(), Some(serde_json::Value::Null));
    account.switch(|switches| switches.vaulted_value = VaultedValue::Ciphertext);
    let text = shown().unwrap().as_str().unwrap().to_owned();
    assert!(text.len() > value.len() && !text.contains(&value));
    account.switch(|switches| switches.vaulted_value = VaultedValue::Absent);
    assert_eq!(shown(), None);
}

#[test]
fn a_large_page_is_clamped_or_refused() {
    let account = account();
    assert_eq!(rows(&account, "/passwords?page[size]=1001").len(), 1_000);
    account.switch(|switches| switches.large_pages = LargePages::Refused);
    assert_eq!(get(&account, &account.api_key(), "/passwords?page[size]=1001").0, 400);
    assert_eq!(rows(&account, "/passwords?page[size]=1000").len(), 1_000);
}

#[test]
fn an_organizations_id_in_a_row_is_a_number_or_text() {
    let account = account();
    let written = |path: &str| rows(&account, path)[0]["attributes"]["organization-id"].clone();
    assert!(written("/passwords").is_u64() && written("/contacts").is_u64());
    account.switch(|switches| switches.organization_ids = Written::Text);
    assert!(written("/passwords").is_string() && written("/contacts").is_string());
}

#[test]
fn no_folder_means_all_documents_or_those_in_folders() {
    let account = account();
    let client = account.edit(|data| data.organizations().next().unwrap().id);
    let path = format!("/organizations/{client}/relationships/documents");
    let root = count(&account, &path);
    for filter in ["filter[document_folder_id]=null", "filter[document_folder_id][ne]=null"] {
        account.switch(|switches| switches.null_folder = NullFolder::All);
        let all = count(&account, &format!("{path}?{filter}"));
        account.switch(|switches| switches.null_folder = NullFolder::OnlyInFolders);
        assert_eq!(count(&account, &format!("{path}?{filter}")), all - root, "{filter}");
    }
}

#[test]
fn an_unknown_order_is_ignored_or_refused_and_unexpected() {
    let account = account();
    assert_eq!(rows(&account, "/passwords?sort=colour")[0]["id"], "7500001");
    assert_eq!(account.unexpected_requests().len(), 1);
    account.switch(|switches| switches.unknown_sort = UnknownSort::Refused);
    assert_eq!(get(&account, &account.api_key(), "/passwords?sort=colour").0, 400);
    assert_eq!(get(&account, &account.api_key(), "/passwords?sort=-name").0, 200);
}

#[test]
fn archived_rows_are_in_a_plain_list_or_not() {
    let account = account();
    let archived = count(&account, "/passwords?filter[archived]=true");
    assert_eq!(count(&account, "/passwords"), 3_000);
    account.switch(|switches| switches.archived_in_lists = false);
    assert_eq!(count(&account, "/passwords"), 3_000 - archived);
    assert_eq!(count(&account, "/passwords?filter[archived]=true"), archived);
}
