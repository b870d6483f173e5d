//! What a path and a method mean, if IT Glue is known to have such a route.

use crate::account::kind::{Kind, Routes};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    List,
    Show,
    Create,
    Change,
    Publish,
}

/// What it is to be done below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Under {
    Root,
    Organization(u64),
    Document(u64),
}

/// A route with its ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) deed: Deed,
    pub(crate) kind: Kind,
    pub(crate) under: Under,
    /// Zero for lists and what is new.
    pub(crate) id: u64,
}

impl Target {
    /// `None` for what IT Glue is not known to have.
    pub(crate) fn read(method: &str, path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let (under, name, rest) = match parts.as_slice() {
            ["organizations", id, "relationships", name, rest @ ..] => {
                (Under::Organization(id.parse().ok()?), *name, rest)
            }
            ["documents", id, "relationships", "sections", rest @ ..] => {
                (Under::Document(id.parse().ok()?), "sections", rest)
            }
            [name, rest @ ..] => (Under::Root, *name, rest),
            [] => return None,
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.place().path == name)?;
        let (deed, id) = match (method, rest) {
            ("GET", []) => (Deed::List, 0),
            ("GET", [id]) => (Deed::Show, id.parse().ok()?),
            ("POST", []) => (Deed::Create, 0),
            ("PATCH", [id]) => (Deed::Change, id.parse().ok()?),
            ("PATCH", [id, "publish"]) => (Deed::Publish, id.parse().ok()?),
            _ => return None,
        };
        let target = Self { deed, kind, under, id };
        target.exists().then_some(target)
    }

    fn exists(self) -> bool {
        let place = self.kind.place();
        match self.deed {
            Deed::List => self.lies_on(place.list),
            Deed::Show => self.lies_on(place.show),
            Deed::Create | Deed::Change => self.lies_on(self.written()),
            Deed::Publish => self.kind == Kind::Documents && self.lies_on(Routes::Flat),
        }
    }

    /// Where its records are made or changed.
    fn written(self) -> Routes {
        if self.kind == Kind::Sections {
            Routes::Nested
        } else if self.kind == Kind::Passwords {
            Routes::Both
        } else if self.kind != Kind::Documents {
            Routes::Missing
        } else if self.deed == Deed::Create {
            Routes::Both
        } else {
            Routes::Flat
        }
    }

    /// Sections are below documents, everything else below organizations.
    fn lies_on(self, routes: Routes) -> bool {
        let nested = matches!(routes, Routes::Nested | Routes::Both);
        match self.under {
            Under::Root => matches!(routes, Routes::Flat | Routes::Both),
            Under::Organization(_) => nested && self.kind != Kind::Sections,
            Under::Document(_) => nested && self.kind == Kind::Sections,
        }
    }

    /// Whether a query parameter is known here. Any filter is: those that the list has not are
    /// silently ignored.
    pub(crate) fn knows(self, parameter: &str) -> bool {
        let password = self.kind == Kind::Passwords;
        let included = password || self.kind == Kind::PasswordFolders;
        match (self.deed, parameter) {
            (Deed::List, "page[number]" | "page[size]" | "sort") => true,
            (Deed::List, name) if name.starts_with("filter[") => true,
            (Deed::List | Deed::Show, "include") => included,
            (Deed::Show, "show_password" | "version_id")
            | (Deed::Create | Deed::Change, "show_password") => password,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_routes_are_known() {
        let known = |method, path| Target::read(method, path).is_some();
        assert!(known("GET", "/organizations/1/relationships/passwords/2"));
        assert!(known("PATCH", "/documents/1/publish"));
        assert!(known("POST", "/documents/1/relationships/sections"));
        assert!(known("GET", "/domains"));
        assert!(!known("GET", "/domains/1"));
        assert!(!known("GET", "/documents"));
        assert!(!known("GET", "/password_folders"));
        assert!(!known("GET", "/organizations/1/relationships/flexible_assets"));
        assert!(!known("DELETE", "/passwords/1"));
        assert!(!known("POST", "/organizations"));
        assert!(!known("GET", "/passwords/x"));
    }
}
