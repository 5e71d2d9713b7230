//! The page at an address that moved: it leads on to the one that took its place.

use super::{Frame, View};
use crate::site::Site;
use crate::site::route::{Route, percent_encoded, relative};

/// Makes the page at the old address.
pub fn view(site: &Site, at: usize) -> View {
    let alias = &site.model.settings.aliases[at];
    let title = site.words.get("moved.title");
    let mut frame = Frame::new(site, Route::Moved(at), title, Vec::new());
    frame.disambiguator = Some(alias.from.clone());
    let to = relative(&alias.from, &percent_encoded(&alias.to));
    View::new("moved.html", frame, serde_json::json!({"href": to, "text": alias.to}))
}
