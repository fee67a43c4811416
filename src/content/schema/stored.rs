//! Words of fixed lists, given back from where they were stored as what they were.

use serde::{Deserialize, Deserializer};

use super::{CORRECTION_KINDS, KINDS, Listed, POLICIES, REASONS};

/// The kind of an article that was stored, as the one of [`KINDS`].
pub(in crate::content) fn kind<'de, D: Deserializer<'de>>(
    stored: D,
) -> Result<Option<&'static str>, D::Error> {
    let kind = Option::<String>::deserialize(stored)?;
    kind.map(|kind| one_of(KINDS, &kind)).transpose()
}

/// The kind of a correction that was stored, as the one of [`CORRECTION_KINDS`].
pub(in crate::content) fn correction_kind<'de, D: Deserializer<'de>>(
    stored: D,
) -> Result<Listed, D::Error> {
    one_of(CORRECTION_KINDS, &String::deserialize(stored)?)
}

/// The class of reason of a removal that was stored, as the one of [`REASONS`].
pub(in crate::content) fn reason<'de, D: Deserializer<'de>>(stored: D) -> Result<Listed, D::Error> {
    one_of(REASONS, &String::deserialize(stored)?)
}

/// The policy of a page that was stored, as the one of [`POLICIES`].
pub(in crate::content) fn policy<'de, D: Deserializer<'de>>(
    stored: D,
) -> Result<Option<&'static str>, D::Error> {
    let policy = Option::<String>::deserialize(stored)?;
    policy.map(|policy| one_of(POLICIES, &policy)).transpose()
}

fn one_of<E: serde::de::Error>(
    known: &'static [&'static str],
    stored: &str,
) -> Result<&'static str, E> {
    let found = known.iter().find(|known| **known == stored);
    found.copied().ok_or_else(|| E::custom("no such kind"))
}
