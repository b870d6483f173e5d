//! The JSON:API envelope, as far as it is used. `links` is never looked at.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de};

use crate::Resource;

/// The answer to a show.
#[derive(Deserialize)]
pub(crate) struct One<T> {
    pub(crate) data: T,
}

/// A page of a list.
#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
pub(crate) struct Many<T> {
    pub(crate) data: Vec<T>,
    pub(crate) meta: Meta,
}

/// A list without it cannot be told from a cut one, so it is required.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Meta {
    pub(crate) current_page: u64,
    #[serde(deserialize_with = "required_or_null")]
    pub(crate) next_page: Option<u64>,
    #[serde(default)]
    pub(crate) total_pages: Option<u64>,
    pub(crate) total_count: u64,
}

/// `null` is the end of a list; an absent member is a malformed answer.
fn required_or_null<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u64>, D::Error> {
    Option::deserialize(input)
}

/// The `type` of a row, which must be the resource's own.
pub(crate) struct TypeName<R>(PhantomData<R>);

impl<'de, R: Resource> Deserialize<'de> for TypeName<R> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_str(Expected(PhantomData::<R>))
    }
}

struct Expected<R>(PhantomData<R>);

impl<R: Resource> de::Visitor<'_> for Expected<R> {
    type Value = TypeName<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(R::TYPE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<TypeName<R>, E> {
        if text == R::TYPE {
            return Ok(TypeName(PhantomData));
        }
        Err(E::invalid_value(de::Unexpected::Other("another type"), &self))
    }
}
