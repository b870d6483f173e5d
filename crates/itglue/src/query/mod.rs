//! What can be asked of a list: filters and orders, as the API documents them for each resource.

mod dates;
mod text;

pub use dates::DateRange;
pub use text::{FilterText, OneOf};

/// A filter of one resource's list.
pub trait Filter {
    /// The query parameter, such as `filter[name]`, and its value; `None` if no row can pass.
    fn parameter(&self) -> Option<(&'static str, String)>;
}

/// An order of one resource's list.
pub trait Sort: Copy {
    /// The attribute, in the spelling that is documented for this list.
    fn attribute(self) -> &'static str;
}

/// Declares the filters of a resource.
macro_rules! filters {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident($value:ty) = $wire:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_doc])* $variant($value),)* }

        impl $crate::query::Filter for $name {
            fn parameter(&self) -> Option<(&'static str, String)> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::query::FilterText::text(value).map(|text| ($wire, text))
                    })*
                }
            }
        }

        impl $name {
            /// The query parameters of all these filters.
            pub const PARAMETERS: &[&str] = &[$($wire),*];
        }
    };
}

/// Declares the orders of a resource.
macro_rules! sorts {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $wire:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $crate::query::Sort for $name {
            fn attribute(self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }
        }

        impl $name {
            /// The attributes of all these orders.
            pub const ATTRIBUTES: &[&str] = &[$($wire),*];
        }
    };
}

pub(crate) use {filters, sorts};
