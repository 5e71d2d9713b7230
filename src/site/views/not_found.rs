//! The page a server shows where there is none. It is served at any address, of any depth, so
//! nothing on it may be relative: where the site's own address is not known, it has no style sheet,
//! no menu and no links of its own.

use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// Makes the page for addresses that name nothing.
pub fn view(site: &Site) -> View {
    let title = site.words.get("not_found.title");
    let address_is_known = site.model.settings.url.is_some();
    let template = if address_is_known { "not-found.html" } else { "404.html" };
    View::new(template, Frame::new(site, Route::NotFound, title, Vec::new()), ())
}
