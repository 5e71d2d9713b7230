//! What a kind of records is: its name, its folder and the table of its fields; of a register also
//! what its keys mean to the program. The tables themselves stand in [`kinds`](super::kinds).

use super::schema::{Field, Shape, optional, required};

/// A kind of record.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Singular, as in messages and in [`Shape::Ref`].
    pub name: &'static str,
    /// The folder under `content/`.
    pub plural: &'static str,
    /// One line for the record reference.
    pub doc: &'static str,
    /// Of kinds whose records are entries of a register: duties may be laid on each, and rules ask
    /// what stands in them. Such a kind is its definition alone.
    pub register: Option<Register>,
    pub fields: &'static [Field],
}

impl Kind {
    /// Whether a record may say that its papers were destroyed, and when.
    pub fn records_destruction(&self) -> bool {
        let destroyed = self.fields.iter().find(|field| field.key == "destroyed");
        destroyed.is_some_and(|field| match field.shape {
            Shape::Group(fields) => fields.iter().any(|field| field.key == "on"),
            _ => false,
        })
    }
}

/// Which keys of a register say what the program must know of every entry, and what pages call what
/// stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// What pages call an entry.
    pub title: &'static str,
    /// From when on it is there.
    pub since: &'static str,
    /// The last day it was there.
    pub ended: &'static str,
    /// What no two entries of a system should share.
    pub unique: Option<&'static str>,
    /// The name by which conditions know how many others share it: `same_…`.
    pub same: Option<&'static str>,
    /// What people call an entry; its id where there is no such key.
    pub named: Option<&'static str>,
    /// Whether what must stand in it is asked after it ended, too.
    pub is_act: bool,
    /// What pages call each field, by its dotted key; and each word of one, by `KEY.WORD`.
    pub fields: &'static [(&'static str, &'static str)],
    pub words: &'static [(&'static str, &'static str)],
}

/// What every record has, or may have.
pub(super) const NOTE: Field =
    optional("note", Shape::Text, "a remark, shown on the record's page");
pub(super) const ATTRIBUTES: Field =
    optional("attributes", Shape::Attributes, "further values by names of the author's choosing");
pub(super) const ID: Field = required("id", Shape::Id, "permanent address of the record");
