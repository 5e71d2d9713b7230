//! What the site says, in one file per language (`templates/words/zh-Hant-TW.yaml`): texts by
//! dotted keys, with `{name}` where a value goes. No sentence for readers stands in the code.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::Term;
use crate::parse::yaml::{Node, NodeKind};
use crate::record::kinds::Kind;

/// The texts of a language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    texts: HashMap<String, String>,
}

impl Words {
    /// Takes in the texts of a file; later files win over earlier ones.
    pub fn add(&mut self, node: &Node, diagnostics: &mut Diagnostics) {
        self.add_under("", node, diagnostics);
    }

    /// Reports what a file of the site's own would say in vain: under a key that nobody asks for, or
    /// with a place that no value goes to.
    pub fn find_dead(&self, node: &Node, diagnostics: &mut Diagnostics) {
        self.find_dead_under("", node, diagnostics);
    }

    fn find_dead_under(&self, key: &str, node: &Node, diagnostics: &mut Diagnostics) {
        let places = |text: &str| -> Vec<String> {
            let parts = text.split('{').skip(1);
            parts.filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect()
        };
        let mut dead = |message: String, help: Option<String>| {
            let fault = Diagnostic::new(Code::DeadOverride, node.span, message);
            diagnostics.push(fault.help("remove it, or correct its spelling").maybe_help(help));
        };
        match (&node.kind, self.texts.get(key)) {
            (NodeKind::Scalar { text, .. }, Some(own)) => {
                let known = places(own);
                for place in places(text).iter().filter(|place| !known.contains(place)) {
                    let help = did_you_mean(place, known.iter().map(String::as_str));
                    dead(format!("no value goes to `{{{place}}}` in `{key}`"), help);
                }
            }
            (NodeKind::Scalar { .. }, None) => {
                let help = did_you_mean(key, self.texts.keys().map(String::as_str));
                dead(format!("no page asks for the text `{key}`"), help);
            }
            (NodeKind::Map(entries), _) => {
                let dot = if key.is_empty() { "" } else { "." };
                for entry in entries {
                    let key = format!("{key}{dot}{}", entry.key.value);
                    self.find_dead_under(&key, &entry.value, diagnostics);
                }
            }
            _ => {}
        }
    }

    fn add_under(&mut self, key: &str, node: &Node, diagnostics: &mut Diagnostics) {
        match &node.kind {
            NodeKind::Scalar { text, .. } => _ = self.texts.insert(key.to_owned(), text.clone()),
            NodeKind::Map(entries) => {
                for entry in entries {
                    let dot = if key.is_empty() { "" } else { "." };
                    self.add_under(
                        &format!("{key}{dot}{}", entry.key.value),
                        &entry.value,
                        diagnostics,
                    );
                }
            }
            // A file with nothing in it, or of which it is said why it cannot be read.
            NodeKind::Null if key.is_empty() => {}
            other => {
                let message = format!("`{key}` takes a text, found {}", other.name());
                diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message));
            }
        }
    }

    /// Takes in what the definition of a register calls its entries and what stands in them. Where
    /// the texts have another form of its name already, it stays.
    pub fn name_register(&mut self, kind: &Kind) {
        let Some(register) = kind.register else { return };
        let root = kind.name.replace('-', "_");
        let title = register.title.to_owned();
        let each = self.say("scope.entry", &[("title", &title)]);
        let count = self.get("plan_scope.entry").to_owned();
        for (key, text) in [
            (format!("record_of.{}", kind.name), title.clone()),
            (format!("scope.{}", kind.name), each),
            (format!("plan_scope.{}", kind.name), count),
            (format!("kept_kind.{}", kind.name), title.clone()),
            (format!("keep_what.{}", kind.plural), title.clone()),
            (format!("example.key.{}", kind.name), title.clone()),
            (format!("example.key.{}", kind.plural), title),
        ] {
            self.texts.entry(key).or_insert(text);
        }
        for (path, title) in register.fields {
            self.texts.insert(format!("reads.{root}.{path}"), (*title).to_owned());
            if register.unique == Some(path) {
                let same = self.say("reads.same", &[("name", title)]);
                let key = format!("reads.{root}.{}", register.same.unwrap_or_default());
                self.texts.entry(key).or_insert(same);
            }
        }
        for (path, title) in register.words {
            self.texts.insert(format!("choice.{root}.{path}"), (*title).to_owned());
        }
    }

    /// Takes in what the site's vocabulary calls its words.
    pub fn name_terms<'a>(&mut self, terms: impl IntoIterator<Item = &'a Term>) {
        for term in terms {
            let section = if term.section == "account-role" { "role" } else { &term.section };
            self.texts.insert(format!("{section}.{}", term.slug), term.title.clone());
        }
    }

    /// The text of `key`; the key itself if there is none, so that the gap shows.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of `key`, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of `key` with values in the places of their names.
    pub fn say(&self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut said = String::new();
        let mut rest = self.get(key);
        while let Some(open) = rest.find('{') {
            said.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            let close = after.find('}').unwrap_or(after.len());
            match values.iter().find(|(name, _)| *name == &after[..close]) {
                Some((_, value)) => said.push_str(&value.to_string()),
                None => said.push_str(&rest[open..(open + close + 2).min(rest.len())]),
            }
            rest = after.get(close + 1..).unwrap_or_default();
        }
        said + rest
    }

    /// All texts as a tree, for templates: `w.home.title`.
    pub fn tree(&self) -> serde_json::Value {
        let mut root = serde_json::Map::new();
        let sorted: BTreeMap<&String, &String> = self.texts.iter().collect();
        for (key, text) in sorted {
            let mut at = &mut root;
            let mut parts = key.split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    at.insert(part.to_owned(), text.clone().into());
                } else {
                    let inner = at
                        .entry(part)
                        .or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
                    match inner {
                        serde_json::Value::Object(map) => at = map,
                        _ => break,
                    }
                }
            }
        }
        serde_json::Value::Object(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_values_in_their_places() {
        let words =
            Words { texts: [("a.b".to_owned(), "逾期 {days} 日（{x}）".to_owned())].into() };
        assert_eq!(words.say("a.b", &[("days", &3)]), "逾期 3 日（{x}）");
        assert_eq!(words.get("no.such"), "no.such");
        assert_eq!(words.tree()["a"]["b"], "逾期 {days} 日（{x}）");
    }
}
