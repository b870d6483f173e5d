//! Where the key goes, and where it does not.

use usher_sandbox::account::Fault;

use crate::program::{World, run};

#[test]
fn the_key_may_come_on_standard_input() {
    let world = World::new();
    let (base, key) = (world.account.base_url(), world.account.api_key());
    for input in [format!("{key}\n"), format!("{key}\r\n"), key] {
        assert_eq!(run(&["check", "--base", &base], &[], &input).code, 0);
    }
}

#[test]
fn a_key_in_an_argument_is_refused_and_not_repeated() {
    let world = World::new();
    let key = world.account.api_key();
    let (bare, valued) = (key.clone(), format!("--key={key}"));
    for words in [[bare.as_str()], [valued.as_str()]] {
        let refused = run(&words, &[("ITGLUE_API_KEY", &key)], "");
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("never an argument"), "{}", refused.err);
        assert!(!refused.err.contains(&key));
    }
}

#[test]
fn nothing_that_is_said_holds_the_key() {
    let world = World::new();
    let (id, organization) = (world.password.to_string(), world.organization.to_string());
    let key = world.account.api_key();
    for fault in [None, Some(Fault::KeyRevoked), Some(Fault::Html), Some(Fault::ForeignRow)] {
        if let Some(fault) = fault {
            world.account.set_fault(fault).unwrap();
        }
        for words in [
            &["check", "--stats"][..],
            &["organizations", "--json"],
            &["passwords", "--organization", &organization],
            &["show", &id],
        ] {
            let ran = world.ask(words);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(!said.is_empty() && !said.contains(&key), "{fault:?} {words:?}");
        }
    }
    let seen = world.account.requests();
    assert!(seen.len() >= 16 && seen.iter().all(|request| request.had_key), "it was in use");
}

#[test]
fn a_list_gives_no_values_even_if_the_server_sends_them() {
    let world = World::new();
    world.account.set_fault(Fault::ValuesInList).unwrap();
    let organization = world.organization.to_string();
    let listed = world.ask(&["passwords", "--organization", &organization, "--all", "--json"]);
    assert!(listed.out.contains("Planted"));
    assert!(!listed.out.contains(&*serde_json::to_string(&world.value).unwrap()));
    assert!(listed.objects().iter().all(|row| row.get("password").is_none()));
}
