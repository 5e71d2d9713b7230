//! Forms (表單、附件): what evidence is on, and what duties ask for, in the words of rules and records.

use super::party::{alike, plain};
use super::{Id, Model, Table};

/// A form as a rule or a record words it.
#[derive(Clone, Debug)]
pub struct EvidenceForm {
    pub words: String,
    /// The first that was worded alike: （附件4） and (附件4) are one form.
    alike: Id<EvidenceForm>,
}

/// The table of forms, from their words in the order of their ids.
pub(super) fn forms(words: Vec<String>) -> Table<EvidenceForm> {
    let alike = alike(words.iter().map(|words| plain(words)));
    let rows = words.into_iter().zip(alike).map(|(words, alike)| EvidenceForm { words, alike });
    Table::new(rows.collect())
}

impl Model {
    /// Whether two wordings are of one form.
    pub fn same_form(&self, a: Id<EvidenceForm>, b: Id<EvidenceForm>) -> bool {
        self.forms[a].alike == self.forms[b].alike
    }

    /// The words of several forms, in their order.
    pub fn form_words(&self, forms: &[Id<EvidenceForm>]) -> Vec<String> {
        forms.iter().map(|form| self.forms[*form].words.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_white_space_make_no_other_form() {
        let words = ["案件抽查表（附件4）", "案件抽查表 (附件4)", "案件抽查表（附件5）"];
        let model = Model { forms: forms(words.map(str::to_owned).to_vec()), ..Model::default() };
        assert!(model.same_form(Id::new(0), Id::new(1)));
        assert!(!model.same_form(Id::new(1), Id::new(2)));
        assert_eq!(model.form_words(&[Id::new(1)]), ["案件抽查表 (附件4)"]);
    }
}
