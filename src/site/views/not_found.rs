//! The page a server shows where there is none. It is served at any address, of any depth, so
//! nothing on it may be relative: it has no style sheet, no menu and no links of its own.

use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// Makes the page for addresses that name nothing.
pub fn view(site: &Site) -> View {
    let title = site.words.get("not_found.title");
    View::new("404.html", Frame::new(site, Route::NotFound, title, Vec::new()), ())
}
