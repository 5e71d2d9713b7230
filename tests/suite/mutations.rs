//! Texts changed at random, the same way each time: no reader of inputs panics, hangs or lets a tag
//! through. Run by its own command, in a release build.

use clausebook::model::condition::Terms;
use clausebook::parse::import::open_data::{Choice, law_text};
use clausebook::parse::import::{calendar, open_data_xml};
use clausebook::parse::law::{LawOptions, parse_law};
use clausebook::parse::sheet::read_book;
use clausebook::source::{Area, Content, FileId, SourceFile, SourceTree, Span, Spanned, found};

/// How many changed texts; more than a fuzzer needs to find what a slip of the pen would.
const CASES: usize = 200_000;
/// Printed, so that a failure can be run again.
const SEED: u64 = 20_261_121;

/// A row of numbers that looks like chance and is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

const SEEDS: &[&str] = &[
    "- id: a\n  title: \"測\\u202e試\"\n  on: 2026-11-21\n  list: [1, 2, {a: b}]\n",
    "years:\n  2025: {holidays: {2025-10-10: 國慶}}\n  2025: {}\n",
    "# 題\n\n- **注意:**應於**「期限」**前 [字](a.md#x) <b>x</b> `c` &#x202E;\n\n| a | b |\n| - | - |\n",
    "一、目的。\n二、各單位：\n（一）抽查。\n1、甲。\n(1) 乙。\n第三條 刪除\n",
    "A123456789 0912-345-678 (02)2720-8889 a@b.tw 臺北市市府路1號 民國75年3月2日生 戶號 F1234567",
    "unit.kind == \"office\" and account.attributes.level != none or 3 <= unit.count",
    "民國115年11月21日 115-11-21 2026-Q3 10 working days",
    "員工代碼,單位,啟用日\r\nA-1,\"登記課,一\",115/1/2\r\n'=1,;,\r\n",
    "西元日期,星期,是否放假,備註\n20260101,四,2,開國紀念日\n20260102,五,0,\n",
    "<!doctype html><body><table><tr><td>一、甲<br>乙</td></tr></table><p>二、丙&nbsp;<b>丁</b></p>",
    "{\"Laws\":[{\"LawName\":\"法\",\"LawArticles\":[{\"ArticleNo\":\"第 1 條\",\"ArticleContent\":\"甲\"}]}]}",
    "<LAWS><法規><法規名稱>法</法規名稱><條文><條號>第 1 條</條號><條文內容>甲&#20057;</條文內容></條文></法規></LAWS>",
];

/// A regulation of its own files, one of which is changed.
const FOLDER: &[(&str, &str)] = &[
    ("2025-01-01.txt", "測試規定\n一、目的。\n二、抽查：\n（一）每月。\n"),
    ("clauses.yaml", "- {clause: \"1\", reason: purpose}\n"),
    (
        "obligations.yaml",
        "- id: check\n  kind: periodic\n  clauses: [\"2\"]\n  title: 抽查\n  scope: unit\n  every: month\n  due: [{half: H1, within: 5 working days}]\n  sample: {records: {of: queries, tiers: [{up_to: 500, rate: 6%, min: 20}]}}\n",
    ),
    (
        "readings.yaml",
        "- id: q1\n  title: 何謂每月\n  clauses: [\"2\"]\n  readings:\n  - {id: a, title: 曆月, set: [{obligation: check, every: month}]}\n  - {id: b, title: 三十日}\n",
    ),
    (
        "regulation.yaml",
        "id: law\nname: 規定\nversions:\n- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}\n",
    ),
    (
        "tests.yaml",
        "- name: 一科\n  as_of: 2025-05-01\n  given: {units: [{id: u1, agency: city, name: 一科}]}\n  expect: {check/u1/2025-03: overdue}\n",
    ),
];

const PIECES: &[&str] = &[
    "\u{202e}", "\0", "\\", "\"", "'", ":", "- ", "\n", "\t", "*", "**", "[", "]", "(", ")", "<",
    "&#0;", "一、", "第", "條", "號", "９", "A1", "@", "{", "}", "0", "🀄",
];

fn mutated(chance: &mut Chance, seed: &str) -> String {
    let mut text: Vec<char> = seed.chars().collect();
    for _ in 0..=chance.below(8) {
        let at = chance.below(text.len() + 1);
        match chance.below(4) {
            0 if at < text.len() => _ = text.remove(at),
            1 => {
                let end = (at + chance.below(12)).min(text.len());
                let part: Vec<char> = text[at..end].to_vec();
                text.splice(at..at, part.iter().copied().cycle().take(part.len() * 3));
            }
            2 if at < text.len() => text.truncate(at.max(1)),
            _ => _ = text.splice(at..at, PIECES[chance.below(PIECES.len())].chars()).count(),
        }
    }
    text.into_iter().collect()
}

/// Every reader of a text by itself.
fn read_all(text: &str) {
    let mut faults = Vec::new();
    let _ = clausebook::parse::yaml::parse(FileId(0), text, &mut faults);
    let html = clausebook::markdown::render(text).html;
    assert!(!html.contains("<script") && !html.contains("<b>"), "{text:?}");
    let masked = clausebook::privacy::mask(text);
    assert_eq!(masked.len(), text.len(), "{text:?}");
    let _ = clausebook::time::parse_day(text);
    let _ = clausebook::time::Period::parse(text);
    let _ = clausebook::time::Length::parse(text);
    let spanned = Spanned::new(text, Span::new(FileId(0), 0, text.len()));
    let _ = clausebook::model::Condition::compile(
        spanned,
        &[clausebook::record::kinds::own_kind("unit")],
        &Terms::new(),
        &mut faults,
    );
    let _ = parse_law(FileId(0), text, &LawOptions::default());
    if let Ok(book) = read_book(text.as_bytes()) {
        let _ = calendar::published(&book);
    }
    let _ = law_text(text, Choice::default());
    let _ = open_data_xml::law_text(text, Choice::default());
}

/// A page as somebody saved it, in whatever state.
fn read_page(text: &str) {
    let page = format!("<!doctype html>{text}");
    let _ = found(page.as_bytes());
}

/// The files of a regulation together, one of them changed.
fn read_folder(chance: &mut Chance) {
    let changed = chance.below(FOLDER.len());
    let file = |(at, (name, text)): (usize, &(&str, &str))| SourceFile {
        path: format!("regulations/law/{name}"),
        area: Area::Regulation,
        content: Content::Text(if at == changed {
            mutated(chance, text)
        } else {
            (*text).to_owned()
        }),
    };
    let files = FOLDER.iter().enumerate().map(file).collect();
    let tree = SourceTree { files };
    let (parsed, _) = clausebook::parse::parse(&tree);
    let _ = clausebook::model::resolve(&parsed, &tree);
}

fn run(cases: usize) {
    let mut chance = Chance(SEED);
    for case in 0..cases {
        let seed = SEEDS[chance.below(SEEDS.len())];
        let text = mutated(&mut chance, seed);
        read_all(&text);
        // These build more than they read: every tenth text is for one of them.
        match case % 20 {
            0 => read_page(&text),
            10 => read_folder(&mut chance),
            _ => {}
        }
    }
}

#[test]
fn some_mutations_of_every_input_are_read() {
    run(600);
}

#[test]
#[ignore = "two hundred thousand texts: run by `.ci/run` in a release build"]
#[expect(clippy::disallowed_macros, reason = "the seed is there to be run again")]
fn mutations_of_every_input_are_read() {
    println!("seed {SEED}, {CASES} cases");
    run(CASES);
}
