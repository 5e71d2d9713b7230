//! The warning of a page that is old: prepared when the page is made, shown by the script when the
//! reader's day is too far from the as-of date.

use serde::Serialize;

use crate::site::Site;
use crate::time::roc_long;

/// What an old page says.
#[derive(Debug, Serialize)]
pub struct Stale {
    /// The last age in days at which nothing is said.
    pub days: u32,
    pub text: String,
}

impl Stale {
    /// The warning of a site's pages. A demo that stands still on a day says so in its head; it
    /// would be old for ever, and a warning that is always there teaches to overlook it. Any other
    /// site is warned of, even if its day is fixed: somebody may have forgotten that it is.
    pub fn of(site: &Site) -> Option<Self> {
        let settings = &site.model.settings;
        if settings.demo && settings.as_of == Some(site.assessment.as_of) {
            return None;
        }
        let (as_of, days) = (roc_long(site.assessment.as_of), settings.stale_days);
        let text = site.words.say("stale.text", &[("as_of", &as_of), ("days", &days)]);
        Some(Self { days, text })
    }
}
