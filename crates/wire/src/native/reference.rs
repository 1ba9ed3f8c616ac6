use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};
use ts_rs::TS;

/// A client's own name for one of its frames: a number up to 2^53 or a string of at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, TS)]
#[ts(untagged)]
pub enum Ref {
    /// A number.
    Number(#[ts(type = "number")] u64),
    /// A string.
    Text(Box<str>),
}

/// The largest number that every JSON implementation keeps exactly (RFC 8259, section 6).
const LARGEST_NUMBER: u64 = 1 << 53;

impl Serialize for Ref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RefVisitor;

        impl Visitor<'_> for RefVisitor {
            type Value = Ref;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a ref: a number from 0 to 2^53 or a string of at most 64 characters")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Ref, E> {
                if number > LARGEST_NUMBER {
                    return Err(E::invalid_value(serde::de::Unexpected::Unsigned(number), &self));
                }
                Ok(Ref::Number(number))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Ref, E> {
                if text.chars().count() > 64 {
                    return Err(E::invalid_length(text.chars().count(), &self));
                }
                Ok(Ref::Text(text.into()))
            }
        }

        deserializer.deserialize_any(RefVisitor)
    }
}
