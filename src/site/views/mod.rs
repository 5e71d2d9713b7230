//! What each kind of page shows: one file per kind, one view struct per template, same name.
//! Views hold words, figures and finished addresses; templates choose tags and order.

mod frame;
mod occurrence;
mod parts;

use serde::Serialize;

use super::Site;
use super::route::Route;
pub use frame::Frame;

/// A page's template and what it is given.
pub struct View {
    /// The template's name, such as `occurrence.html`.
    pub template: &'static str,
    /// What every page has: `page` in the template.
    pub frame: Frame,
    /// What this page is about: `view` in the template.
    pub subject: Box<dyn erased_serde::Serialize>,
}

impl View {
    fn new(template: &'static str, frame: Frame, subject: impl Serialize + 'static) -> Self {
        Self { template, frame, subject: Box::new(subject) }
    }
}

/// Makes the view of a page.
pub fn view(site: &Site, route: Route) -> View {
    match route {
        Route::Occurrence(id) => occurrence::view(site, id),
        _ => View::new("404.html", Frame::new(site, route, "…", Vec::new()), ()),
    }
}
