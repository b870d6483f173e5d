//! Lists.

use std::sync::Arc;

use super::{
    asked::Asked,
    target::{Target, Under},
};
use crate::account::{
    answer::Answer,
    faults::{self, Fault},
    inside::Inside,
    kind::Kind,
    listing::{self, Filters, Order, Page, Row, table},
    problem::Problem,
    render,
    switches::UnknownSort,
};

/// The rows that a request asks for, in order, not yet cut into pages.
pub(crate) struct Listing {
    rows: Arc<Vec<Row>>,
    chosen: Arc<Vec<usize>>,
    pub(crate) page: Page,
    pub(crate) path: String,
}

impl Listing {
    pub(crate) fn total(&self) -> usize {
        self.chosen.len()
    }

    /// The body of a page.
    pub(crate) fn body(&self, page: Page) -> String {
        let rows = listing::cut(&self.chosen, page).iter();
        let texts = rows.filter_map(|index| self.rows.get(*index)).map(|row| row.text.as_str());
        render::page(texts, &self.path, page, self.total())
    }

    /// The texts of these rows, counted from 0 over all pages.
    pub(crate) fn texts(&self, range: std::ops::Range<usize>) -> Vec<&str> {
        let chosen = self.chosen.get(range).unwrap_or_default().iter();
        chosen.filter_map(|index| self.rows.get(*index)).map(|row| row.text.as_str()).collect()
    }
}

pub(super) fn list(
    inside: &mut Inside,
    asked: &Asked,
    target: &Target,
    fault: Option<Fault>,
) -> Result<Answer, Problem> {
    let key = format!("{}?{}", asked.path, asked.raw_query);
    if let (Some(body), None) = (inside.cache.page(&key), fault) {
        return Ok(Answer::text(200, body));
    }
    let listing = select(inside, asked, target)?;
    if let Some(body) = faults::page_body(fault, &listing) {
        return Ok(Answer::text(200, body));
    }
    let answer = Answer::text(200, listing.body(listing.page));
    inside.cache.keep(key, answer.body.clone());
    Ok(answer)
}

fn select(inside: &mut Inside, asked: &Asked, target: &Target) -> Result<Listing, Problem> {
    check(inside, asked, target)?;
    let page = Page::read(&asked.query, inside.switches.large_pages);
    let page = page.ok_or_else(Problem::bad_request)?;
    let filters = Filters::read(&asked.query, table(target.kind));
    if target.kind == Kind::FlexibleAssets && filters.value("flexible_asset_type_id").is_none() {
        return Err(Problem::no_asset_type());
    }
    let rows = rows(inside, target.kind);
    let key = without_page(asked);
    let chosen = inside.cache.chosen.get(&key).cloned();
    let chosen = chosen.unwrap_or_else(|| {
        let chosen = Arc::new(choose(inside, asked, target, (&rows, &filters)));
        inside.cache.chosen.insert(key, chosen.clone());
        chosen
    });
    Ok(Listing { rows, chosen, page, path: asked.path.clone() })
}

fn check(inside: &Inside, asked: &Asked, target: &Target) -> Result<(), Problem> {
    // Reported to be an error; a client should never send it.
    if asked.param("show_password").is_some() {
        return Err(Problem::bad_request());
    }
    let sort = Order::read(asked.param("sort"), table(target.kind));
    if sort == Order::Unknown && inside.switches.unknown_sort == UnknownSort::Refused {
        return Err(Problem::bad_request());
    }
    let known = match target.under {
        Under::Root => true,
        Under::Organization(id) => inside.data.organizations.contains_key(&id),
        Under::Document(id) => inside.data.record(Kind::Documents, id).is_some(),
    };
    known.then_some(()).ok_or_else(Problem::not_found)
}

pub(super) fn rows(inside: &mut Inside, kind: Kind) -> Arc<Vec<Row>> {
    let Inside { data, switches, cache, .. } = inside;
    let rows = cache.rows.entry(kind);
    rows.or_insert_with(|| Arc::new(render::rows(kind, data, switches))).clone()
}

fn choose(
    inside: &Inside,
    asked: &Asked,
    target: &Target,
    (rows, filters): (&[Row], &Filters),
) -> Vec<usize> {
    let parent = match target.under {
        Under::Root => None,
        Under::Organization(id) | Under::Document(id) => Some(id),
    };
    let hides_archived = !inside.switches.archived_in_lists && filters.value("archived").is_none();
    let asks_folder = filters.value("document_folder_id").is_some()
        || filters.value("document_folder_id[ne]").is_some();
    let only_root = target.kind == Kind::Documents && !asks_folder;
    let wanted = |row: &Row| {
        parent.is_none_or(|parent| row.parent == Some(parent))
            && !(hides_archived && row.archived)
            && (!only_root || row.fact("document_folder_id").is_null())
            && filters.pass(row, inside.switches.null_folder)
    };
    let mut chosen: Vec<_> = rows.iter().enumerate().filter(|(_, row)| wanted(row)).collect();
    let order = Order::read(asked.param("sort"), table(target.kind));
    listing::arrange(&mut chosen, |(_, row)| row, order);
    chosen.into_iter().map(|(index, _)| index).collect()
}

/// What the choice depends on.
fn without_page(asked: &Asked) -> String {
    let others = asked.query.iter().filter(|(name, _)| !name.starts_with("page["));
    others.fold(asked.path.clone(), |key, (name, value)| format!("{key}\n{name}={value}"))
}
