//! `usher audit verify` and `usher audit export`.

use serde_json::json;
use usher_broker::protocol::{AuditFilter, AuditVerdict, PersonRow, Reply, Request};
use usher_broker::{Broker, RealWorld, log_fault_of};

use super::unlocked::{self, NotUnlocked, Unlocked};
use super::vault::not_looked;
use super::{Export, Look, Outcome, print, words};
use crate::save;

/// Checks the chain and its signatures, without opening the vault.
pub(super) async fn verify(broker: &Broker<RealWorld>, look: &Look) -> Outcome {
    let reply = broker.handle(None, Request::AuditVerify).await;
    if let Reply::AuditVerdict { verdict } = reply {
        print::answer(look.json, &verdict, sentence(&verdict));
        return if verdict.good { Outcome::Good } else { Outcome::Bad };
    }
    not_looked(look.json, &reply)
}

fn sentence(verdict: &AuditVerdict) -> String {
    let AuditVerdict { rows, signed_to, unsigned, anchored, .. } = verdict;
    if verdict.good {
        let end = end(*anchored);
        return format!(
            "good: {rows} rows, signed up to row {signed_to}, {unsigned} after it not yet signed; {end}"
        );
    }
    let row = verdict.first_bad.map_or_else(|| "?".to_owned(), |row| row.to_string());
    let fault = verdict.fault.as_deref().unwrap_or("unknown");
    let fault = log_fault_of(fault).unwrap_or(fault);
    format!("BAD: the first bad row is {row} of {rows}: {fault}; signed up to row {signed_to}")
}

/// Whether rows may be missing at the end.
fn end(anchored: Option<bool>) -> &'static str {
    match anchored {
        Some(true) => "it goes on from where this device last saw it",
        Some(false) => "this device never saw it, so rows at the end may be missing",
        None => "the keyring does not say where it ended, so rows at the end may be missing",
    }
}

/// Opens the vault, writes the log into a new file, locks again.
pub(super) async fn export(broker: &Broker<RealWorld>, export: &Export) -> Outcome {
    if export.file.exists() {
        print::note(format!(
            "usher: {} is there already; nothing was written",
            export.file.display()
        ));
        return Outcome::CouldNotLook;
    }
    match unlocked::unlock(broker, export.unlock_as.as_deref()).await {
        Ok(vault) => {
            let outcome = export_open(&vault, export).await;
            vault.lock().await;
            outcome
        }
        Err(NotUnlocked::Failed(reply)) => not_looked(export.json, &reply),
        Err(NotUnlocked::Said(why)) => {
            print::note(format!("usher: {why}"));
            Outcome::CouldNotLook
        }
    }
}

async fn export_open(vault: &Unlocked<'_>, export: &Export) -> Outcome {
    let filter = match filter(vault, export).await {
        Ok(filter) => filter,
        Err(NotAsked::Failed(reply)) => return not_looked(export.json, &reply),
        Err(NotAsked::Said(why)) => {
            print::note(format!("usher: {why}"));
            return Outcome::CouldNotLook;
        }
    };
    let reply = vault.ask(Request::AuditExport { filter, format: export.format() }).await;
    let Reply::Exported { text } = reply else { return not_looked(export.json, &reply) };
    if let Err(error) = save::write_whole(&export.file, &text, false) {
        print::note(format!("usher: {} was not written: {error}", export.file.display()));
        return Outcome::CouldNotLook;
    }
    let path = export.file.display().to_string();
    let said = json!({ "written": path, "format": words::word(&export.format()) });
    print::answer(export.json, &said, format!("{path} is written"));
    Outcome::Good
}

/// Why the log was not asked.
enum NotAsked {
    /// The broker said so.
    Failed(Box<Reply>),
    /// The command line is the reason.
    Said(&'static str),
}

/// People are named on the command line; the log goes by ids.
async fn filter(vault: &Unlocked<'_>, export: &Export) -> Result<AuditFilter, NotAsked> {
    let person = match &export.person {
        Some(said) => Some(person(vault, said).await?),
        None => None,
    };
    let (on, host, what) = (export.on.clone(), export.host.clone(), export.what.clone());
    let (from, to) = (export.from, export.to);
    Ok(AuditFilter { person, on, host, what, from, to, ..AuditFilter::default() })
}

/// The vault itself knows everybody who ever came in; the door, who can come in here.
async fn person(vault: &Unlocked<'_>, said: &str) -> Result<String, NotAsked> {
    let reply = vault.ask(Request::Snapshot).await;
    let Reply::Snapshot { snapshot } = reply else { return Err(NotAsked::Failed(Box::new(reply))) };
    of_name(&snapshot.people, said).map_err(NotAsked::Said)
}

/// The id of the one who is called so. Somebody new may have the name of somebody who left.
fn of_name(people: &[PersonRow], said: &str) -> Result<String, &'static str> {
    let mut called = people.iter().filter(|person| person.name == said || person.id == said);
    match (called.next(), called.next()) {
        (Some(only), None) => Ok(only.id.clone()),
        (None, _) => Err("nobody whom you see in this vault has that name"),
        (Some(_), Some(_)) => {
            Err("more than one person has that name: give the id instead, which \
             an exported log has as person_id")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_who_left_can_be_asked_for_and_two_of_one_name_are_told_apart() {
        let row = |id: &str, name: &str, active| PersonRow {
            id: id.to_owned(),
            name: name.to_owned(),
            active,
        };
        let people = [row("1", "Ada", true), row("2", "Bob", false), row("3", "Ada", false)];
        assert_eq!(of_name(&people, "Bob"), Ok("2".to_owned()));
        assert!(of_name(&people, "Ada").is_err(), "which of them?");
        assert_eq!(of_name(&people, "3"), Ok("3".to_owned()));
        assert!(of_name(&people, "Eve").is_err());
    }

    #[test]
    fn the_first_bad_row_is_named_and_an_unsigned_tail_is_told() {
        let good = AuditVerdict {
            rows: 90,
            good: true,
            first_bad: None,
            fault: None,
            signed_to: 80,
            unsigned: 10,
            anchored: Some(true),
        };
        let words = "good: 90 rows, signed up to row 80, 10 after it not yet signed; \
                     it goes on from where this device last saw it";
        assert_eq!(sentence(&good), words);
        let unknown = AuditVerdict { anchored: None, ..good.clone() };
        assert!(sentence(&unknown).contains("the keyring does not say"));
        let fault = Some("changed".to_owned());
        let bad = AuditVerdict { good: false, first_bad: Some(41), fault, ..good };
        let words =
            "BAD: the first bad row is 41 of 90: a row was changed or moved; signed up to row 80";
        assert_eq!(sentence(&bad), words);
    }
}
