//! Finds what must not be published of persons: numbers of identity cards and residence
//! certificates, telephone numbers, e-mail and street addresses, birth dates, household numbers.
//! Takes a text, gives places and masked forms. A pure function of the text: it reports nothing
//! and knows no file. Disguises do not help: full-width and Chinese digits, spaces, hyphens, line
//! ends, characters nobody sees, letters of other alphabets, tags, entities and marks of emphasis
//! in the middle are read as what they look like.
//!
//! The four last digits are masked, as 國發會 asks (103-12-31 發資字第1031501471號).

mod contact;
mod fold;
mod look;
mod markup;
mod number;
mod person;

use std::borrow::Cow;
use std::ops::Range;

use fold::Folded;
pub use number::is_valid as is_valid_number;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 國民身分證統一編號 or 統一證號 (old or new) whose check digit is right.
    Identity,
    /// The form of one, with a check digit that is wrong: a slip of the pen, or another number.
    IdentityLike,
    Mobile,
    Telephone,
    Mail,
    /// 路、街、巷、弄、號.
    Address,
    Birthday,
    /// 戶號.
    Household,
}

/// Something personal in a text, with its place (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub place: Range<usize>,
    /// The characters a mask covers, in order: places in the same text.
    hidden: Vec<Range<usize>>,
}

impl Kind {
    /// What it is, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Identity => "a national ID or residence certificate number",
            Kind::IdentityLike => {
                "what looks like a national ID number, though its check digit is wrong"
            }
            Kind::Mobile => "a mobile number",
            Kind::Telephone => "a telephone number",
            Kind::Mail => "an e-mail address",
            Kind::Address => "a street address",
            Kind::Birthday => "a date of birth",
            Kind::Household => "a household number",
        }
    }

    /// Whether it is a number of identity beyond doubt: its check digit is right.
    pub fn is_certain(self) -> bool {
        self == Kind::Identity
    }

    /// Whether it names a person beyond doubt, and may never be published in full.
    pub fn is_identity(self) -> bool {
        matches!(self, Kind::Identity | Kind::IdentityLike)
    }
}

/// Everything personal in `text`, in the order of its places; no two overlap.
pub fn find(text: &str) -> Vec<Found> {
    find_after("", text)
}

/// As [`find`], for a text that stands behind words that say what it is, such as its key: a number
/// under `電話` is a telephone number. Places are those of `text`.
pub fn find_after(before: &str, text: &str) -> Vec<Found> {
    if !may_hold(text) {
        return Vec::new();
    }
    let mut found = find_in(&Folded::new(before, text));
    if markup::is_in(text) {
        // Once more as a page would show it: `02-<b>2345</b>-6789`, `0912&#45;345678`.
        found.extend(find_in(&Folded::of_markup(before, text)));
    }
    // The surest and longest first; what overlaps it is the same thing seen twice.
    found.sort_by_key(|one| (one.kind, one.place.start));
    let mut kept: Vec<Found> = Vec::new();
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for one in found {
        let before = taken.range(..one.place.end).next_back();
        if before.is_none_or(|(_, end)| *end <= one.place.start) {
            taken.insert(one.place.start, one.place.end);
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.place.start);
    kept
}

fn find_in(folded: &Folded) -> Vec<Found> {
    let mut found = number::find(folded);
    found.extend(contact::find(folded));
    found.extend(person::find(folded));
    found
}

/// Whether a look is worth the while: nothing personal is without a digit or an `@`, be it an
/// entity.
fn may_hold(text: &str) -> bool {
    let telling = |b: u8| b.is_ascii_digit() || matches!(b, b'@' | b'&' | b'%') || !b.is_ascii();
    text.len() >= 5 && text.bytes().any(telling)
}

/// The text with everything personal masked: `A12345****`. Bytes and characters stay as many as
/// they were, so that places in the text stay right.
pub fn mask(text: &str) -> Cow<'_, str> {
    masked(text, &find(text), |_| true)
}

/// The text with those of `found` masked that are `wanted`.
pub fn masked<'a>(text: &'a str, found: &[Found], wanted: impl Fn(Kind) -> bool) -> Cow<'a, str> {
    let covered: Vec<&Range<usize>> =
        found.iter().filter(|one| wanted(one.kind)).flat_map(|one| &one.hidden).collect();
    if covered.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for place in covered {
        shown.push_str(&text[at..place.start]);
        // As long as what it covers: a wide mark for a wide character, or one for each byte.
        if place.len() == 3 && !text.as_bytes()[place.start].is_ascii() {
            shown.push('＊');
        } else {
            shown.extend(std::iter::repeat_n('*', place.len()));
        }
        at = place.end;
    }
    shown.push_str(&text[at..]);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests;
