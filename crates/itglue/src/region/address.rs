//! Which region an address of IT Glue's web application belongs to.

use reqwest::Url;
use thiserror::Error;

use super::Region;

/// The text is no address of IT Glue's web application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no address of an IT Glue account")]
pub struct NotAnAppUrl;

impl Region {
    /// The region of an address as a person copies it from the browser: `app.itglue.com`,
    /// `https://app.eu.itglue.com/...` or a company's own `https://NAME.au.itglue.com/...`.
    ///
    /// # Errors
    /// [`NotAnAppUrl`] for any other host, the API's own included.
    pub fn from_app_url(text: &str) -> Result<Self, NotAnAppUrl> {
        let text = text.trim();
        let with_scheme = if text.contains("://") { text } else { &format!("https://{text}") };
        let url = Url::parse(with_scheme).map_err(|_| NotAnAppUrl)?;
        if url.scheme() != "https" && url.scheme() != "http" {
            return Err(NotAnAppUrl);
        }
        Self::of_app_host(url.host_str().unwrap_or_default()).ok_or(NotAnAppUrl)
    }

    /// `NAME.itglue.com`, `NAME.eu.itglue.com` or `NAME.au.itglue.com`, and no other host. The
    /// host comes out of a parsed URL, so it is in lower case.
    pub(super) fn of_app_host(host: &str) -> Option<Self> {
        let name = host.strip_suffix(".itglue.com")?;
        let (name, region) = match name.rsplit_once('.') {
            Some((name, "eu")) => (name, Self::Eu),
            Some((name, "au")) => (name, Self::Au),
            Some(_) => return None,
            None => (name, Self::Us),
        };
        let reserved = ["api", "eu", "au", ""].contains(&name) || name.contains('.');
        (!reserved).then_some(region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_applications_and_a_companys_own_address_name_their_region() {
        for (text, region) in [
            ("app.itglue.com", Region::Us),
            ("https://app.itglue.com/", Region::Us),
            ("https://contoso.itglue.com/2100001/passwords/7500001#x", Region::Us),
            (" HTTPS://App.EU.ITGlue.com/account ", Region::Eu),
            ("contoso.eu.itglue.com/2100001", Region::Eu),
            ("http://app.au.itglue.com", Region::Au),
            ("my-msp.au.itglue.com", Region::Au),
        ] {
            assert_eq!(Region::from_app_url(text), Ok(region), "{text}");
        }
    }

    #[test]
    fn look_alikes_and_the_api_itself_are_refused() {
        for text in [
            "",
            "itglue.com",
            "eu.itglue.com",
            "api.itglue.com",
            "api.eu.itglue.com",
            "app.us.itglue.com",
            "a.b.eu.itglue.com",
            "app.itglue.com.evil.example",
            "evilitglue.com",
            "https://evil.example/app.itglue.com",
            "https://app.itglue.com@evil.example/",
            "ftp://app.itglue.com",
            "javascript:alert(1)//.itglue.com",
            "app.itglue.com.",
        ] {
            assert_eq!(Region::from_app_url(text), Err(NotAnAppUrl), "{text}");
        }
    }
}
