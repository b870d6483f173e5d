//! `usher vault verify`, `usher audit verify`, `usher audit export` and `usher doctor`: what scripts
//! go by, from the real program in a home where somebody worked.

use usher_sandbox::demo::made_up;
use usher_sandbox::desk::Desk;

use crate::scene::{self, Scene, Target, change_a_row, flip};
use crate::terminal::{Answer, run, type_at};

const GOOD: Option<i32> = Some(0);
const BAD: Option<i32> = Some(1);
const NOT_LOOKED: Option<i32> = Some(2);

fn verify(desk: &Desk, what: &str) -> anyhow::Result<Answer> {
    run(desk, &[what, "verify", "--json"])
}

#[tokio::test]
async fn where_there_is_no_vault_nothing_is_made() -> anyhow::Result<()> {
    let (_stage, desk) = scene::set_up().await;
    let vault = verify(&desk, "vault")?;
    assert_eq!((vault.code, &vault.json()["state"]), (NOT_LOOKED, &"none".into()));
    let log = verify(&desk, "audit")?;
    assert_eq!((log.code, &log.json()["failed"]["code"]), (NOT_LOOKED, &"storage".into()));
    let file = desk.session.home().join("log.csv");
    let export = run(&desk, &["audit", "export", &file.to_string_lossy()])?;
    assert_eq!(export.code, NOT_LOOKED);
    let doctor = run(&desk, &["doctor", "--json", "--offline"])?;
    assert!(found(&doctor, "vault").starts_with("none yet"), "{doctor:?}");
    assert!(!file.exists(), "nothing was exported");
    assert!(!scene::data_of(&desk).exists(), "nobody asked for a vault");
    Ok(())
}

#[tokio::test]
async fn a_good_vault_and_log_are_called_good_and_the_log_is_exported() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    let scene = scene.lock().await?;
    let desk = &scene.desk;
    let vault = verify(desk, "vault")?;
    assert_eq!((vault.code, &vault.json()["state"]), (GOOD, &"good".into()));
    assert_eq!(vault.json()["anchored"], true, "{vault:?}");
    let before = verify(desk, "audit")?;
    assert_eq!((before.code, &before.json()["good"]), (GOOD, &true.into()), "{before:?}");

    let file = desk.session.home().join("log.csv");
    let words = ["audit", "export", &*file.to_string_lossy()];
    assert_eq!(run(desk, &words)?.code, NOT_LOOKED, "no terminal to ask at");
    let wrong = type_at(desk, &words, &made_up())?;
    assert_eq!(wrong.code, NOT_LOOKED, "{wrong:?}");
    assert!(!file.exists(), "no passphrase, no log");
    let export = type_at(desk, &words, &desk.passphrase)?;
    assert_eq!(export.code, GOOD, "{export:?}");
    assert!(!export.out.contains(&desk.passphrase), "what is typed is not shown");
    let sheet = std::fs::read_to_string(&file)?;
    for what in ["vault_created", "unlock_refused", "exported"] {
        assert!(sheet.contains(&format!("\"{what}\"")), "{what} stands in it: {sheet}");
    }
    assert_eq!(run(desk, &words)?.code, NOT_LOOKED, "a file that is there stays");
    assert_eq!(std::fs::read_to_string(&file)?, sheet);

    let after = verify(desk, "audit")?;
    assert_eq!(after.code, GOOD, "{after:?}");
    let rows = |answer: &Answer| answer.json()["rows"].as_u64();
    assert!(rows(&after) > rows(&before), "the export is on record itself");
    assert_eq!(after.json()["unsigned"], 0, "signed to the end: {after:?}");
    let doctor = run(desk, &["doctor", "--json", "--offline"])?;
    assert_eq!(doctor.code, if doctor.json()["good"] == true { GOOD } else { BAD });
    assert!(found(&doctor, "vault").starts_with("there"), "{doctor:?}");
    assert_eq!(found(&doctor, "keyring"), "ok");
    assert_eq!(found(&doctor, "memory"), "closed to other programs");
    assert_eq!(found(&doctor, "core_dumps"), "off");
    assert_eq!(found(&doctor, "freed_memory"), "wiped");
    Ok(())
}

#[tokio::test]
async fn a_flipped_byte_and_a_changed_row_of_the_log_are_named() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::List).await?;
    let scene = scene.lock().await?;
    let (desk, data) = (&scene.desk, scene.data());
    let id = change_a_row(&data.join("vault.sqlite"), "credential")?;
    let vault = verify(desk, "vault")?;
    assert_eq!((vault.code, &vault.json()["state"]), (BAD, &"bad".into()));
    let damage = &vault.json()["damage"];
    assert_eq!((&damage["table"], &damage["row"]), (&"credential".into(), &id.clone().into()));
    let told = run(desk, &["vault", "verify"])?;
    assert!(told.out.contains("BAD") && told.out.contains(&id), "{told:?}");

    change_a_row(&data.join("vault.sqlite"), "credential")?;
    assert_eq!(verify(desk, "vault")?.code, GOOD, "the same byte back");
    flip(&data.join("local.sqlite"), "audit", "sealed", "number")?;
    let log = verify(desk, "audit")?;
    assert_eq!((log.code, &log.json()["good"]), (BAD, &false.into()), "{log:?}");
    assert_eq!(log.json()["first_bad"], 1, "{log:?}");
    let told = run(desk, &["audit", "verify"])?;
    assert!(told.out.contains("the first bad row is 1"), "{told:?}");
    Ok(())
}

#[tokio::test]
async fn the_client_of_this_machine_signs_in_to_the_doctor() -> anyhow::Result<()> {
    let (_stage, desk) = scene::set_up().await;
    let doctor = run(&desk, &["doctor", "rdp", "--json"])?;
    assert_eq!(doctor.code, GOOD, "{doctor:?}");
    assert!(found(&doctor, "rdp_client").starts_with("/usr/bin/"), "{doctor:?}");
    assert!(found(&doctor, "rdp_version").contains('.'), "{doctor:?}");
    assert_eq!(found(&doctor, "rdp_connections"), "1");
    let certificate = found(&doctor, "rdp_certificate");
    assert!(certificate.starts_with("accepted; a prompt cannot"), "{certificate}");
    assert!(found(&doctor, "rdp_sign_in").ends_with(" ms"), "{doctor:?}");
    let told = run(&desk, &["doctor", "rdp"])?;
    assert!(told.out.contains("rdp_sign_in") && !told.out.contains("BAD"), "{told:?}");
    assert!(!scene::data_of(&desk).exists(), "nothing is made");
    Ok(())
}

/// What `doctor` found of this.
fn found(doctor: &Answer, check: &str) -> String {
    let report = doctor.json();
    let findings = report["findings"].as_array().expect("findings");
    let finding = findings.iter().find(|finding| finding["check"] == check);
    let finding = finding.unwrap_or_else(|| panic!("no {check} in {report}"));
    finding["found"].as_str().expect("a text").to_owned()
}
