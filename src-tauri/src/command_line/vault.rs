//! `usher vault verify`.

use usher_broker::protocol::{Damage, Failure, Reply, Request, VaultState, VaultVerdict};
use usher_broker::{Broker, RealWorld};

use super::{Look, Outcome, print, words};

/// Checks the vault's file as far as that can be done without opening it.
pub(super) async fn verify(broker: &Broker<RealWorld>, look: &Look) -> Outcome {
    let reply = broker.handle(None, Request::VaultVerify).await;
    if let Reply::VaultVerdict { verdict } = reply {
        print::answer(look.json, &verdict, sentence(&verdict));
        return outcome(&verdict);
    }
    not_looked(look.json, &reply)
}

/// The answer that none could be given.
pub(super) fn not_looked(json: bool, reply: &Reply) -> Outcome {
    if let Reply::Failed { failure } = reply {
        say_failed(json, failure);
    } else {
        print::note("usher: an answer that was not expected");
    }
    Outcome::CouldNotLook
}

fn say_failed(json: bool, failure: &Failure) {
    if json {
        print::answer(true, &serde_json::json!({ "failed": failure }), "");
    } else {
        print::note(format!("usher: {}", words::failure(failure)));
    }
}

fn outcome(verdict: &VaultVerdict) -> Outcome {
    match verdict.state {
        VaultState::Good if verdict.anchored == Some(false) => Outcome::Bad,
        VaultState::Good => Outcome::Good,
        VaultState::Bad => Outcome::Bad,
        VaultState::None | VaultState::Old => Outcome::CouldNotLook,
    }
}

fn sentence(verdict: &VaultVerdict) -> String {
    let path = &verdict.path;
    match verdict.state {
        VaultState::None => format!("{path}: there is no vault yet"),
        VaultState::Old => {
            format!("{path}: made by an older Usher, which signed nothing; open it once")
        }
        VaultState::Bad => {
            format!("{path}: BAD: {}", verdict.damage.as_ref().map_or_else(String::new, damage))
        }
        VaultState::Good => format!(
            "{path}: good, {} rows, statement {}; {}",
            verdict.rows,
            verdict.number,
            anchored(verdict.anchored)
        ),
    }
}

/// What does not hold.
pub(super) fn damage(damage: &Damage) -> String {
    let place = [("table", &damage.table), ("row", &damage.row)].into_iter();
    let place = place.filter_map(|(what, name)| Some(format!(" {what} {}", name.as_deref()?)));
    format!("{}{}", words::word(&damage.fault), place.collect::<String>())
}

fn anchored(anchored: Option<bool>) -> &'static str {
    match anchored {
        Some(true) => "as this device last saw it",
        Some(false) => "NOT what this device last saw",
        None => "the keyring does not say what this device last saw",
    }
}

#[cfg(test)]
mod tests {
    use usher_broker::protocol::Fault;

    use super::*;

    fn verdict(state: VaultState, anchored: Option<bool>) -> VaultVerdict {
        let path = "/v".to_owned();
        VaultVerdict { path, state, rows: 12, number: 7, damage: None, anchored }
    }

    #[test]
    fn the_exit_code_tells_good_bad_and_not_looked_apart() {
        use VaultState::{Bad, Good, None as NoVault, Old};
        let of = |state, anchored| outcome(&verdict(state, anchored));
        assert_eq!(of(Good, Some(true)), Outcome::Good);
        assert_eq!(of(Good, None), Outcome::Good);
        assert_eq!(of(Good, Some(false)), Outcome::Bad);
        assert_eq!(of(Bad, Some(true)), Outcome::Bad);
        assert_eq!(of(NoVault, None), Outcome::CouldNotLook);
        assert_eq!(of(Old, None), Outcome::CouldNotLook);
    }

    #[test]
    fn a_bad_row_is_named() {
        let fault = Fault::VaultDamaged;
        let (table, row) = (Some("grants".to_owned()), Some("0199".to_owned()));
        let damage = Some(Damage { fault, table, row, read_only_offered: true });
        let bad = VaultVerdict { damage, ..verdict(VaultState::Bad, None) };
        assert_eq!(sentence(&bad), "/v: BAD: vault_damaged table grants row 0199");
    }
}
