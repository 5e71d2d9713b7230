//! A finished page, read once for all who want to know of it.

use super::markup::PageLinks;
use super::scan::{Piece, pieces};
use super::search::{PageText, TextReader};

/// Reads where a page points and what it says; of its frame too if `framed`, else of its `main`.
pub fn read_page(html: &str, framed: bool) -> (PageLinks<'_>, PageText) {
    let (mut links, mut text) = (PageLinks::default(), TextReader::new(framed));
    pieces(html, |piece| {
        if let Piece::Start(tag) = &piece {
            links.read(tag);
        }
        text.read(&piece);
    });
    links.find_repeated_ids();
    (links, text.finish())
}
