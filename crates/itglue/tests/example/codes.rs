//! Each way to fail has an exit code and a sentence of its own.

use usher_sandbox::account::Fault;

use crate::program::{Ran, World, run};

/// A failure leaves nothing on standard output and one sentence on standard error.
fn failed(ran: &Ran, code: i32, words: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{}", ran.err);
    assert!(ran.err.contains(words), "{}", ran.err);
}

#[test]
fn what_is_not_understood_is_2() {
    let key = [("ITGLUE_API_KEY", "ITG.unused")];
    for words in [&[][..], &["unlock"], &["passwords"], &["show", "07"], &["check", "--key", "x"]] {
        assert_eq!(run(words, &key, "").code, 2, "{words:?}");
    }
}

#[test]
fn another_machine_is_no_stand_in_account() {
    for base in ["http://10.0.0.1", "http://localhost:1", "https://127.0.0.1", "http://[::2]:1"] {
        failed(&run(&["check", "--base", base], &[("ITGLUE_API_KEY", "ITG.unused")], ""), 2, base);
    }
}

#[test]
fn help_names_every_subcommand_and_code() {
    let help = run(&["--help"], &[], "");
    assert_eq!(help.code, 0);
    for word in [
        "check",
        "organizations",
        "passwords",
        "show",
        "configurations",
        "documents",
        "flexible-assets",
        "ITGLUE_API_KEY",
        "  8  malformed",
    ] {
        assert!(help.out.contains(word), "{word}: {}", help.out);
    }
}

#[test]
fn a_key_that_is_none_or_is_refused_is_3() {
    let world = World::new();
    failed(&world.ask_with("not-a-key", &["check"]), 3, "starts with ITG.");
    failed(&world.ask_with("ITG.unknown", &["check"]), 3, "refuses the key");
    failed(&run(&["check"], &[], "\n"), 3, "empty");
}

#[test]
fn what_the_key_may_not_do_is_4() {
    let world = World::new();
    let (id, organization) = (world.password.to_string(), world.organization.to_string());
    let words = ["show", &id, "--organization", &organization];
    let key = world.account.api_key_without_password_access();
    failed(&world.ask_with(&key, &words), 4, "no password access");
    world.account.edit(|data| data.change(world.password, |row| row.vault_id = Some(7))).unwrap();
    failed(&world.ask(&words), 4, "cannot decrypt it");
}

#[test]
fn what_is_not_there_is_5() {
    let world = World::new();
    let organization = world.organization.to_string();
    failed(&world.ask(&["show", "1", "--organization", &organization]), 5, "no such record");
    failed(&world.ask(&["show", "1"]), 5, "no such record");
    failed(&world.ask(&["passwords", "--organization", "1"]), 5, "no such record");
}

#[test]
fn too_many_requests_are_6() {
    let world = World::new();
    world.account.set_fault(Fault::RateLimited { retry_after: Some(120) }).unwrap();
    failed(&world.show(), 6, "Ask again in 120 s");
    failed(&world.ask(&["check"]), 6, "Ask again in");
}

#[test]
fn no_answer_is_7() {
    let world = World::new();
    world.account.set_fault(Fault::ServerError(500)).unwrap();
    failed(&world.show(), 7, "status 500");
    world.account.set_fault(Fault::Down).unwrap();
    failed(&world.show(), 7, "cannot be reached");
}

#[test]
fn what_is_malformed_or_foreign_is_8() {
    let world = World::new();
    for (fault, words) in [
        (Fault::ForeignRow, "organization"),
        (Fault::WrongId, "instead of"),
        (Fault::Html, "malformed"),
        (Fault::Redirect { status: 302, to: "http://127.0.0.1:1/" }, "redirect"),
    ] {
        world.account.set_fault(fault).unwrap();
        failed(&world.show(), 8, words);
    }
}
