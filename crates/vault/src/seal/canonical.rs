//! Bytes that mean one thing only: what they are for, then each field after its length.

/// Builds canonical bytes. Two different lists of fields never come to the same bytes.
#[derive(Debug, Clone)]
pub(crate) struct Canonical(Vec<u8>);

impl Canonical {
    /// Begins with what the bytes are for, as in `usher/row/v1`, and a zero byte.
    pub(crate) fn of(purpose: &str) -> Self {
        let mut bytes = purpose.as_bytes().to_vec();
        bytes.push(0);
        Self(bytes)
    }

    /// A field of any bytes.
    pub(crate) fn bytes(mut self, field: &[u8]) -> Self {
        let length = u64::try_from(field.len()).unwrap_or(u64::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    /// A field of text.
    pub(crate) fn text(self, field: &str) -> Self {
        self.bytes(field.as_bytes())
    }

    /// A field with a number.
    pub(crate) fn number(self, field: u64) -> Self {
        self.bytes(&field.to_be_bytes())
    }

    /// A field that may be missing; missing is not the same as empty.
    pub(crate) fn maybe(self, field: Option<&[u8]>) -> Self {
        match field {
            Some(field) => self.number(1).bytes(field),
            None => self.number(0),
        }
    }

    /// The bytes.
    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_be_pushed_into_one_another() {
        let of = |purpose: &str, fields: &[&str]| {
            fields.iter().fold(Canonical::of(purpose), |c, field| c.text(field)).done()
        };
        let all = [
            of("a", &["bc", "d"]),
            of("a", &["b", "cd"]),
            of("a", &["bcd"]),
            of("a", &["bcd", ""]),
            of("ab", &["c", "d"]),
            Canonical::of("a").maybe(None).done(),
            Canonical::of("a").maybe(Some(b"")).done(),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
