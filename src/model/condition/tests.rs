//! Conditions over records as authors write them.

use super::{Condition, Indeterminate, Subject};
use crate::parse::check;
use crate::parse::registers::our_kinds;
use crate::parse::yaml;
use crate::record::kinds::own_kind;
use crate::record::value::Group;
use crate::source::{FileId, Span, Spanned};
use crate::time::parse_day;

fn post(yaml: &str) -> Group {
    let mut faults = Vec::new();
    let node = yaml::parse(FileId(0), yaml, &mut faults).expect("YAML");
    let post = check::group(&node, "post", own_kind("post").fields, &mut faults).expect("a post");
    assert_eq!(faults, []);
    post
}

fn compile(text: &str) -> (Option<Condition>, Vec<String>) {
    let mut faults = Vec::new();
    let span = Span::new(FileId(0), 10, 10 + text.len());
    let condition = Condition::compile(
        Spanned::new(text, span),
        &[own_kind("post")],
        &crate::model::condition::Terms::default(),
        &mut faults,
    );
    (condition, faults.into_iter().map(|fault| fault.message).collect())
}

#[test]
fn conditions_see_the_fields_of_the_record() {
    let operator = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nroles: [operator, auditor]\n");
    for (text, expected) in [
        ("\"operator\" in post.roles", true),
        ("\"custodian\" in post.roles or \"auditor\" in post.roles", true),
        ("\"custodian\" in post.roles", false),
        ("post.staff == \"S-1\" and not post.deputy", true),
        ("post.deputy", false),
        ("post.from", false),
    ] {
        let (condition, faults) = compile(text);
        let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
        assert_eq!(holds(&condition, &operator), Ok(expected), "{text}");
    }
}

fn holds(condition: &Condition, fields: &Group) -> Result<bool, Indeterminate> {
    let as_of = parse_day("2026-11-21").expect("a day");
    condition.holds(&Subject {
        kind: own_kind("post"),
        fields,
        event: None,
        derived: Vec::new(),
        as_of,
        judged_on: as_of,
    })
}

#[test]
fn what_is_not_recorded_is_never_compared() {
    let young = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nfrom: 2026-02-28\n");
    for (text, expected) in [
        ("days_between(post.from, as_of) == 266", Some(true)),
        ("months_after(post.from, 12) == \"2027-02-28\"", Some(true)),
        ("as_of <= days_after(post.from, 266)", Some(true)),
        ("as_of <= days_after(post.from, 265)", Some(false)),
        ("as_of <= months_after(post.until, 3)", None),
        ("as_of <= months_after(post.from, 999999999)", Some(true)),
        ("as_of > months_after(post.from, 8)", Some(true)),
        ("as_of > months_after(post.from, 9)", Some(false)),
        ("post.until > as_of", None),
        ("days_between(post.until, as_of) < 3", None),
        ("post.until", Some(false)),
        ("post.until or post.from < as_of", Some(true)),
        ("not post.until and post.from < as_of", Some(true)),
        ("post.from and (post.until) > as_of", None),
        // True or unknown is true, false and unknown is false, in any order.
        ("post.until > as_of or post.from", Some(true)),
        ("post.from or post.until > as_of", Some(true)),
        ("post.until > as_of or post.deputy", None),
        ("post.until > as_of and post.deputy", Some(false)),
        ("post.deputy and post.until > as_of", Some(false)),
        ("post.until > as_of and post.from", None),
        ("not post.until > as_of", None),
        ("not (post.deputy and post.until > as_of)", Some(true)),
        ("(post.until > as_of and post.deputy) or post.from", Some(true)),
        ("1 < 2 < 3 and not 1 < 3 < 2", Some(true)),
        // Whichever it is, the outcome is the same.
        ("(post.from if post.until > as_of else post.from) == post.from", Some(true)),
        ("(post.from if post.until > as_of else as_of) == post.from", None),
        ("(post.until if post.until else post.from) == post.from", Some(true)),
        ("post.staff == \"a or b\" or post.until > as_of", None),
        ("post.staff == \"a\\\"\" or post.until > as_of", None),
        ("post.staff in (\"x\", post.until) or as_of > post.from", Some(true)),
        ("post.staff in (\"x\", post.until)", Some(false)),
        ("post.from == \"2026-02-28\" and post.from != \"2026-03-01\"", Some(true)),
        ("post.until == none and post.from != none", Some(true)),
        ("post.until == post.from", Some(false)),
        ("2 + 3 - 4 == 1 and -1 < 0", Some(true)),
        ("\"S\" in post.staff and \"x\" not in post.staff", Some(true)),
        ("(post.from and post.until) == false", Some(true)),
    ] {
        let (condition, faults) = compile(text);
        let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
        assert_eq!(holds(&condition, &young).ok(), expected, "{text}");
    }
    // An attribute of the author's choosing that this record lacks.
    let tagged = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nattributes: {y: 3}\n");
    for (text, expected) in [
        ("post.attributes.y < 5", Some(true)),
        ("post.attributes.x < 5", None),
        ("post.attributes.x > 5", None),
        ("post.attributes.x", None),
        ("post.attributes.x == 3", None),
        ("post.attributes.x and post.deputy", Some(false)),
    ] {
        let (condition, faults) = compile(text);
        let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
        assert_eq!(holds(&condition, &tagged).ok(), expected, "{text}");
        let expected = expected.filter(|so| !so);
        assert_eq!(holds(&condition, &young).ok(), expected, "{text}");
    }
    // What is planned may lie ahead; what was done cannot.
    let later = "from: 2026-11-22\nappointed: {on: 2026-11-22, by: c}\n";
    let later = post(&format!("id: a\nagency: b\ntitle: t\nstaff: S-1\n{later}"));
    for (text, expected) in [("post.from", true), ("post.appointed.on", false)] {
        let (condition, _) = compile(text);
        assert_eq!(holds(&condition.expect("sound"), &later), Ok(expected), "{text}");
    }
}

/// The place of the only fault of an expression over a post and an agency, and what it says.
fn fault(text: &str) -> (String, String, String) {
    let mut faults = Vec::new();
    let span = Span::new(FileId(0), 0, text.len());
    let condition = Condition::compile(
        Spanned::new(text, span),
        &[own_kind("post"), own_kind("unit")],
        &crate::model::condition::Terms::default(),
        &mut faults,
    );
    assert!(condition.is_none() && faults.len() == 1, "{text}: {faults:?}");
    let fault = faults.remove(0);
    let at = text[fault.span.start as usize..fault.span.end as usize].to_owned();
    (at, fault.message, fault.help.unwrap_or_default())
}

#[test]
fn faults_stand_at_their_places_and_say_what_to_write() {
    for (text, at, message, help) in [
        ("post.from and post.rolse", "post.rolse", "has no `rolse`", "`roles`"),
        ("post.zzzzzzzz", "post.zzzzzzzz", "has no `zzzzzzzz`", "`staff_roles`"),
        ("post.staff_role", "post.staff_role", "has no `staff_role`", "`staff_roles`"),
        ("post.from.year == 1", "post.from.year", "has no `year`", "single value"),
        ("agency.kind == \"x\"", "agency.kind", "`agency` is not known", "`post`, `unit`"),
        ("psot.staff", "psot.staff", "`psot` is not known", "`post`"),
        ("post and post.staff", "post", "the record itself", "post.id"),
        ("post.roles |length", "|", "filters", "=="),
        ("post.deputy is none", "is", "tests", "=="),
        ("post.roles ==", "", "is missing at the end", "write one expression"),
        ("post.staff = \"a\"", "=", "compares nothing", "=="),
        ("post.staff == 「甲」", "「", "straight quotes", "custodian"),
        ("post.staff == \"a", "\"", "not closed", "close"),
        ("post.staff and", "", "is missing", "write one"),
        ("(post.staff", "", "`)` is missing", "write one"),
        ("post.staff) == 1", ")", "the end of the condition is wanted", "and, or"),
        ("post.staff post.from", "post", "the end of the condition", "and, or"),
        ("1.5 < 2", ".", "before `.`", "whole"),
        ("post.from == 99999999999999999999", "99999999999999999999", "too large", "smaller"),
        ("len(post.roles) == 1", "len", "no function `len`", "days_between"),
        ("month_after(post.from, 3) == as_of", "month_after", "no function", "`months_after`"),
        ("months_after(post.from) < as_of", "months_after", "1 values", "months_after(day, 3)"),
        ("months_after(post.from, as_of) < as_of", "as_of", "takes a number", "months_after"),
        ("days_between(post.staff, as_of) < 3", "post.staff", "takes a day", "days_between"),
        ("post.from < 3", "post.from < 3", "a day and a number", "compare with a day"),
        ("post.from <= \"soon\"", "post.from <= \"soon\"", "a day and a text", "2026-11-21"),
        ("post.roles == \"x\"", "post.roles == \"x\"", "a list and a text", "one kind"),
        ("\"x\" in post.from", "\"x\" in post.from", "a text and a day", "of a list"),
        ("post.from + 3 == as_of", "post.from", "a day is added", "days_after"),
        ("unit.kind == \"ofice\"", "\"ofice\"", "never `ofice`", "`office`"),
        ("unit.kind in [\"unit\", \"x\"]", "\"x\"", "never `x`", "`unit`, `office`"),
        ("holders(post, \"x\") == 1", "post", "`holders` counts", "holders(unit"),
    ] {
        let found = fault(text);
        assert_eq!(found.0, at, "{text}: {found:?}");
        assert!(found.1.contains(message), "{text}: {found:?}");
        assert!(found.2.contains(help), "{text}: {found:?}");
    }
}

#[test]
fn months_between_two_days_are_refused_with_the_right_form() {
    for (text, help) in [
        ("months_between(post.from, as_of) >= 6", "as_of > months_after(post.from, 6)"),
        ("months_between(post.from, as_of) > 6", "as_of > months_after(post.from, 6)"),
        ("months_between(post.from, as_of) < 3", "as_of <= months_after(post.from, 3)"),
        ("3 > months_between(post.from, as_of)", "as_of <= months_after(post.from, 3)"),
        ("months_between(post.from, as_of)", "as_of > months_after(day, 6)"),
    ] {
        let (_, message, found) = fault(text);
        assert!(message.contains("article 48"), "{text}: {message}");
        assert!(found.contains(help), "{text}: {found}");
    }
}

#[test]
fn long_and_deep_expressions_are_refused() {
    let deep = |n| format!("{}post.from{}", "(".repeat(n), ")".repeat(n));
    assert!(compile(&deep(31)).0.is_some());
    assert!(fault(&deep(32)).1.contains("nested"));
    assert!(fault(&format!("{}post.from", "not ".repeat(200))).1.contains("nested"));
    assert!(fault(&format!("1{} == 2", "+1".repeat(600))).1.contains("longer than"));
    // A long row is not deep.
    assert!(compile(&format!("1{} == 2", "+1".repeat(500))).0.is_some());
}

#[test]
fn parts_that_do_not_hold_are_told_by_their_names() {
    let young = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nfrom: 2026-02-28\n");
    let as_of = parse_day("2026-11-21").expect("a day");
    for (text, names) in [
        ("post.from and post.staff", &[][..]),
        ("post.from and post.until and not post.staff", &["post.until", "post.staff"]),
        ("post.from and (post.until or post.deputy)", &["post.until", "post.deputy"]),
        ("(post.from and post.until) and post.staff == \"x and y\"", &["post.until", "post.staff"]),
        ("post.from < as_of and as_of <= months_after(post.until, 3)", &["post.until"]),
        ("not (post.from and post.staff)", &["post.from", "post.staff"]),
    ] {
        let condition = compile(text).0.unwrap_or_else(|| panic!("{text}"));
        let subject = Subject {
            kind: own_kind("post"),
            fields: &young,
            event: None,
            derived: Vec::new(),
            as_of,
            judged_on: as_of,
        };
        let unmet = condition.unmet(&subject);
        assert_eq!(unmet.iter().map(|name| &**name).collect::<Vec<&str>>(), names, "{text}");
    }
}

#[test]
fn a_kind_with_a_hyphen_is_written_with_an_underscore() {
    let kind = our_kinds().find("service-link").expect("one of our registers");
    let text = "service_link.approved.on and service_link.rights";
    let span = Span::new(FileId(0), 0, text.len());
    let mut faults = Vec::new();
    let compiled = Condition::compile(
        Spanned::new(text, span),
        &[kind],
        &crate::model::condition::Terms::default(),
        &mut faults,
    );
    let condition = compiled.unwrap_or_else(|| panic!("{faults:?}"));
    let yaml = "id: a\nsystem: s\nagency: b\nsince: 2026-01-01\nrights: r\n\
                approved: {on: 2026-01-02, by: p}\n";
    let node = yaml::parse(FileId(0), yaml, &mut faults).expect("YAML");
    let link = check::group(&node, kind.name, kind.fields, &mut faults);
    let fields = &link.expect("a link");
    for (day, expected) in [("2026-01-01", false), ("2026-01-02", true)] {
        let as_of = parse_day(day).expect("a day");
        let subject =
            Subject { kind, fields, event: None, derived: Vec::new(), as_of, judged_on: as_of };
        assert_eq!(condition.holds(&subject), Ok(expected), "{day}");
    }
}
