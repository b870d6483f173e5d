//! The three data centres, and the only hosts that ever receive a key.

mod address;
mod web_page;

pub use address::NotAnAppUrl;
pub use web_page::WebPage;

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

    /// The region as a person is offered it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Us => "US / Global (api.itglue.com)",
            Self::Eu => "Europe (api.eu.itglue.com)",
            Self::Au => "Australia (api.au.itglue.com)",
        }
    }

    /// Where people sign in, for a browser.
    const fn app_url(self) -> &'static str {
        match self {
            Self::Us => "https://app.itglue.com/",
            Self::Eu => "https://app.eu.itglue.com/",
            Self::Au => "https://app.au.itglue.com/",
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
            assert!(region.label().ends_with(&format!("({})", region.host())));
        }
    }
}
