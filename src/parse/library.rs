//! What the regulations of the library are called and which duties they hold, read without a site.

use super::registers::our_kinds;
use super::visibility::Visibility;
use super::yaml::NodeKind;
use super::{Record, check, yaml};
use crate::record::regulation;
use crate::record::value::Group;
use crate::source::embedded;

/// Id and official name of every regulation of the library, sorted by id.
pub fn regulations() -> Vec<(String, String)> {
    let name = |id: &String| {
        let text = file(id, "regulation.yaml")?;
        let node = yaml::parse_ours(&text)?;
        Some(
            check::group(&node, "the regulation", regulation::REGULATION, &mut Vec::new())?
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
    let Some(node) = yaml::parse_ours(&text) else { return Vec::new() };
    let NodeKind::List(items) = &node.kind else { return Vec::new() };
    let duty = |item| check::group(item, "obligation", our_kinds().obligation, &mut Vec::new());
    items.iter().filter_map(duty).collect()
}

/// The roles and topics that the rules of the library name, as records.
pub fn roles_and_topics() -> Vec<Record> {
    ["roles", "topics"].into_iter().flat_map(records).collect()
}

/// The records of a file of the demo. They stand in no file of a site, so their places mean nothing.
fn records(plural: &str) -> Vec<Record> {
    let text = embedded::content(&format!("{plural}.yaml"));
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let node = yaml::parse_ours(&text);
    let Some((NodeKind::List(items), kind)) =
        node.map(|node| node.kind).zip(our_kinds().of_folder(plural))
    else {
        return Vec::new();
    };
    let read = |item| check::group(item, "record", kind.fields, &mut Vec::new());
    let groups = items.iter().filter_map(read);
    let visibility = Visibility::default;
    groups.map(|fields| Record { kind, fields, visibility: visibility(), answered: None }).collect()
}

fn file(id: &str, name: &str) -> Option<String> {
    let (_, bytes) = embedded::regulation(id).into_iter().find(|(found, _)| found == name)?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_topics_are_read() {
        let all = roles_and_topics();
        for kind in ["role", "topic"] {
            assert!(all.iter().any(|record| record.kind.name == kind), "{kind}");
        }
    }

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
