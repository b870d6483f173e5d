//! Creating and changing passwords.

use super::Deed;
use super::{super::show, Change, Fields, embedding, organization};
use crate::account::{
    answer::Answer,
    data::{AccountData, EPOCH, NewPassword, PasswordRow},
    inside::Inside,
    kind::Kind,
    problem::Problem,
    render,
};

pub(super) fn write(inside: &mut Inside, change: &Change<'_>) -> Result<Answer, Problem> {
    let access = change.asked.password_access.unwrap_or_default();
    if !access && !inside.switches.writes_without_password_access {
        return Err(Problem::unauthorized());
    }
    let creates = change.target.deed == Deed::Create;
    let mut row = if creates {
        blank(organization(inside, change)?)
    } else {
        show::password(inside, change.target)?.clone()
    };
    apply(&change.fields, &mut row, &inside.data)?;
    let id = inside.data.put_password(row, change.fields.get("password").is_some());
    let row = inside.data.password(id).ok_or_else(Problem::not_found)?;
    let with_value = change.asked.param("show_password") == Some("true") && access;
    let shown = render::document(&show::rendered(inside, row, with_value));
    Ok(Answer::json(if creates { 201 } else { 200 }, &shown))
}

fn blank(organization_id: u64) -> PasswordRow {
    let new = NewPassword { organization_id, name: "", username: "", value: "" };
    PasswordRow { username: None, ..PasswordRow::new(0, &new, EPOCH) }
}

/// Sets what was sent, or says what is wrong with it.
fn apply(fields: &Fields, row: &mut PasswordRow, data: &AccountData) -> Result<(), Problem> {
    fields.required("name", &mut row.name)?;
    fields.required("password", &mut row.value)?;
    fields.text("username", &mut row.username)?;
    fields.text("url", &mut row.url)?;
    fields.text("notes", &mut row.notes)?;
    fields.flag("archived", &mut row.archived)?;
    fields.flag("restricted", &mut row.restricted)?;
    category(fields, row, data)?;
    folder(fields, row, data)?;
    embedding::apply(fields, row, data)?;
    let mut seed = row.otp_enabled.then(String::new);
    // Written but never read back; only that there is one.
    fields.text("otp-secret", &mut seed)?;
    row.otp_enabled = seed.is_some();
    Ok(())
}

fn category(fields: &Fields, row: &mut PasswordRow, data: &AccountData) -> Result<(), Problem> {
    if fields.get("password-category-id").is_some() {
        row.category = match fields.id("password-category-id")? {
            None => None,
            Some(id) => {
                let found = data.record(Kind::PasswordCategories, id);
                let found = found.ok_or_else(|| must_exist("password-category"))?;
                Some((id, found.name().to_owned()))
            }
        };
    }
    Ok(())
}

fn folder(fields: &Fields, row: &mut PasswordRow, data: &AccountData) -> Result<(), Problem> {
    if fields.get("password-folder-id").is_some() {
        row.folder_id = fields.id("password-folder-id")?;
        let owner = |id| data.record(Kind::PasswordFolders, id)?.organization_id;
        let own = |id| owner(id) == Some(row.organization_id);
        row.folder_id.is_none_or(own).then_some(()).ok_or_else(|| must_exist("password-folder"))?;
    }
    Ok(())
}

pub(super) fn must_exist(name: &str) -> Problem {
    Problem::attribute(name, "must exist")
}
