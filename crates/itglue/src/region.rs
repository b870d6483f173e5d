//! The three data centres, and the only hosts that ever receive a key.

/// The data centre an account lives in.
///
/// A key works in its own region only; elsewhere the API answers 403, as for a wrong key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// United States, `api.itglue.com`.
    Us,
    /// Europe, `api.eu.itglue.com`.
    Eu,
    /// Australia, `api.au.itglue.com`.
    Au,
}

impl Region {
    /// Every region, in the order a person would be offered them.
    pub const ALL: [Self; 3] = [Self::Us, Self::Eu, Self::Au];

    /// The API host of this region. A constant: no setting and no answer can change it.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::Us => "api.itglue.com",
            Self::Eu => "api.eu.itglue.com",
            Self::Au => "api.au.itglue.com",
        }
    }

    pub(crate) const fn base_url(self) -> &'static str {
        match self {
            Self::Us => "https://api.itglue.com/",
            Self::Eu => "https://api.eu.itglue.com/",
            Self::Au => "https://api.au.itglue.com/",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn every_base_url_is_https_to_its_own_host() {
        for region in Region::ALL {
            assert_eq!(region.base_url(), format!("https://{}/", region.host()));
        }
    }
}
