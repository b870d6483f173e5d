//! Statements as bytes: fields of fixed length, one after the other. What is signed is these bytes, as
//! they are stored.

/// Takes fields off the front. Every taking fails where too little is left.
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next bytes.
    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }

    pub(super) fn short(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    /// That nothing is left.
    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// What is signed, and the signature after it.
pub(super) fn signed(statement: &[u8]) -> Option<(&[u8], &[u8; 64])> {
    statement.split_last_chunk::<64>()
}
