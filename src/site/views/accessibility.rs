//! The accessibility statement: the standard, what was done, how it is tested, what is missing.

use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// Makes the statement. What differs from site to site stands in the frame and the settings.
pub fn view(site: &Site) -> View {
    let title = site.words.get("accessibility.title");
    let mark = site.model.settings.appearance.mark.as_ref().map(|mark| mark.title.clone());
    View::new(
        "accessibility.html",
        Frame::new(site, Route::Accessibility, title, Vec::new()),
        serde_json::json!({ "mark": mark }),
    )
}
