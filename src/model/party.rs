//! Parties (會同、核閱、知會、函送之對象): whom rules and records name in words, and which roles those mean.

use std::collections::HashMap;
use std::hash::Hash;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::{Id, Model, Role, Table};

/// A party as a rule, a record or a role words it.
#[derive(Clone, Debug)]
pub struct Party {
    pub words: String,
    /// The first that was worded alike, but for widths and white space.
    alike: Id<Party>,
    /// The roles whose title or `parties` it is, in order.
    pub roles: Vec<Id<Role>>,
}

/// Words with their widths made equal and without white space: （附件4） and (附件4) are one.
pub fn plain(words: &str) -> String {
    let seen = |c: &char| !c.is_whitespace();
    match is_nfkc_quick(words.chars()) {
        IsNormalized::Yes => words.chars().filter(seen).collect(),
        IsNormalized::No | IsNormalized::Maybe => words.nfkc().filter(seen).collect(),
    }
}

/// For each of some plain words the first row with the same.
pub(super) fn alike<T, W: Eq + Hash>(plains: impl IntoIterator<Item = W>) -> Vec<Id<T>> {
    let mut first: HashMap<W, Id<T>> = HashMap::new();
    let of = |(at, plain): (usize, W)| *first.entry(plain).or_insert(Id::new(at));
    plains.into_iter().enumerate().map(of).collect()
}

/// The table of parties, from their words in the order of their ids, and the roles that words mean.
pub(super) fn parties(words: Vec<String>, roles: &Table<Role>) -> Table<Party> {
    let plains: Vec<String> = words.iter().map(|words| plain(words)).collect();
    let mut meant: HashMap<String, Vec<Id<Role>>> = HashMap::new();
    for (id, role) in roles.iter() {
        let own = role.parties.iter().map(|party| plains[party.index()].clone());
        for words in own.chain([plain(&role.title)]) {
            let roles = meant.entry(words).or_default();
            if roles.last() != Some(&id) {
                roles.push(id);
            }
        }
    }
    let rows = words.into_iter().zip(alike(&plains)).zip(&plains);
    let rows = rows.map(|((words, alike), plain)| Party {
        words,
        alike,
        roles: meant.get(plain).cloned().unwrap_or_default(),
    });
    Table::new(rows.collect())
}

impl Model {
    /// Whether two wordings are of one party: the same words, or words of one role.
    pub fn same_party(&self, a: Id<Party>, b: Id<Party>) -> bool {
        let (a, b) = (&self.parties[a], &self.parties[b]);
        a.alike == b.alike || a.roles.iter().any(|role| b.roles.contains(role))
    }

    /// The words of several parties, in their order.
    pub fn party_words(&self, parties: &[Id<Party>]) -> Vec<String> {
        parties.iter().map(|party| self.parties[*party].words.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Reach, Role};
    use crate::record::value::Group;
    use crate::source::{FileId, Span};

    #[test]
    fn a_party_is_the_same_by_its_words_or_by_a_role() {
        let words = ["政風室", "政風 室", "政風人員", "資訊室"].map(str::to_owned).to_vec();
        let span = Span::start_of(FileId(0));
        let role = Role {
            slug: "ethics".to_owned(),
            name: Id::new(0),
            title: "政風人員".to_owned(),
            order: 1,
            reach: Reach::Agency,
            parties: vec![Id::new(0)],
            may_waive: false,
            note: None,
            fields: Arc::new(Group { span, entries: Vec::new(), broken: Vec::new() }),
        };
        let roles = Table::new(vec![role]);
        let model = Model { parties: parties(words, &roles), roles, ..Model::default() };
        let same = |a, b| model.same_party(Id::new(a), Id::new(b));
        assert!(same(0, 1), "widths and white space");
        assert!(same(1, 2), "both mean one role, by its words and by its title");
        assert!(!same(0, 3));
        assert!(model.parties[Id::new(3)].roles.is_empty());
    }
}
