//! The dictionary of `resolve`: which id an authored name stands for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::condition::Terms;
use super::interned::Interned;
use super::person::People;
use super::{
    Agency, AnswerKind, Course, Entry, EventKind, EvidenceForm, Grade, GradeName, Id, Manner,
    Obligation, PaperItem, Party, RoleName, Scope, ScopeKind, Unit,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::kinds::{Kind, Kinds};
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Group, Value};
use crate::source::{Span, Spanned};

/// Rows of every kind by their slugs, and what is needed to judge a reference.
#[derive(Default)]
pub struct Names {
    /// The kinds of records there are.
    pub site_kinds: &'static Kinds,
    kinds: BTreeMap<&'static str, HashMap<String, usize>>,
    /// Scopes of obligations, by row, to know what a record's `scope` names.
    pub scopes: Vec<ScopeKind>,
    /// Whether an obligation is one of each day, by row: the day a record answers is a period of it.
    pub daily: Vec<bool>,
    /// Words the site adds, by section of the vocabulary.
    pub terms: Terms,
    /// The agency of each record that has one, by kind and row.
    pub homes: BTreeMap<&'static str, Vec<Option<Id<Agency>>>>,
    /// Whoever a record names.
    pub people: People,
    /// What happened and what was done about it, as records and rules name it.
    pub(super) event_kinds: Interned<EventKind>,
    pub(super) answer_kinds: Interned<AnswerKind>,
    /// The words of parties.
    pub(super) party_words: Interned<String>,
    /// The words of forms.
    pub(super) forms: Interned<String>,
    /// The words of items that stand in papers.
    pub(super) items: Interned<String>,
    /// The words of manners.
    pub(super) manners: Interned<String>,
    pub(super) courses: Interned<Course>,
    pub(super) grade_names: Interned<GradeName>,
    /// The words of roles.
    pub(super) role_words: Interned<String>,
    /// Which grade each grade of the site's own weighs as.
    pub grades: BTreeMap<String, String>,
    /// Kinds with unread records: a name not found among them is not reported.
    pub broken: BTreeSet<&'static str>,
}

/// A kind of thing that names are looked up in.
pub trait Kinded {
    /// The singular of [`Kinds`], or `regulation`, `obligation`.
    const KIND: &'static str;
}

impl Names {
    /// Enters the slugs of a kind, in the order of its table.
    pub fn enter(&mut self, kind: &'static str, slugs: impl IntoIterator<Item = String>) {
        let rows = slugs.into_iter().enumerate().map(|(row, slug)| (slug, row)).collect();
        self.kinds.insert(kind, rows);
    }

    /// How many rows of a kind have names.
    pub fn count(&self, kind: &str) -> usize {
        self.kinds.get(kind).map_or(0, HashMap::len)
    }

    /// Enters the agency of each row of a kind: its own, or that of its unit. Units come first.
    pub fn enter_homes(&mut self, kind: &'static str, rows: &[(String, &Group)]) {
        let silent = &mut Vec::new();
        let of = |fields: &Group, silent: &mut Diagnostics| {
            let unit = |names: &Self, silent: &mut Diagnostics| {
                names.home(names.get::<Unit>(fields, "unit", silent)?)
            };
            self.get(fields, "agency", silent).or_else(|| unit(self, silent))
        };
        let homes = rows.iter().map(|(_, fields)| of(fields, silent)).collect();
        self.homes.insert(kind, homes);
    }

    /// The agency that a row of a kind belongs to.
    pub fn home<T: Kinded>(&self, id: Id<T>) -> Option<Id<Agency>> {
        self.homes.get(T::KIND)?.get(id.index()).copied().flatten()
    }

    /// The agency that answers for a scope.
    pub fn home_of(&self, scope: Scope) -> Option<Id<Agency>> {
        match scope {
            Scope::Agency(id) => Some(id),
            Scope::Unit(id) => self.home(id),
            Scope::System(id) => self.home(id),
            Scope::Account(id) => self.home(id),
            Scope::Post(id) => self.home(id),
            Scope::Contractor(id) => self.home(id),
            Scope::Entry(id) => {
                let registers = self.site_kinds.registers();
                let registers = registers.filter_map(|kind| self.homes.get(kind.name));
                registers.flatten().nth(id.index()).copied().flatten()
            }
        }
    }

    /// The id a name stands for; reports a name that stands for nothing.
    pub fn find<T: Kinded>(&self, name: Spanned<&str>, report: &mut Diagnostics) -> Option<Id<T>> {
        self.row(T::KIND, name, report).map(Id::new)
    }

    /// The id under `key`, reported if it stands for nothing; `None` also if it is not written.
    pub fn get<T: Kinded>(
        &self,
        group: &Group,
        key: &str,
        report: &mut Diagnostics,
    ) -> Option<Id<T>> {
        self.find(group.text(key)?, report)
    }

    /// The kind of event of a word.
    pub fn event_kind(&self, word: &str) -> Id<EventKind> {
        self.event_kinds.id(EventKind { slug: word.to_owned() })
    }

    /// The kind of answer to an event of a word.
    pub fn answer_kind(&self, word: &str) -> Id<AnswerKind> {
        self.answer_kinds.id(AnswerKind { slug: word.to_owned() })
    }

    /// The role that a word names.
    pub fn role_name(&self, word: &str) -> Id<RoleName> {
        self.role_words.id(word.to_owned())
    }

    /// The roles of the list under `key`.
    pub fn role_names(&self, group: &Group, key: &str) -> Vec<Id<RoleName>> {
        group.texts(key).map(|word| self.role_name(word.value)).collect()
    }

    /// The party that words name.
    pub fn party(&self, words: &str) -> Id<Party> {
        self.party_words.id(words.to_owned())
    }

    /// The party under `key`, if one is written.
    pub fn maybe_party(&self, group: &Group, key: &str) -> Option<Id<Party>> {
        group.text(key).map(|words| self.party(words.value))
    }

    /// The parties of the list under `key`.
    pub fn parties(&self, group: &Group, key: &str) -> Vec<Id<Party>> {
        group.texts(key).map(|words| self.party(words.value)).collect()
    }

    /// The form that words name.
    pub fn form(&self, words: &str) -> Id<EvidenceForm> {
        self.forms.id(words.to_owned())
    }

    /// The items that the texts under a key name.
    pub fn items(&self, fields: &Group, key: &str) -> Vec<Id<PaperItem>> {
        fields.texts(key).map(|item| self.items.id(item.value.to_owned())).collect()
    }

    /// What an act's record says stands in its paper; `None` where it says nothing of it.
    pub fn contents(&self, fields: &Group) -> Option<Vec<Id<PaperItem>>> {
        fields.get("contains").map(|_| self.items(fields, "contains"))
    }

    /// The manner that words name.
    pub fn manner(&self, words: &str) -> Id<Manner> {
        self.manners.id(words.to_owned())
    }

    /// In what manner an act was done, if its record says so.
    pub fn maybe_manner(&self, fields: &Group) -> Option<Id<Manner>> {
        fields.text("manner").map(|words| self.manner(words.value))
    }

    /// The kind of course of a word.
    pub fn course(&self, word: &str) -> Id<Course> {
        self.courses.id(Course { slug: word.to_owned() })
    }

    /// The grade that a word names.
    pub fn grade_name(&self, word: &str) -> Id<GradeName> {
        self.grade_names.id(GradeName { slug: word.to_owned(), own: Grade::from_word(word) })
    }

    /// The ids of the list under `key`, without those that stand for nothing.
    pub fn list<T: Kinded>(
        &self,
        group: &Group,
        key: &str,
        report: &mut Diagnostics,
    ) -> Vec<Id<T>> {
        group.texts(key).filter_map(|name| self.find(name, report)).collect()
    }

    /// The entry of a kind; entries of all kinds stand in one table, kind after kind.
    fn entry(
        &self,
        kind: &'static str,
        name: Spanned<&str>,
        report: &mut Diagnostics,
    ) -> Option<Id<Entry>> {
        let names = self.site_kinds.registers().map(|other| other.name);
        let before: usize =
            names.take_while(|other| *other != kind).map(|other| self.count(other)).sum();
        self.row(kind, name, report).map(|row| Id::new(before + row))
    }

    /// Reports the references of a field that stand for nothing.
    pub fn check(&self, group: &Group, field: &Field, report: &mut Diagnostics) {
        let Some(value) = group.get(field.key) else { return };
        match (field.shape, &value.data) {
            (Shape::Ref(kind), Data::Text(name)) => {
                self.row(kind, Spanned::new(name, value.span), report);
            }
            (Shape::List(Shape::Ref(kind)), Data::List(items)) => {
                for item in items {
                    if let Data::Text(name) = &item.data {
                        self.row(kind, Spanned::new(name, item.span), report);
                    }
                }
            }
            (Shape::Group(inner), Data::Group(group)) => {
                inner.iter().for_each(|field| self.check(group, field, report));
            }
            _ => {}
        }
    }

    /// The obligation under `key` and the scope under `scope`, which must be of its kind.
    pub fn duty_and_scope(
        &self,
        group: &Group,
        report: &mut Diagnostics,
    ) -> Option<(Id<Obligation>, Scope)> {
        let obligation = self.get::<Obligation>(group, "obligation", report)?;
        let scope = group.text("scope")?;
        let scope = match self.scopes[obligation.index()] {
            ScopeKind::Agency => Scope::Agency(self.find(scope, report)?),
            ScopeKind::Unit | ScopeKind::Office => Scope::Unit(self.find(scope, report)?),
            ScopeKind::System => Scope::System(self.find(scope, report)?),
            ScopeKind::Account => Scope::Account(self.find(scope, report)?),
            ScopeKind::Post => Scope::Post(self.find(scope, report)?),
            ScopeKind::Contractor => Scope::Contractor(self.find(scope, report)?),
            ScopeKind::Entry(kind) => Scope::Entry(self.entry(kind, scope, report)?),
        };
        Some((obligation, scope))
    }

    /// The kind of record of a name, or of another one if no name was written.
    pub fn kind(
        &self,
        name: Option<Spanned<&str>>,
        or: &str,
        report: &mut Diagnostics,
    ) -> Option<&'static Kind> {
        let found = self.site_kinds.find(name.as_ref().map_or(or, |name| name.value));
        if let (Some(name), None) = (name, found) {
            let known: Vec<&str> = self.site_kinds.iter().map(|kind| kind.name).collect();
            let message = format!("no kind of record is called `{}`", name.value);
            let help = did_you_mean(name.value, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("kinds: {}", known.join(", ")));
            report.push(Diagnostic::new(Code::UnknownWord, name.span, message).help(help));
        }
        found
    }

    /// Reports a name that stands for nothing of a kind.
    pub fn expect(&self, kind: &'static str, name: Spanned<&str>, report: &mut Diagnostics) {
        self.row(kind, name, report);
    }

    fn row(
        &self,
        kind: &'static str,
        name: Spanned<&str>,
        report: &mut Diagnostics,
    ) -> Option<usize> {
        let rows = self.kinds.get(kind);
        let row = rows.and_then(|rows| rows.get(name.value)).copied();
        if row.is_none() && !self.broken.contains(kind) {
            report.push(self.unknown(kind, name));
        }
        row
    }

    fn unknown(&self, kind: &'static str, name: Spanned<&str>) -> Diagnostic {
        let code = if kind == "obligation" { Code::UnknownObligation } else { Code::UnknownId };
        let mut known: Vec<&str> =
            self.kinds.get(kind).into_iter().flatten().map(|(slug, _)| slug.as_str()).collect();
        known.sort_unstable();
        let elsewhere = self.kinds.iter().find(|(_, rows)| rows.contains_key(name.value));
        let help = did_you_mean(name.value, known).or_else(|| {
            elsewhere
                .map(|(other, _)| format!("`{}` is the id of another kind: {other}", name.value))
        });
        Diagnostic::new(code, name.span, format!("no {kind} has the id `{}`", name.value))
            .maybe_help(help.or_else(|| Some("add the record, or correct the id".to_owned())))
    }
}

/// Reports that two days stand in an order that cannot be, unless either is missing.
pub fn in_order(group: &Group, (early, late): (&str, &str), report: &mut Diagnostics) {
    let (Some(first), Some(second)) = (group.date(early), group.date(late)) else { return };
    if second < first {
        let span = group.get(late).map_or(group.span, |value: &Value| value.span);
        report.push(
            Diagnostic::new(
                Code::InconsistentDates,
                span,
                format!("`{late}` ({second}) lies before `{early}` ({first})"),
            )
            .related(group.key_span(early), format!("`{early}` here"))
            .help("correct one of the two"),
        );
    }
}

/// Reports a figure that is larger than the one that bounds it, unless either is missing.
pub fn at_most(
    (small, small_name): (Option<u64>, &str),
    (large, large_name): (Option<u64>, &str),
    span: Span,
    report: &mut Diagnostics,
) {
    if let (Some(small), Some(large)) = (small, large)
        && small > large
    {
        report.push(
            Diagnostic::new(
                Code::InconsistentFigures,
                span,
                format!("{small_name} ({small}) is more than {large_name} ({large})"),
            )
            .help("correct one of the two"),
        );
    }
}
