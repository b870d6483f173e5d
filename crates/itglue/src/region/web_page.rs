//! Pages of IT Glue's web application, for a person's browser. Nothing here is ever fetched.

use reqwest::Url;

use super::Region;
use crate::{OrganizationId, PasswordId};

/// A page at a region's own `itglue.com` hosts, over https.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebPage(Url);

impl WebPage {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Region {
    /// Takes an address that an answer named (such as a record's `resource-url`) for a page of
    /// this region, if it is one: https, the usual port, no user, and exactly this region's host
    /// for applications. Anything else is `None`.
    #[must_use]
    pub fn web_page(self, address: &str) -> Option<WebPage> {
        let url = Url::parse(address).ok()?;
        let plain = url.scheme() == "https"
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let here = Self::of_app_host(url.host_str()?) == Some(self);
        (plain && here).then_some(WebPage(url))
    }

    /// Where a person signs in to an account of this region.
    #[must_use]
    pub fn account_page(self) -> Option<WebPage> {
        self.web_page(self.app_url())
    }

    /// An organization's page.
    #[must_use]
    pub fn organization_page(self, organization: OrganizationId) -> Option<WebPage> {
        self.web_page(&format!("{}{organization}", self.app_url()))
    }

    /// A password's page.
    #[must_use]
    pub fn password_page(
        self,
        organization: OrganizationId,
        password: PasswordId,
    ) -> Option<WebPage> {
        self.web_page(&format!("{}{organization}/passwords/{password}", self.app_url()))
    }
}

impl Region {
    /// A password's page as its record names it (there it has the company's own host), if it is
    /// that password's page and nothing else; else the page as it is built here.
    #[must_use]
    pub fn page_of_password(
        self,
        named: Option<&str>,
        organization: OrganizationId,
        password: PasswordId,
    ) -> Option<WebPage> {
        let path = format!("/{organization}/passwords/{password}");
        let is_it = |page: &WebPage| {
            page.0.path() == path && page.0.query().is_none() && page.0.fragment().is_none()
        };
        let named = named.and_then(|address| self.web_page(address)).filter(is_it);
        named.or_else(|| self.password_page(organization, password))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_at_the_regions_own_hosts() {
        let page = |region: Region, address: &str| region.web_page(address).is_some();
        assert!(page(Region::Us, "https://contoso.itglue.com/2100001/passwords/7"));
        assert!(page(Region::Eu, "https://contoso.eu.itglue.com/1"));
        assert!(!page(Region::Us, "https://contoso.eu.itglue.com/1"), "another region");
        for address in [
            "http://contoso.itglue.com/",
            "https://contoso.itglue.com:8443/",
            "https://me@contoso.itglue.com/",
            "https://contoso.itglue.com.evil.example/",
            "https://api.itglue.com/passwords/1",
            "//contoso.itglue.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert!(!page(Region::Us, address), "{address}");
        }
    }

    #[test]
    fn every_region_has_its_pages() {
        let (organization, password) = (OrganizationId::new(21), PasswordId::new(75));
        for region in Region::ALL {
            let url = region.app_url();
            assert_eq!(region.account_page().unwrap().as_str(), url);
            let page = region.password_page(organization, password).unwrap();
            assert_eq!(page.as_str(), format!("{url}21/passwords/75"));
            assert_eq!(
                region.organization_page(organization).unwrap().as_str(),
                format!("{url}21")
            );
        }
    }

    #[test]
    fn a_record_names_its_own_page_or_none() {
        let (organization, password) = (OrganizationId::new(21), PasswordId::new(75));
        let page = |named| {
            let page = Region::Us.page_of_password(Some(named), organization, password);
            page.unwrap().as_str().to_owned()
        };
        let own = "https://contoso.itglue.com/21/passwords/75";
        assert_eq!(page(own), own);
        for other in [
            "https://contoso.itglue.com/21/passwords/76",
            "https://contoso.itglue.com/21/passwords/75?then=x",
            "https://contoso.itglue.com/21/passwords/75#x",
            "https://contoso.itglue.com/logout",
            "https://contoso.eu.itglue.com/21/passwords/75",
            "https://evil.example/21/passwords/75",
        ] {
            assert_eq!(page(other), "https://app.itglue.com/21/passwords/75", "{other}");
        }
    }
}
