//! One page of a list.

use serde_json::{Value, json};

use crate::account::listing::Page;

/// A host that does not exist: a client that follows links of an answer fails at once.
const LINKS: &str = "https://api.itglue.invalid";

/// The body, from rows that are rendered already.
pub(crate) fn page<'a>(
    rows: impl Iterator<Item = &'a str>,
    path: &str,
    page: Page,
    total: usize,
) -> String {
    let pages = page.pages(total);
    let next = page.number.checked_add(1).filter(|next| *next <= pages);
    let previous = page.number.checked_sub(1).filter(|previous| *previous > 0);
    let meta = json!({
        "current-page": page.number,
        "next-page": next,
        "prev-page": previous,
        "total-pages": pages,
        "total-count": total,
        "filters": {},
    });
    let links = links(path, page, next, pages);
    let mut body = String::from(r#"{"data":["#);
    for (index, row) in rows.enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str(row);
    }
    body + &format!(r#"],"meta":{meta},"links":{links}}}"#)
}

/// A single page has none.
fn links(path: &str, page: Page, next: Option<usize>, last: usize) -> Value {
    if last < 2 {
        return json!({});
    }
    let size = page.size;
    let link = |page: usize| format!("{LINKS}{path}?page%5Bnumber%5D={page}&page%5Bsize%5D={size}");
    let mut links = json!({ "self": link(page.number), "first": link(1), "last": link(last) });
    let mut add = |name: &str, page: Option<usize>| {
        if let (Some(page), Some(links)) = (page, links.as_object_mut()) {
            links.insert(name.to_owned(), link(page).into());
        }
    };
    add("next", next);
    add("prev", page.number.checked_sub(1).filter(|previous| *previous > 0));
    links
}
