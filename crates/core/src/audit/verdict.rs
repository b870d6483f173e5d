//! What came of verifying the log.

/// What was found when every row was gone through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many rows there are.
    pub rows: u64,
    /// The first row that is not as it was written; one past the last where rows are missing there.
    pub first_bad: Option<u64>,
    /// What is wrong with it.
    pub fault: Option<LogFault>,
    /// Up to this row somebody signed that it was so.
    pub signed_to: u64,
    /// How many rows after that no one has signed yet.
    pub unsigned: u64,
    /// The rows were opened too: without that a forged signature is placed no closer than the rows
    /// since the signature before it.
    pub opened: bool,
    /// Whether this device had noted where the log stood; none where the keyring did not say. Without
    /// that rows may be missing at the end.
    pub anchored: Option<bool>,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.first_bad.is_none()
    }
}

/// What is wrong with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFault {
    /// It belongs to another vault.
    OtherVault,
    /// A number is missing, or a row stands where another one stood.
    Missing,
    /// The row was changed, or follows another row than the one before it.
    Changed,
    /// The row does not open: it was not written by Usher.
    Unreadable,
    /// The signature is not that person's, or not of these rows.
    SignatureWrong,
    /// Rows at the end are missing: it is an older copy, or was cut off.
    CutShort,
    /// The rows are not the ones that this computer remembers.
    Rewritten,
}

impl LogFault {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::OtherVault,
        Self::Missing,
        Self::Changed,
        Self::Unreadable,
        Self::SignatureWrong,
        Self::CutShort,
        Self::Rewritten,
    ];

    /// The one of that word; `None` for a word of a newer version.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// The word for it in the log and the protocol.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OtherVault => "other_vault",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
            Self::SignatureWrong => "signature_wrong",
            Self::CutShort => "cut_short",
            Self::Rewritten => "rewritten",
        }
    }
}
