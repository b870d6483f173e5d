//! What the stand-in account was asked, for tests to look at.

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRequest {
    /// Such as `GET`.
    pub method: String,
    /// Such as `/organizations`.
    pub path: String,
    /// Decoded pairs, in the order they came.
    pub query: Vec<(String, String)>,
    /// Whether it carried an API key header (right or wrong).
    pub had_key: bool,
    /// Status of the answer.
    pub status: u16,
    /// Whether IT Glue is known to have such a route and parameters.
    pub expected: bool,
}

impl SeenRequest {
    /// The value of a query parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        param(&self.query, name)
    }
}

pub(crate) fn param<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

pub(crate) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}
