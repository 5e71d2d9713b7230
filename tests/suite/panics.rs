//! No input makes the program panic: sites with damaged files, conditions and days of any kind
//! are loaded and, where sound, assessed.

use clausebook::assess::assess;
use clausebook::diagnostic::Diagnostic;
use clausebook::diagnostic::json::json;
use clausebook::diagnostic::terminal::{TerminalOptions, render};
use clausebook::model::condition::{Subject, Terms};
use clausebook::model::{Condition, resolve};
use clausebook::parse::parse;
use clausebook::record::kinds::own_kind;
use clausebook::record::value::Group;
use clausebook::source::{Area, Content, FileId, SourceFile, SourceTree, Span, Spanned};
use clausebook::time::{Length, Period, parse_day};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// A sound site in memory.
const FILES: &[(Area, &str, &str)] = &[
    (
        Area::Config,
        "clausebook.yaml",
        "name: 站\nagency: 局\ndue_soon_days: 7\nundated: {months_after: 1, day: last}\n",
    ),
    (
        Area::Record,
        "content/accounts.yaml",
        "- {id: u1, system: net, unit: desk, staff: A3, role: general, opened_on: 2025-02-10, password_changed: [2025-05-01], application: {applied_on: 2025-02-01, approved_on: 2025-02-02, approved_by: chief}}\n",
    ),
    (Area::Record, "content/agencies.yaml", "id: city\nname: 測試局\n"),
    (
        Area::Record,
        "content/audits.yaml",
        "- id: a1\n  obligation: law/check\n  scope: desk\n  period: 2025-10\n  done_on: 2025-11-10\n  population: {records: 334}\n  sample: {records: 21, months: [2025-10]}\n  approved: {on: 2025-11-12, by: chief}\n  evidence: [e1]\n- {id: a2, obligation: law/chain, scope: city, done_on: 2025-06-10}\n",
    ),
    (
        Area::Record,
        "content/calendar.yaml",
        "years:\n  2025:\n    holidays: {2025-10-10: 國慶日}\n    workdays: {2025-02-08: 補行上班}\n  2026:\n    holidays: {2026-01-01: 開國紀念日}\n",
    ),
    (
        Area::Record,
        "content/events.yaml",
        "- {id: v1, kind: personnel-change, unit: desk, on: 2025-05-05, answers: [{what: rights-cancelled, on: 2025-05-05}]}\n",
    ),
    (
        Area::Record,
        "content/evidence.yaml",
        "- {id: e1, title: 表, form: 附件二, received_on: 2025-11-11, document: 文一}\n",
    ),
    (
        Area::Record,
        "content/findings.yaml",
        "- {id: f1, audit: a1, title: 缺失, grade: minor, found_on: 2025-11-12, clauses: [\"2\"], actions: [{what: 改, due: 2025-12-01}]}\n",
    ),
    (
        Area::Record,
        "content/posts.yaml",
        "id: chief\nagency: city\ntitle: 科長\nstaff: A001\nroles: [a, b]\n",
    ),
    (
        Area::Record,
        "content/roles.yaml",
        "- {id: a, title: 處長, reach: agency, parties: [處長], may_waive: true}\n- {id: b, title: 科長, reach: unit}\n",
    ),
    (
        Area::Record,
        "content/systems.yaml",
        "id: net\nname: 系統\nagency: city\nregulations: [law]\n",
    ),
    (
        Area::Record,
        "content/units.yaml",
        "id: desk\nagency: city\nname: 一科\nkind: unit\nuses:\n- {system: net, from: 2025-01-01, until: 2026-12-31}\n",
    ),
    (
        Area::Record,
        "content/usage.yaml",
        "- {unit: desk, system: net, month: 2025-10, queries: 334, active_users: 2, total_users: 5}\n",
    ),
    (
        Area::Record,
        "content/waivers.yaml",
        "- {id: w1, obligation: law/check, scope: desk, reason: 停電, basis: 局函, from: 2025-01-01, until: 2025-06-30, approved: {on: 2025-01-01, by: chief}}\n",
    ),
    (
        Area::Regulation,
        "regulations/law/2025-01-01.txt",
        "測試規定\n中華民國114年1月1日訂定\n一、目的：\n（一）甲。\n（二）乙：\n1.子。\n2.丑，長\n句。\n二、抽查。\n三、保存。\n",
    ),
    (Area::Regulation, "regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n"),
    (
        Area::Regulation,
        "regulations/law/obligations.yaml",
        "- id: check\n  kind: periodic\n  clauses: [\"2\"]\n  title: 抽查\n  written_for: {version: a, fingerprints: {\"2\": \"289767d9c038\"}}\n  scope: unit\n  when: unit.kind == \"unit\"\n  every: month\n  due: [{half: H1, on: site-default}, {half: H2, within: 5 working days}]\n  sample:\n    records: {of: queries, tiers: [{up_to: 500, rate: 6%, min: 20}, {rate: 0.5%, max: 150}]}\n    months: every-used\n  approval: 處長\n  evidence: [附件二]\n- id: chain\n  kind: interval\n  clauses: [\"2\"]\n  title: 清查\n  written_for: {version: a, fingerprints: {\"2\": \"289767d9c038\"}}\n  scope: agency\n  no_more_than: 6 months\n- id: keep\n  kind: retention\n  clauses: [\"3\"]\n  title: 保存\n  written_for: {version: a, fingerprints: {\"3\": \"8afbe14e48ef\"}}\n  scope: unit\n  keep: {what: audits, for: 3 years, from: completion}\n- id: changed\n  kind: event\n  clauses: [\"3\"]\n  title: 異動\n  written_for: {version: a, fingerprints: {\"3\": \"8afbe14e48ef\"}}\n  scope: unit\n  event: personnel-change\n  deadline: {before: 10 working days}\n  answer: rights-cancelled\n- id: must\n  kind: invariant\n  clauses: [\"3\"]\n  title: 切結\n  written_for: {version: a, fingerprints: {\"3\": \"8afbe14e48ef\"}}\n  scope: account\n  must: account.pledge.signed_on\n",
    ),
    (
        Area::Regulation,
        "regulations/law/regulation.yaml",
        "id: law\nname: 規定\nversions:\n- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}\n",
    ),
];

fn tree(change: impl Fn(usize, &str) -> Content) -> SourceTree {
    let file = |(number, (area, path, text)): (usize, &(Area, &str, &str))| SourceFile {
        path: (*path).to_owned(),
        area: *area,
        content: change(number, text),
    };
    SourceTree { files: FILES.iter().enumerate().map(file).collect() }
}

/// Runs everything up to the assessment, and shows what was wrong. Gives the faults.
fn load(tree: &SourceTree) -> Vec<Diagnostic> {
    let (parsed, mut faults) = parse(tree);
    let (model, more) = resolve(&parsed, tree);
    faults.extend(more);
    // A file that cannot be read was an error of the stage before.
    let unread = tree.files.iter().any(|file| matches!(file.content, Content::Absent));
    if !unread && !faults.iter().any(Diagnostic::is_error) {
        for day in ["2024-12-31", "2025-12-15", "2027-02-28"] {
            assess(&model.known_on(parse_day(day).expect("a day")));
        }
    }
    render(tree, &faults, TerminalOptions::default());
    json(tree, &faults);
    faults
}

#[test]
fn the_site_is_sound() {
    assert_eq!(load(&tree(|_, text| Content::Text(text.to_owned()))), []);
}

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    "",
    "\n",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "|",
    ">",
    "&a ",
    "*a",
    "!!str ",
    "!",
    "#",
    "---\n",
    "?",
    "%",
    "\t",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\r",
    "\0",
    "一、",
    "（一）",
    "1.",
    "２、",
    "十一、",
    "第一頁",
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "99999999999999999999",
    "-1",
    "100%",
    "0%",
    "𠮷",
    "e\u{301}",
    "null",
    "~",
    "<<: ",
    "10000 years",
    "10000 working days",
    "unit",
    "law",
    "2",
    "2.1",
    "account",
    "2025-W53",
    "9999",
    "0001",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "slow: the gate runs it in release"]
    fn damaged_sites(
        edits in vec((any::<Index>(), any::<Index>(), any::<Index>(), 0usize..12), 1..6)
    ) {
        let mut texts: Vec<String> = FILES.iter().map(|(_, _, text)| (*text).to_owned()).collect();
        for (file, at, piece, cut) in edits {
            let number = file.index(texts.len());
            let text = texts[number].clone();
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            let new: String = chars[..at].iter().copied()
                .chain(piece.get(PIECES).chars())
                .chain(chars[end..].iter().copied())
                .collect();
            texts[number] = new;
        }
        load(&tree(|number, _| Content::Text(texts[number].clone())));
    }

    #[test]
    fn sites_without_some_files(gone in vec(any::<bool>(), FILES.len())) {
        load(&tree(|number, text| match gone[number] {
            true => Content::Absent,
            false => Content::Text(text.to_owned()),
        }));
    }

    #[test]
    #[ignore = "slow: the gate runs it in release"]
    fn sites_without_some_lines(gone in vec((any::<Index>(), any::<Index>()), 1..5)) {
        let mut texts: Vec<String> = FILES.iter().map(|(_, _, text)| (*text).to_owned()).collect();
        for (file, line) in gone {
            let number = file.index(texts.len());
            let mut lines: Vec<&str> = texts[number].split_inclusive('\n').collect();
            if !lines.is_empty() {
                lines.remove(line.index(lines.len()));
            }
            texts[number] = lines.concat();
        }
        load(&tree(|number, _| Content::Text(texts[number].clone())));
    }

    #[test]
    #[ignore = "slow: the gate runs it in release"]
    fn files_of_anything(number in 0..FILES.len(), text in "\\PC{0,200}|[ -~\n]{0,200}") {
        load(&tree(|at, sound| Content::Text(if at == number { text.clone() } else { sound.to_owned() })));
    }

    #[test]
    fn conditions_of_anything(text in "[a-z.\"'()\\[\\]{}=<>!|+*/%~ 0-9,:-]{0,60}|\\PC{0,40}") {
        let span = Span::new(FileId(0), 0, text.len());
        let mut faults = Vec::new();
        let condition = Condition::compile(Spanned::new(&text, span), &[own_kind("unit")], &Terms::default(), &mut faults);
        prop_assert_eq!(condition.is_none(), !faults.is_empty());
        for fault in faults {
            prop_assert!(fault.span.start <= fault.span.end);
        }
    }

    #[test]
    fn conditions_made_of_words(words in vec(0usize..24, 1..30)) {
        const WORDS: [&str; 24] = [
            "unit", ".kind", ".uses", "\"unit\"", "==", "!=", "<", "in", "not", "and", "or", "(", ")",
            "[", "]", "1", "0", "+", "-", "*", "/", "%", "if", "else",
        ];
        let text: String = words.iter().map(|word| WORDS[*word].to_owned() + " ").collect();
        let span = Span::new(FileId(0), 0, text.len());
        let mut faults = Vec::new();
        if let Some(condition) = Condition::compile(Spanned::new(&text, span), &[own_kind("unit")], &Terms::default(), &mut faults) {
            let fields = Group { span, entries: Vec::new(), broken: Vec::new() };
            let as_of = parse_day("2026-11-21").expect("a day");
            _ = condition.holds(&Subject { kind: own_kind("unit"), fields: &fields, event: None, derived: Vec::new(), as_of, judged_on: as_of });
        }
    }

    #[test]
    fn days_lengths_and_periods_of_anything(text in "\\PC{0,24}|[0-9年月日民國WQH/.: -]{0,24}") {
        if let Ok(day) = parse_day(&text) {
            prop_assert_eq!(parse_day(&day.to_string()), Ok(day));
        }
        if let Ok(period) = Period::parse(&text) {
            prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
            prop_assert!(period.first_day() <= period.last_day());
            prop_assert!(period.next().first_day() > period.last_day());
        }
        if let Ok(length) = Length::parse(&text) {
            prop_assert_eq!(Length::parse(&length.to_string()), Ok(length));
        }
    }
}
