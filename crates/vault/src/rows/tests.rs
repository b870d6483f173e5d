use serde_json::Value;
use usher_core::book::Book;
use usher_core::error::StoreError;

use super::specimen;
use super::*;

fn stored(write: &Write) -> Stored {
    let put = write.put.as_ref().expect("a row that is put");
    Stored { key: write.key, version: put.version.unwrap_or(1), blob: put.blob.clone() }
}

#[test]
fn every_kind_of_row_comes_back_as_it_was() {
    let mut book = Book::default();
    let mut read = Book::default();
    let mut seen = std::collections::BTreeSet::new();
    for change in specimen::everything() {
        book.apply(change.clone()).expect("applies");
        let write = write_of(&change, &book).expect("encodes").expect("a row");
        read_into(&mut read, write.table, &stored(&write)).expect("reads");
        seen.insert(write.table);
    }
    book.settings.technicians_trust_on_first_use = true;
    let settings = write_of_settings(&book).expect("encodes");
    read_into(&mut read, settings.table, &stored(&settings)).expect("reads");
    assert_eq!(seen.len() + 1, Table::ALL.len(), "the specimen has a row for every table");
    assert_eq!(read, book);
}

#[test]
fn a_field_that_breaks_a_rule_of_core_makes_its_table_corrupt() {
    for (table, pointer, bad) in [
        (Table::Connection, "/name", Value::from("a\nb")),
        (Table::Connection, "/region", Value::from("mars")),
        (Table::Connection, "/keep_alive", Value::from("somebody")),
        (Table::PersonKey, "/person", Value::from("")),
        (Table::PersonKey, "/password_access", Value::Null),
        (Table::Folder, "/parent", Value::from("not an id")),
        (Table::Credential, "/allowed_hosts/0", Value::from("-x")),
        (Table::Credential, "/launch", Value::Null),
        (Table::Session, "/kind/rdp/host", Value::from("/v:evil")),
        (Table::Session, "/kind/rdp/port", Value::from(0)),
        (Table::Person, "/administrator", Value::from("yes")),
        (Table::Group, "/members/0", Value::from("")),
        (Table::Grant, "/rights/0", Value::from("everything")),
        (Table::Source, "/organization", Value::Null),
        (Table::Certificate, "/host", Value::from("another.example")),
    ] {
        let mut row = row_of(table);
        let mut json: Value = decode(&row.blob, table).expect("reads");
        *json.pointer_mut(pointer).expect("the specimen has that field") = bad;
        row.blob = encode(&json).expect("encodes");
        let outcome = read_into(&mut Book::default(), table, &row);
        assert_eq!(outcome, Err(StoreError::Corrupt { part: table.name() }), "{pointer}");
    }
}

#[test]
fn a_field_of_the_future_is_not_dropped_in_silence() {
    let mut row = row_of(Table::Person);
    let mut json: Value = decode(&row.blob, Table::Person).expect("reads");
    json["key"] = Value::from("new");
    row.blob = encode(&json).expect("encodes");
    let outcome = read_into(&mut Book::default(), Table::Person, &row);
    assert_eq!(outcome, Err(StoreError::Corrupt { part: "person" }));
}

fn row_of(table: Table) -> Stored {
    let write = |c| write_of(&c, &Book::default()).expect("encodes").expect("a row that is put");
    let mut of_table =
        specimen::everything().into_iter().map(write).filter(|write| write.table == table);
    stored(&of_table.next().expect("the specimen has one"))
}
