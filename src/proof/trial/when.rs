//! When an act or event of a test was, written in one word: its day, or its time, which says the day too.

use super::node::{Maker, text};
use crate::parse::yaml::Node;
use crate::time::Instant;

/// The keys that one word stands for. `day` is the key of the day.
pub(super) fn when(kind: &str, day: &'static str, node: &Node) -> Vec<(&'static str, Node)> {
    let time = match kind {
        "event" | "answer" => "at",
        "audit" => "done_at",
        "submission" => "sent_at",
        "finding" => "found_at",
        _ => return vec![(day, node.clone())],
    };
    match text(node).and_then(|text| Instant::parse(text).ok()) {
        Some(at) => {
            let on = Maker(node.span).text(at.day().to_string());
            vec![(day, on), (time, node.clone())]
        }
        None => vec![(day, node.clone())],
    }
}
