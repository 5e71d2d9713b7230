//! The tests of a site as examples for readers: each with the duty it is of, in the order they are
//! written. One that cannot be read is left out; running them is what reports it.

use std::collections::BTreeMap;

use super::ask::{Trial, read};
use crate::model::{Id, Model, Obligation};
use crate::parse::Parsed;
use crate::parse::yaml::{Node, NodeKind};

/// A test with what its case gives.
#[derive(Debug)]
pub struct Example {
    pub trial: Trial,
    pub given: Option<Written>,
}

/// What stands in a file, without its places: texts, lists and mappings in the author's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Nothing,
    Text(String),
    List(Vec<Written>),
    Map(Vec<(String, Written)>),
}

impl Written {
    fn new(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Null => Self::Nothing,
            NodeKind::Scalar { text, .. } => Self::Text(text.clone()),
            NodeKind::List(items) => Self::List(items.iter().map(Self::new).collect()),
            NodeKind::Map(entries) => Self::Map(
                entries
                    .iter()
                    .map(|entry| (entry.key.value.clone(), Self::new(&entry.value)))
                    .collect(),
            ),
        }
    }
}

/// The tests of each duty.
pub fn examples(parsed: &Parsed, model: &Model) -> BTreeMap<Id<Obligation>, Vec<Example>> {
    let mut examples: BTreeMap<Id<Obligation>, Vec<Example>> = BTreeMap::new();
    for regulation in &parsed.regulations {
        let Some(id) = model.regulations.find(&regulation.slug) else { continue };
        let duties = &model.regulations[id].obligations;
        for trial in &regulation.trials {
            let Some(trial) = read(&regulation.slug, trial, &mut Vec::new()) else { continue };
            let duty = duties.iter().find(|duty| model.obligations[**duty].slug == trial.duty);
            // One that only says which changes of the rule change nothing shows nothing.
            if let Some(duty) = duty.filter(|_| !trial.asks.is_empty()) {
                let given = trial.given.as_ref().map(Written::new);
                examples.entry(*duty).or_default().push(Example { trial, given });
            }
        }
    }
    examples
}
