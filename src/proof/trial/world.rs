//! The smallest world in which a duty applies: one agency, one unit and one system under the
//! regulation, a post for each role, and one record of the kind the duty is laid on. Takes the rule
//! as written and what a case gives, gives a resolved [`Model`]. The ids of what it makes are the
//! names of their kinds (`agency`, `unit`, `account` …), those of posts the roles they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::given;
use super::node::{Maker, lay_over};
use super::records::{BEGINNING, Frame, Records, about, primary, scope_record};
use super::target::Target;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, resolve_again};
use crate::parse::visibility::Visibility;
use crate::parse::{Parsed, ParsedRegulation, Record, check};
use crate::record::kinds::Kinds;
use crate::record::value::{Data, Group, Value};
use crate::source::SourceTree;
use crate::time::OfficeCalendar;

/// What every world shares: the kinds of records, the office calendar, and what roles there are.
#[derive(Debug, Default)]
pub struct Shared {
    /// The kinds of records there are.
    pub kinds: &'static Kinds,
    pub calendar: Arc<OfficeCalendar>,
    /// Roles and topics, as written.
    pub records: Vec<Record>,
}

/// A world and whom a case is about in it.
#[derive(Debug)]
pub struct World {
    pub model: Model,
    pub target: Target,
    /// What it was made of, as written.
    pub records: Records,
}

/// Makes the world of a question. `None` where what the case gives is no world; then it is reported.
pub fn world(
    shared: &Shared,
    (parsed, tree): (&ParsedRegulation, &SourceTree),
    frame: &Frame,
    given: &given::Given,
    report: &mut Diagnostics,
) -> Option<World> {
    let before = report.len();
    let mut records = smallest(frame);
    let target = given::apply(given, frame, &mut records, report);
    let regulation = only_what_is_needed(parsed, frame, &records);
    let mut world = Parsed {
        kinds: shared.kinds,
        regulations: vec![regulation],
        calendar: Arc::clone(&shared.calendar),
        records: shared.records.clone(),
        ..Parsed::default()
    };
    for (kind, rows) in &records.0 {
        let Some(kind) = shared.kinds.find(kind) else { continue };
        for row in rows {
            let fields = check::group(row, &format!("{} record", kind.name), kind.fields, report);
            world.records.extend(fields.map(|fields| Record {
                kind,
                fields,
                visibility: Visibility::default(),
                answered: None,
            }));
        }
    }
    let (model, faults) = resolve_again(&world, tree);
    // What is wrong with the rules themselves is reported where the site is read.
    let own = |fault: &Diagnostic| fault.is_error() && fault.span.file == frame.span.file;
    report.extend(faults.into_iter().filter(own));
    (report.len() == before).then_some(World { model, target, records })
}

fn smallest(frame: &Frame) -> Records {
    let make = Maker(frame.span);
    let mut records = Records::default();
    let t = |text: &str| make.text(text);
    records.put("agency", make.map([("id", t("agency")), ("name", t("機關"))]));
    let regulations = make.list(vec![t(frame.regulation)]);
    records.put(
        "system",
        make.map([
            ("id", t("system")),
            ("name", t("系統")),
            ("agency", t("agency")),
            ("regulations", regulations),
        ]),
    );
    let uses = make.list(vec![make.map([("system", t("system")), ("from", t(BEGINNING))])]);
    let kind = if frame.rule.string("scope") == "office" { "office" } else { "unit" };
    records.put(
        "unit",
        make.map([
            ("id", t("unit")),
            ("agency", t("agency")),
            ("name", t("單位")),
            ("kind", t(kind)),
            ("uses", uses),
        ]),
    );
    for (role, in_unit) in frame.roles {
        let mut post = make.map([
            ("id", t(role)),
            ("agency", t("agency")),
            ("title", t(role)),
            ("staff", make.text(format!("s-{role}"))),
            ("roles", make.list(vec![t(role)])),
        ]);
        if *in_unit {
            lay_over(&mut post, &make.map([("unit", t("unit"))]));
        }
        records.put("post", post);
    }
    // What is kept is there, unless it is an act: that is there where a test gives one.
    let kept =
        frame.rule.group("keep").and_then(|keep| frame.kinds.of_folder(&keep.string("what")));
    let scope = scope_record(&frame.rule.string("scope"), frame.kinds);
    for kind in [scope, about(frame.rule, frame.kinds), kept].into_iter().flatten() {
        primary(&mut records, kind, frame.kinds, make);
    }
    records
}

/// The regulation with the tested duty and the duties that it, or what is given, names. The others
/// would be judged for nothing.
fn only_what_is_needed(
    parsed: &ParsedRegulation,
    frame: &Frame,
    records: &Records,
) -> ParsedRegulation {
    let by_name: BTreeMap<String, &Group> =
        frame.siblings.iter().map(|rule| (rule.string("id"), rule)).collect();
    let prefix = format!("{}/", frame.regulation);
    let mut needed: BTreeSet<String> = BTreeSet::new();
    let mut found: Vec<String> = vec![frame.rule.string("id")];
    let named = |text: &str| -> Vec<String> {
        let whole = by_name.contains_key(text).then(|| text.to_owned());
        // Conditions name duties in full, in the middle of a text.
        let within = text.split(&prefix).skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
        });
        whole.into_iter().chain(within).collect()
    };
    found.extend(records.texts().into_iter().flat_map(&named));
    // What starts with a given event gives its kind a meaning, whatever duty is tested.
    let kinds = records.texts();
    let starts = |rule: &&&Group| rule.text("event").is_some_and(|of| kinds.contains(&of.value));
    found.extend(by_name.values().filter(starts).map(|rule| rule.string("id")));
    while let Some(slug) = found.pop() {
        let Some(rule) = by_name.get(&slug) else { continue };
        if needed.insert(slug) {
            let mut texts = Vec::new();
            rule.entries.iter().for_each(|(_, value)| texts_of(value, &mut texts));
            found.extend(texts.into_iter().flat_map(&named));
        }
    }
    let rules = frame.siblings.iter().filter(|rule| needed.contains(&rule.string("id")));
    ParsedRegulation {
        slug: parsed.slug.clone(),
        head: parsed.head.clone(),
        versions: parsed.versions.clone(),
        obligations: rules.cloned().collect(),
        plain_clauses: Vec::new(),
        questions: Vec::new(),
        drafts: Vec::new(),
        trials: Vec::new(),
        broken: false,
        unread: false,
    }
}

fn texts_of<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match &value.data {
        Data::Text(text) => found.push(text),
        Data::List(items) => items.iter().for_each(|item| texts_of(item, found)),
        Data::Group(group) => group.entries.iter().for_each(|(_, value)| texts_of(value, found)),
        _ => {}
    }
}
