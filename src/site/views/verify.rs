//! The page on which a reader holds the site, or a copy of it, against its manifest.

use super::parts::{Link, PageCtx};
use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// What is at hand to check with, from the root of the site.
const FILES: [&str; 4] =
    ["manifest.json", "manifest.sha256", "verify.py", "data/receipts.schema.json"];

/// Makes the page. The manifest covers it, so the manifest's own hash cannot stand on it: the script
/// reads the two files and shows it.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Verify);
    let files: Vec<Link> = FILES
        .iter()
        .map(|path| Link { href: here.file_href(path), text: (*path).to_owned() })
        .collect();
    let title = site.words.get("verify.title");
    let frame = Frame::new(site, Route::Verify, title, Vec::new());
    View::new("verify.html", frame, serde_json::json!({ "files": files }))
}
