//! Windows: what other tools have stored for Remote Desktop.

use std::io::ErrorKind;

use usher_clients::StoredCredential;

use super::super::findings::{Finding, good, note};

/// Judges: each by its name, or that there is none.
pub(super) fn findings(stored: Result<&[StoredCredential], &ErrorKind>) -> Vec<Finding> {
    match stored {
        Ok([]) => vec![good("other_credentials", "none of other tools".to_owned())],
        Ok(stored) => stored.iter().map(one).collect(),
        Err(why) => {
            let advice =
                "Credentials of other tools could not be looked for; cmdkey /list names them";
            vec![note("other_credentials", why.to_string(), advice)]
        }
    }
}

fn one(stored: &StoredCredential) -> Finding {
    let StoredCredential { target, user } = stored;
    let advice = "Remote Desktop signs in with it where it is started without Usher: remove it in Credential Manager, or with cmdkey /delete";
    note("other_credentials", format!("{target} as {user}"), advice)
}
