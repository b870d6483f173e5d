//! One record.

use serde_json::Value;

use super::{
    asked::Asked,
    target::{Target, Under},
};
use crate::account::{
    answer::Answer, data::PasswordRow, inside::Inside, kind::Kind, problem::Problem, render,
    switches::NoPasswordAccess,
};

pub(super) fn show(inside: &mut Inside, asked: &Asked, target: &Target) -> Result<Answer, Problem> {
    if target.kind == Kind::Passwords {
        return show_password(inside, asked, target);
    }
    other(inside, target)
}

/// One record that is no password.
pub(super) fn other(inside: &mut Inside, target: &Target) -> Result<Answer, Problem> {
    let rows = super::list::rows(inside, target.kind);
    let row = rows.iter().find(|row| row.id == target.id && belongs(target, row.parent));
    let text = &row.ok_or_else(Problem::not_found)?.text;
    Ok(Answer::text(200, format!(r#"{{"data":{text}}}"#)))
}

/// Whether a record lies where the route says.
fn belongs(target: &Target, parent: Option<u64>) -> bool {
    match target.under {
        Under::Root => true,
        Under::Organization(id) | Under::Document(id) => parent == Some(id),
    }
}

/// The value is given unless `show_password` is exactly `false`; what a key without Password
/// Access gets when it asks for it outright is a switch, and otherwise the attribute is absent.
fn show_password(inside: &Inside, asked: &Asked, target: &Target) -> Result<Answer, Problem> {
    let row = password(inside, target)?;
    let wish = asked.param("show_password");
    let access = asked.password_access.unwrap_or_default();
    let refuses = inside.switches.no_password_access == NoPasswordAccess::Unauthorized;
    if wish == Some("true") && !access && refuses {
        return Err(Problem::unauthorized());
    }
    let resource = rendered(inside, row, wish != Some("false") && access);
    Ok(Answer::json(200, &render::document(&resource)))
}

/// The password that a route names.
pub(super) fn password<'a>(
    inside: &'a Inside,
    target: &Target,
) -> Result<&'a PasswordRow, Problem> {
    let row = inside.data.passwords.get(&target.id);
    row.filter(|row| belongs(target, Some(row.organization_id))).ok_or_else(Problem::not_found)
}

/// A password, with its value or without.
pub(super) fn rendered(inside: &Inside, row: &PasswordRow, with_value: bool) -> Value {
    if with_value {
        render::password_shown(row, &inside.data, &inside.switches)
    } else {
        render::password(row, &inside.data, &inside.switches)
    }
}
