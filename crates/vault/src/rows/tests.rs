use serde_json::Value;
use usher_core::book::Book;

use super::specimen;
use super::*;

fn stored(write: &Write) -> Stored {
    let put = write.put.as_ref().expect("a row that is put");
    Stored { key: write.key, version: put.version.unwrap_or(1), blob: put.blob.clone() }
}

#[test]
fn every_kind_of_row_comes_back_as_it_was() {
    let mut book = Book::default();
    let (mut read, mut again) = (Book::default(), Book::default());
    let mut seen = std::collections::BTreeSet::new();
    for change in specimen::everything() {
        book.apply(change.clone()).expect("applies");
        let write = write_of(&change, &book).expect("encodes").expect("a row");
        read_into(&mut read, write.table, &stored(&write)).expect("reads");
        seen.insert(write.table);
    }
    book.settings.technicians_trust_on_first_use = true;
    for write in write_all(&book).expect("encodes") {
        read_into(&mut again, write.table, &stored(&write)).expect("reads");
        seen.insert(write.table);
    }
    let histories = Histories::of(&book).encode().expect("encodes");
    for read in [&mut read, &mut again] {
        read.settings = book.settings;
        Histories::decode(&histories).expect("reads").read_into(read);
    }
    let tables = Table::ALL.into_iter().filter(|table| table.is_book());
    assert!(tables.eq(seen), "the specimen has a row for every table");
    assert_eq!((&read, &again), (&book, &book));
    take_out_again(&mut read);
    assert_eq!(read, Book::default());
}

fn take_out_again(book: &mut Book) {
    for write in write_all(book).expect("encodes") {
        remove_from(book, write.place());
    }
}

#[test]
fn what_was_learnt_of_one_key_is_not_said_of_the_next() {
    let mut book = Book::default();
    for change in specimen::everything() {
        book.apply(change).expect("applies");
    }
    let histories = Histories::of(&book);
    let account = book.connections.get_mut(&specimen::CONNECTION).expect("there");
    account.history = account.history.replaced(usher_core::time::Moment::from_unix_millis(9));
    let replaced = book.clone();
    histories.read_into(&mut book);
    assert_eq!(book, replaced);
}

#[test]
fn a_field_that_breaks_a_rule_of_core_makes_its_table_corrupt() {
    for (table, pointer, bad) in [
        (Table::Connection, "/name", Value::from("a\nb")),
        (Table::Connection, "/region", Value::from("mars")),
        (Table::Connection, "/keep_alive", Value::from("somebody")),
        (Table::PersonKey, "/person", Value::from("")),
        (Table::PersonKey, "/serial", Value::Null),
        (Table::Folder, "/parent", Value::from("not an id")),
        (Table::Credential, "/allowed_hosts/0", Value::from("-x")),
        (Table::Credential, "/launch", Value::Null),
        (Table::Session, "/kind/rdp/host", Value::from("/v:evil")),
        (Table::Session, "/kind/rdp/port", Value::from(0)),
        (Table::Person, "/administrator", Value::from("yes")),
        (Table::Person, "/standing", Value::Null),
        (Table::Folder, "/approval/launch", Value::from("never")),
        (Table::Setting, "/idle_lock_minutes", Value::from(-1)),
        (Table::Group, "/members/0", Value::from("")),
        (Table::Grant, "/rights/0", Value::from("everything")),
        (Table::Source, "/organization", Value::Null),
        (Table::Certificate, "/host", Value::from("another.example")),
    ] {
        let mut row = row_of(table);
        let mut json: Value = decode(&row.blob).expect("reads");
        *json.pointer_mut(pointer).expect("the specimen has that field") = bad;
        row.blob = encode(&json).expect("encodes");
        let outcome = read_into(&mut Book::default(), table, &row);
        assert_eq!(outcome, Err(table.damaged(&row.key)), "{pointer}");
    }
}

#[test]
fn a_field_of_the_future_is_not_dropped_in_silence() {
    let mut row = row_of(Table::Person);
    let mut json: Value = decode(&row.blob).expect("reads");
    json["key"] = Value::from("new");
    row.blob = encode(&json).expect("encodes");
    let outcome = read_into(&mut Book::default(), Table::Person, &row);
    assert_eq!(outcome, Err(Table::Person.damaged(&row.key)));
}

fn row_of(table: Table) -> Stored {
    if table == Table::Setting {
        let settings = write_all(&Book::default()).expect("encodes").remove(0);
        return stored(&settings);
    }
    let write = |c| write_of(&c, &Book::default()).expect("encodes").expect("a row that is put");
    let mut of_table =
        specimen::everything().into_iter().map(write).filter(|write| write.table == table);
    stored(&of_table.next().expect("the specimen has one"))
}
