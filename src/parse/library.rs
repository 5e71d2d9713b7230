//! What the regulations of the library are called and which duties they hold, read without a site.

use super::yaml::NodeKind;
use super::{check, yaml};
use crate::record::rule;
use crate::record::value::Group;
use crate::source::{FileId, embedded};

/// Id and official name of every regulation of the library, sorted by id.
pub fn regulations() -> Vec<(String, String)> {
    let name = |id: &String| {
        let text = file(id, "regulation.yaml")?;
        let node = yaml::parse(FileId(0), &text, &mut Vec::new())?;
        Some(
            check::group(&node, "the regulation", rule::REGULATION, &mut Vec::new())?
                .string("name"),
        )
    };
    let named = |id: String| {
        let name = name(&id).unwrap_or_else(|| id.clone());
        (id, name)
    };
    embedded::regulation_ids().into_iter().map(named).collect()
}

/// The duties of a regulation of the library, in the author's order.
pub fn duties(id: &str) -> Vec<Group> {
    let Some(text) = file(id, "obligations.yaml") else { return Vec::new() };
    let Some(node) = yaml::parse(FileId(0), &text, &mut Vec::new()) else { return Vec::new() };
    let NodeKind::List(items) = &node.kind else { return Vec::new() };
    let duty = |item| check::group(item, "obligation", rule::OBLIGATION, &mut Vec::new());
    items.iter().filter_map(duty).collect()
}

fn file(id: &str, name: &str) -> Option<String> {
    let (_, bytes) = embedded::regulation(id).into_iter().find(|(found, _)| found == name)?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_regulation_has_a_name_and_duties() {
        let all = regulations();
        assert!(all.len() >= 5);
        for (id, name) in all {
            assert_ne!(id, name);
            assert!(!duties(&id).is_empty(), "{id}");
        }
    }
}
