//! The documents of an organization, which the API lists by folders.

use std::collections::HashSet;

use super::Scoped;
use crate::{
    Document, DocumentFilter, DocumentFolderId, DocumentId, Error, Listed, Listing, Page, Record,
    Step, count,
};

const FOLDER: &str = "filter[document_folder_id]";
const NOT_FOLDER: &str = "filter[document_folder_id][ne]";

/// Which documents are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Those in no folder.
    Root,
    /// All of them.
    All,
    /// Those in one folder, not in those inside it.
    In(DocumentFolderId),
}

impl Folder {
    /// Whether a document lies there, as far as it says. A list without a folder, or with a filter
    /// that is ignored, could hold others.
    fn holds(self, document: &Document) -> bool {
        match (self, document.document_folder_id) {
            (Self::All, _) | (_, None) => true,
            (Self::Root, Some(_)) => false,
            (Self::In(folder), Some(found)) => found == folder,
        }
    }
}

/// A list of documents that is about to be asked for, by one or two lists of the API. Nothing is
/// sent before [`Documents::each`] or [`Documents::all`].
#[must_use = "a list is asked for by `each` or `all`"]
pub struct Documents<'a> {
    lists: Vec<Listing<'a, Document>>,
    folder: Folder,
}

impl<'a> Scoped<'a> {
    /// Lists documents with all that they say; archived ones too.
    ///
    /// A list without a folder holds those at the root. Asked for those not at the root, some
    /// accounts give all and others those in folders: [`Folder::All`] asks for both lists and
    /// hands over each document once.
    pub fn documents(&self, folder: Folder) -> Documents<'a> {
        let root = self.nested();
        let lists = match folder {
            Folder::Root => vec![root],
            Folder::In(id) => vec![root.fixed(FOLDER, id.to_string())],
            Folder::All => vec![root, self.nested().fixed(NOT_FOLDER, "null".to_owned())],
        };
        Documents { lists, folder }
    }

    /// Finds the documents whose name has this text in it, in all folders, without regard to case.
    /// The API has no such search: all of them are asked for.
    ///
    /// # Errors
    /// As [`Documents::each`].
    pub async fn documents_named(&self, text: &str) -> Result<Vec<Record<Document>>, Error> {
        let (text, mut found) = (text.to_lowercase(), Vec::new());
        let list = self.documents(Folder::All);
        list.each(&mut |step| {
            if let Step::Rows(Page { rows, .. }) = step {
                found.extend(rows.into_iter().filter(|row| is_named(row, &text)));
            }
        })
        .await?;
        Ok(found)
    }
}

/// `text` is in lower case.
fn is_named(document: &Record<Document>, text: &str) -> bool {
    document.attributes.name.as_ref().is_some_and(|name| name.to_lowercase().contains(text))
}

impl Documents<'_> {
    /// Only documents that pass this filter.
    pub fn filter(self, filter: &DocumentFilter) -> Self {
        let lists = self.lists.into_iter().map(|list| list.filter(filter)).collect();
        Self { lists, ..self }
    }

    /// Asks for the documents and hands over their pages as they land, and every wait. Each comes
    /// once.
    ///
    /// # Errors
    /// As [`Listing::each`].
    pub async fn each<F>(&self, on_step: &mut F) -> Result<Listed, Error>
    where
        F: FnMut(Step<Document>) + Send + ?Sized,
    {
        let mut merged = Merged::new(self.folder);
        for list in &self.lists {
            let listed = list.each(&mut |step| on_step(merged.step(step))).await?;
            merged.end_of_list(listed);
        }
        Ok(merged.listed())
    }

    /// All of the documents at once. Waits as long as [`Documents::each`] does, without saying so.
    ///
    /// # Errors
    /// As [`Listing::each`]; then no document is handed over.
    pub async fn all(&self) -> Result<Vec<Record<Document>>, Error> {
        let mut documents = Vec::new();
        self.each(&mut |step| {
            if let Step::Rows(page) = step {
                documents.extend(page.rows);
            }
        })
        .await?;
        Ok(documents)
    }
}

/// Several lists seen as one.
struct Merged {
    folder: Folder,
    seen: HashSet<DocumentId>,
    /// What the lists that have ended say they have.
    before: u64,
    /// Rows that were not handed over: known ones, and those of another folder.
    left_out: u64,
}

impl Merged {
    fn new(folder: Folder) -> Self {
        Self { folder, seen: HashSet::new(), before: 0, left_out: 0 }
    }

    fn step(&mut self, step: Step<Document>) -> Step<Document> {
        match step {
            Step::Rows(page) => Step::Rows(self.page(page)),
            waiting @ Step::Waiting(_) => waiting,
        }
    }

    fn page(&mut self, Page { mut rows, total_count }: Page<Document>) -> Page<Document> {
        let came = rows.len();
        let folder = self.folder;
        rows.retain(|row| folder.holds(&row.attributes) && self.seen.insert(row.id));
        let left_out = count(came.saturating_sub(rows.len()));
        self.left_out = self.left_out.saturating_add(left_out);
        Page { rows, total_count: self.total(total_count) }
    }

    fn end_of_list(&mut self, listed: Listed) {
        self.before = self.before.saturating_add(listed.total_count);
    }

    /// How many there are in all, with those that the list at hand says it has.
    fn total(&self, at_hand: u64) -> u64 {
        self.before.saturating_add(at_hand).saturating_sub(self.left_out)
    }

    fn listed(&self) -> Listed {
        let rows = count(self.seen.len());
        Listed { rows, total_count: self.total(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: DocumentFolderId = DocumentFolderId::new(70);

    fn document(id: u64, folder: Option<DocumentFolderId>) -> Record<Document> {
        let name = Some(format!("Runbook ÄÖ {id}"));
        let attributes = Document { name, document_folder_id: folder, ..Document::default() };
        Record { id: DocumentId::new(id), attributes }
    }

    fn page(total_count: u64, rows: Vec<Record<Document>>) -> Page<Document> {
        Page { rows, total_count }
    }

    fn ids(page: &Page<Document>) -> Vec<u64> {
        page.rows.iter().map(|row| row.id.get()).collect()
    }

    #[test]
    fn a_second_list_of_all_adds_only_what_is_new() {
        let mut merged = Merged::new(Folder::All);
        let first = merged.page(page(2, vec![document(1, None), document(2, None)]));
        assert_eq!((ids(&first), first.total_count), (vec![1, 2], 2));
        merged.end_of_list(Listed { rows: 2, total_count: 2 });
        let rows = vec![document(1, None), document(2, None), document(3, Some(FOLDER))];
        let second = merged.page(page(3, rows));
        assert_eq!((ids(&second), second.total_count), (vec![3], 3));
        merged.end_of_list(Listed { rows: 3, total_count: 3 });
        assert_eq!(merged.listed(), Listed { rows: 3, total_count: 3 });
    }

    #[test]
    fn a_second_list_of_those_in_folders_adds_all_of_them() {
        let mut merged = Merged::new(Folder::All);
        merged.page(page(1, vec![document(1, None)]));
        merged.end_of_list(Listed { rows: 1, total_count: 1 });
        let second = merged.page(page(1, vec![document(3, Some(FOLDER))]));
        assert_eq!((ids(&second), second.total_count), (vec![3], 2));
    }

    #[test]
    fn documents_that_say_they_lie_elsewhere_are_left_out() {
        let other = DocumentFolderId::new(71);
        let rows = || vec![document(1, None), document(2, Some(FOLDER)), document(3, Some(other))];
        let left = |folder| ids(&Merged::new(folder).page(page(3, rows())));
        assert_eq!(left(Folder::Root), [1]);
        assert_eq!(left(Folder::In(FOLDER)), [1, 2], "one that does not say is taken");
        assert_eq!(left(Folder::All), [1, 2, 3]);
    }

    #[test]
    fn a_name_is_searched_without_regard_to_case() {
        let document = document(12, None);
        assert!(is_named(&document, "book äö"));
        assert!(is_named(&document, ""));
        assert!(!is_named(&document, "notes"));
        let nameless = Record { attributes: Document::default(), ..document };
        assert!(!is_named(&nameless, ""));
    }
}
