#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them when it updates")]

use expect_test::{Expect, expect};
use usher_core::entry::{PasswordRecord, RecordMarks};
use usher_core::ids::{OrganizationId, PasswordId};

use super::List;

/// Name, user name, category, resource; a dash stands for none.
const RECORDS: [[&str; 4]; 9] = [
    ["Old domain admin (archived)", "CORP\\old", "Active Directory", "-"],
    ["Domain Administrator", "CORP\\adm", "Active Directory", "DC01"],
    ["DSRM", "Administrator", "Active Directory", "DC01"],
    ["sa", "sa", "SQL Server", "SQL-PROD-02"],
    ["Zo\u{eb}'s notebook", "zoe", "Workstation", "NB-114"],
    ["Firewall", "admin", "Network", "FW-M\u{fc}nchen"],
    ["Domain Controller iLO", "root", "Hardware", "DC01"],
    ["Caf\u{e9} \u{1f511} WLAN", "-", "-", "-"],
    ["Personal admin (vaulted)", "me", "-", "-"],
];

fn record(number: usize, [name, username, category, resource]: [&str; 4]) -> PasswordRecord {
    let text = |text: &str| (text != "-").then(|| text.to_owned());
    PasswordRecord {
        id: PasswordId::new(number.to_string()),
        organization: OrganizationId::new("1"),
        name: name.to_owned(),
        username: text(username),
        category: text(category),
        resource: text(resource),
        url: None,
        changed: None,
        web_address: None,
        marks: RecordMarks {
            archived: name.ends_with("(archived)"),
            vaulted: name.ends_with("(vaulted)"),
            ..RecordMarks::default()
        },
    }
}

fn list() -> List {
    let mut list = List::new();
    let records = RECORDS.into_iter().enumerate().map(|(number, row)| record(number, row));
    list.push(records.collect());
    list
}

/// The names found, in order, with the matched characters in brackets.
#[expect(clippy::needless_pass_by_value, reason = "a table of expect![] reads better")]
fn check(query: &str, expected: Expect) {
    let list = list();
    let line = |hit: &super::Hit| {
        let name = &list.get(hit.index).expect("an index of the list").name;
        let marked = |(place, c): (u32, char)| {
            if hit.positions.contains(&place) { format!("[{c}]") } else { c.to_string() }
        };
        let name: String = (0..).zip(name.chars()).map(marked).collect();
        format!("{}\n", name.replace("][", ""))
    };
    let lines: String = list.search(query).hits.iter().map(line).collect();
    expected.assert_eq(&lines);
}

#[test]
fn nothing_typed_finds_everything_in_order_and_the_unusable_last() {
    let everything = expect![[r#"
        Domain Administrator
        DSRM
        sa
        Zoë's notebook
        Firewall
        Domain Controller iLO
        Café 🔑 WLAN
        Old domain admin (archived)
        Personal admin (vaulted)
    "#]];
    check("", everything);
    assert_eq!(list().search(" \t ").hits.len(), RECORDS.len());
}

#[test]
fn words_are_found_in_any_order_and_in_any_text() {
    check(
        "dc01 admin",
        expect![[r#"
        Domain [Admin]istrator
        DSRM
    "#]],
    );
    check(
        "admin dc01",
        expect![[r#"
        Domain [Admin]istrator
        DSRM
    "#]],
    );
    check(
        "sql sa",
        expect![[r#"
        [sa]
    "#]],
    );
    check(
        "network fire",
        expect![[r#"
        [Fire]wall
    "#]],
    );
    check("admin nowhere", expect![[""]]);
}

#[test]
fn letters_may_be_left_out_and_the_closest_comes_first() {
    check(
        "doadm",
        expect![[r#"
        [Do]main [Adm]inistrator
        Old [do]main [adm]in (archived)
    "#]],
    );
    check(
        "dc",
        expect![[r#"
        [D]omain [C]ontroller iLO
        Domain Administrator
        DSRM
        Old [d]omain admin (ar[c]hived)
    "#]],
    );
}

#[test]
fn case_and_accents_count_only_when_typed() {
    check(
        "zoe",
        expect![[r#"
        [Zoë]'s notebook
    "#]],
    );
    check(
        "zo\u{eb}",
        expect![[r#"
        [Zoë]'s notebook
    "#]],
    );
    check(
        "cafe wlan",
        expect![[r#"
        [Café] 🔑 [WLAN]
    "#]],
    );
    check(
        "munchen",
        expect![[r#"
        Firewall
    "#]],
    );
    check("SA", expect![[""]]);
}

#[test]
fn signs_stand_for_themselves() {
    check(
        "corp\\adm",
        expect![[r#"
        Domain Administrator
    "#]],
    );
    check("^dom", expect![[""]]);
    check("!sa", expect![[""]]);
    check(
        "'s",
        expect![[r#"
        Zoë['s] notebook
    "#]],
    );
}

#[test]
fn equals_keep_the_order_in_which_they_came_and_indexes_stay() {
    let mut list = List::new();
    assert!(list.is_empty());
    list.push(vec![record(0, ["b", "-", "-", "-"]), record(1, ["same", "-", "-", "-"])]);
    let before = list.search("same");
    list.push(vec![record(2, ["same", "-", "-", "-"]), record(3, ["same", "-", "-", "-"])]);
    let after: Vec<usize> = list.search("same").hits.iter().map(|hit| hit.index).collect();
    assert_eq!((before.hits[0].index, after), (1, vec![1, 2, 3]));
    assert_eq!(list.len(), 4);
    assert_eq!(list.get(4), None);
}
