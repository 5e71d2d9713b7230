//! What versions of a text are called, and how they stand.

use crate::model::{Regulation, Version};
use crate::site::Site;
use crate::time::{roc_long, roc_short};

/// What a version is called: by its day, or where that is not known by its id.
pub fn name(site: &Site, version: &Version) -> String {
    match version.amended.or(version.in_force) {
        Some(day) => site.words.say("version.dated", &[("day", &roc_long(day))]),
        None => undated(site, version),
    }
}

/// The same for tables: `112-10-23`.
pub fn short_name(site: &Site, version: &Version) -> String {
    let day = version.amended.or(version.in_force);
    day.map_or_else(|| undated(site, version), roc_short)
}

/// A version without a day; with its id where that says more.
fn undated(site: &Site, version: &Version) -> String {
    match &*version.slug {
        "undated" => site.words.get("version.undated").to_owned(),
        id => site.words.say("version.undated_named", &[("id", &id)]),
    }
}

/// How a version stands on the as-of date, in a word.
pub fn standing(site: &Site, regulation: &Regulation, version: &Version) -> &'static str {
    let as_of = site.assessment.as_of;
    match regulation.version_on(as_of) {
        _ if version.from().is_none() => "unknown",
        _ if version.is_after(as_of) => "coming",
        Some(current) if current.slug == version.slug => "current",
        Some(_) => "former",
        None => "unknown",
    }
}
