//! Documents and their sections, which make up what a document says.

use super::{AccountData, NoSuchRecord, Record};
use crate::account::{kind::Kind, render};

impl AccountData {
    /// The sections of a document, in its order.
    #[must_use]
    pub fn sections(&self, document: u64) -> Vec<&Record> {
        let own = |section: &&Record| *section.attribute("document-id") == document;
        let mut sections: Vec<_> = self.records(Kind::Sections).filter(own).collect();
        sections.sort_by_key(|section| section.attribute("sort").as_u64());
        sections
    }

    /// Publishes a document.
    ///
    /// # Errors
    /// If there is no such document.
    pub fn publish(&mut self, document: u64) -> Result<(), NoSuchRecord> {
        self.change_record(Kind::Documents, document, |record| {
            let now = render::time(record.updated_at);
            record.attributes.insert("published-at".to_owned(), now.into());
        })
    }

    /// Puts a document's content together again after a change of its sections, which is when it
    /// changed too.
    pub(crate) fn compose(&mut self, document: u64) {
        let texts = self.sections(document);
        let texts = texts.iter().filter_map(|section| section.attribute("content").as_str());
        let content: String = texts.collect();
        let now = self.now;
        let all = self.records.get_mut(&Kind::Documents);
        if let Some(record) = all.and_then(|all| all.get_mut(&document)) {
            record.attributes.insert("content".to_owned(), content.into());
            record.updated_at = now;
        }
    }
}
