//! How the time of each stage and of each reader grows with its input: time(4n)/time(n), which is 4
//! where time is in step with the length and 16 where it goes with the square; at most 6 is asked.
//! `cargo bench --bench scaling` prints a ratio a line and fails over 6, and where a reader takes over a
//! second for a MiB; a word behind `--` chooses the
//! lines that hold it. Texts go up to 1 MiB, half of what a file of records may have. The time is that
//! of the processor where the system tells it, so that others at work do not count; what takes too
//! little of it to tell is printed as `-`.
#![expect(clippy::disallowed_methods, reason = "a bench makes and measures whole sites")]
#![expect(clippy::disallowed_macros, reason = "a bench prints what it measured")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clausebook::model::condition::Terms;
use clausebook::parse::import::open_data::{Choice, law_text};
use clausebook::parse::import::{ImportOptions, draft, open_data_xml};
use clausebook::parse::law::{LawOptions, parse_law};
use clausebook::parse::sheet::read_book;
use clausebook::pipeline::{load, prepare};
use clausebook::proof::trial::Wanted;
use clausebook::source::{FileId, Span, Spanned, found};
use clausebook::time::parse_day;

const MOST: f64 = 6.0;
/// What a reader may take for a MiB.
const LONGEST: Duration = Duration::from_secs(1);
/// The larger of the two texts, in bytes.
const LARGE: usize = 1 << 20;
/// What is over in less is too short to tell.
const SHORTEST: Duration = Duration::from_millis(2);
const ROUNDS: usize = 3;

fn main() {
    let chosen: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|word| name.contains(word));
    let mut over = 0;
    for (name, piece, read) in READERS.iter().filter(|(name, ..)| is_chosen(name)) {
        let measured = |large: usize| {
            [large / 4, large].map(|size| {
                let text = piece.repeat(size / piece.len());
                fastest(|| read(&text))
            })
        };
        let [mut small, mut large] = measured(LARGE);
        over += usize::from(large > LONGEST);
        if is_over(small, large) {
            // New memory costs more than what is done in it: the square shows on a longer text, too.
            [small, large] = measured(4 * LARGE);
        }
        over += usize::from(say(name, piece, small, large));
    }
    if is_chosen("stages") {
        over += stages();
    }
    assert!(over == 0, "{over} lines grow faster than {MOST}");
}

/// Prints a line; whether it is over what is asked.
fn say(name: &str, of: &str, small: Duration, large: Duration) -> bool {
    let time = large.as_secs_f64() * 1e3;
    let of: String = of.chars().take(30).collect();
    if small < SHORTEST {
        println!("     -  {time:>9.2} ms  {name} {of:?}");
        return false;
    }
    println!("{:>6.1}  {time:>9.2} ms  {name} {of:?}", ratio(small, large));
    is_over(small, large)
}

fn ratio(small: Duration, large: Duration) -> f64 {
    large.as_secs_f64() / small.as_secs_f64()
}

fn is_over(small: Duration, large: Duration) -> bool {
    small >= SHORTEST && ratio(small, large) > MOST
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Clock::start();
        run();
        start.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

/// The time all threads of this process had of the processor, or else the time of day.
struct Clock(Option<Duration>, Instant);

impl Clock {
    fn start() -> Self {
        Self(processor_time(), Instant::now())
    }

    fn elapsed(&self) -> Duration {
        match (processor_time(), self.0) {
            (Some(now), Some(then)) => now.saturating_sub(then),
            _ => self.1.elapsed(),
        }
    }
}

/// As Linux tells it.
fn processor_time() -> Option<Duration> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let time = |thread: std::fs::DirEntry| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    Some(threads.flatten().filter_map(time).sum())
}

type Reader = (&'static str, &'static str, fn(&str));

/// Each reader of a text with the pieces of which it is made.
const READERS: &[Reader] = &[
    ("yaml", "- {id: a, name: x}\n", yaml),
    ("yaml", "k: 1\n", yaml),
    ("yaml", "- \"\\u4e00\"\n", yaml),
    ("yaml", "[", yaml),
    ("yaml", "- A_: [x, y]\n#\n", yaml),
    ("markdown", "**a ", markdown),
    ("markdown", "*a_b", markdown),
    ("markdown", "[a](b) ", markdown),
    ("markdown", "[", markdown),
    ("markdown", "<a ", markdown),
    ("markdown", "`", markdown),
    ("markdown", "號", markdown),
    ("markdown", "\\", markdown),
    ("markdown", "| a |\n| - |\n", markdown),
    ("markdown", "> a\n- b\n", markdown),
    ("markdown", "&#50;", markdown),
    ("law", "一、甲。\n", law),
    ("law", "（一）\n", law),
    ("law", "第一條\n", law),
    ("law", "依第一點第一款、", law),
    ("law", "甲乙丙丁", law),
    ("law", "\n", law),
    ("import", "一、各單位應於每月五日前抽查。\n", import),
    ("import", "1\n", import),
    ("import", include_str!("../regulations/nantou-household/2024-10-25.txt"), import),
    ("import", include_str!("../regulations/taipei-seal/2023-10-23.txt"), import),
    ("import", include_str!("../regulations/taipei-cadastral/2024-07-01.txt"), import),
    ("personal", "0912-345-", personal),
    ("personal", "A1 ", personal),
    ("personal", "<a&#5", personal),
    ("personal", "1號路", personal),
    ("personal", "a@", personal),
    ("personal", "ab1", personal),
    ("personal", "2345678 分機", personal),
    ("condition", "1 == 1 and ", condition),
    ("condition", "(", condition),
    ("sheet", "a,\"b\"\n", sheet),
    ("sheet", "\"", sheet),
    ("sheet", "\n", sheet),
    ("page", "<p>甲<br>", page),
    ("page", "<div>", page),
    ("page", "<b id=1><p>", page),
    ("page", "<table><tr><td>", page),
    ("json", "[", json),
    ("json", "{\"LawArticles\":[]},", json),
    ("xml", "<法規><法規名稱>x</法規名稱></法規>", xml),
    ("day", "115-11-21 ", day),
];

fn yaml(text: &str) {
    black_box(clausebook::parse::yaml::parse(FileId(0), text, &mut Vec::new()));
}

fn markdown(text: &str) {
    black_box(clausebook::markdown::render(text));
}

fn law(text: &str) {
    black_box(parse_law(FileId(0), text, &LawOptions::default()));
}

fn import(text: &str) {
    black_box(draft(FileId(0), text, ImportOptions { id: "new", name: None }).files(text));
}

fn personal(text: &str) {
    black_box(clausebook::privacy::find(text));
}

fn condition(text: &str) {
    let text = Spanned::new(text, Span::new(FileId(0), 0, text.len()));
    let compiled = clausebook::model::Condition::compile(
        text,
        &[clausebook::record::kinds::own_kind("unit")],
        &Terms::new(),
        &mut Vec::new(),
    );
    black_box(compiled.is_some());
}

fn sheet(text: &str) {
    black_box(read_book(text.as_bytes()).is_ok());
}

fn page(text: &str) {
    black_box(found(format!("<!doctype html>{text}").as_bytes()).is_ok());
}

fn json(text: &str) {
    black_box(law_text(&format!("[{text}1]"), Choice::default()).is_ok());
}

fn xml(text: &str) {
    black_box(open_data_xml::law_text(text, Choice::default()).is_ok());
}

fn day(text: &str) {
    black_box(parse_day(text).is_ok());
}

/// The stages on a site of `n` records of each kind and on one of `4n`; how many are over.
fn stages() -> usize {
    let work = std::env::temp_dir().join(format!("clausebook-scaling-{}", std::process::id()));
    const N: usize = 100;
    let times = [N, 4 * N].map(|n| {
        let root = work.join(n.to_string());
        write_site(&root, n);
        let mut best: Vec<(&'static str, Duration)> = Vec::new();
        for round in 0..ROUNDS {
            for (at, (stage, time)) in
                run(&root, &work.join(format!("out-{n}-{round}"))).into_iter().enumerate()
            {
                match best.get_mut(at) {
                    Some((_, least)) => *least = time.min(*least),
                    None => best.push((stage, time)),
                }
            }
        }
        best
    });
    std::fs::remove_dir_all(&work).expect("the work folder can be removed");
    let mut over = 0;
    for ((stage, small), (_, large)) in times[0].iter().zip(&times[1]) {
        over += usize::from(say("stage", stage, *small, *large));
    }
    over
}

/// How long each stage takes on the site at `root`.
fn run(root: &Path, output: &Path) -> Vec<(&'static str, Duration)> {
    let as_of = parse_day("2026-03-01").expect("a day");
    let mut times = Vec::new();
    let mut start = Clock::start();
    let mut lap = |stage: &'static str, times: &mut Vec<(&'static str, Duration)>| {
        times.push((stage, start.elapsed()));
        start = Clock::start();
    };
    let mut inputs = load(root).expect("the site can be read");
    assert!(inputs.are_sound(), "the site has errors");
    lap("load", &mut times);
    inputs.prove(&Wanted::default());
    assert!(inputs.are_sound(), "a test of the rules fails");
    lap("prove", &mut times);
    let (known, assessment) = inputs.assess(as_of);
    lap("assess", &mut times);
    inputs.weigh(&known, &assessment);
    lap("weigh", &mut times);
    let facts = inputs.conclude(&known, &assessment);
    lap("conclude", &mut times);
    let mut planned =
        prepare(inputs, (known, assessment, facts), None).expect("the templates load");
    lap("plan", &mut times);
    planned.publish(root, output).expect("the site can be published");
    lap("publish", &mut times);
    times
}

/// A site of `n` units, posts, accounts, months of use, audits, findings and assets, all of one agency
/// and one system: whatever is looked for among all of them is looked for among `n`.
fn write_site(root: &Path, n: usize) {
    let write = |path: &str, text: String| {
        let path: PathBuf = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    let list = |line: &dyn Fn(usize) -> String| {
        (0..n).fold(String::new(), |mut text, number| {
            let _ = writeln!(text, "- {{{}}}", line(number));
            text
        })
    };
    write(
        "clausebook.yaml",
        "name: 站\nagency: 局\ndue_soon_days: 7\nundated: {months_after: 1, day: last}\n"
            .to_owned(),
    );
    write("content/agencies.yaml", "id: city\nname: 測試局\n".to_owned());
    write(
        "content/systems.yaml",
        "id: net\nname: 系統\nagency: city\nregulations: [law]\n".to_owned(),
    );
    write(
        "content/units.yaml",
        list(&|n| {
            format!(
                "id: u{n}, agency: city, name: 第{n}科, kind: unit, uses: [{{system: net, from: 2026-01-01}}]"
            )
        }),
    );
    write(
        "content/posts.yaml",
        list(&|n| {
            format!(
                "id: p{n}, agency: city, unit: u{n}, title: 科員, staff: S{n}, display_name: {}",
                name(n)
            )
        }),
    );
    write(
        "content/accounts.yaml",
        list(&|n| {
            format!(
                "id: a{n}, system: net, unit: u{n}, staff: S{n}, role: general, opened_on: 2026-01-05"
            )
        }),
    );
    write(
        "content/usage.yaml",
        list(&|n| {
            format!(
                "unit: u{n}, system: net, month: 2026-01, queries: 334, active_users: 2, total_users: 5"
            )
        }),
    );
    write(
        "content/audits.yaml",
        list(&|n| {
            format!(
                "id: d{n}, obligation: law/check, scope: u{n}, period: 2026-01, done_on: 2026-02-10"
            )
        }),
    );
    write(
        "content/findings.yaml",
        list(&|n| {
            format!(
                "id: f{n}, audit: d{n}, title: 缺失, grade: minor, found_on: 2026-02-11, clauses: [\"2\"]"
            )
        }),
    );
    // Papers and files beside the pages in which every masked name is looked for.
    for number in 0..n {
        let text = "每月抽查，甲、乙、丙。\n".repeat(100);
        write(&format!("content/evidence/files/e{number}.txt"), text.clone());
        write(&format!("static/s{number}.txt"), text);
    }
    write("content/pages/how.md", format!("# 題\n\n{}", "每月一次。\n\n".repeat(n)));
    write(
        "regulations/law/regulation.yaml",
        "id: law\nname: 規定\nversions:\n- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}\n"
            .to_owned(),
    );
    write("regulations/law/2025-01-01.txt", "測試規定\n一、目的。\n二、抽查。\n".to_owned());
    write("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n".to_owned());
    write(
        "regulations/law/tests.yaml",
        list(&|n| {
            format!(
                "of: must, title: 切結{n}, given: {{account: {{role: general}}}}, on: 2026-02-01, expect: {{check: breached}}, by: 承辦"
            )
        }),
    );
    write(
        "regulations/law/readings.yaml",
        "- id: term\n  clause: \"2\"\n  words: 抽查\n  question: 應於何日前完成\n  options:\n  - {id: month, says: 次月底前}\n  - id: days\n    says: 十日內\n    set: {check.due: \"[{within: 10 days}]\"}\n  chosen: month\n".to_owned(),
    );
    write("regulations/law/obligations.yaml", "- id: check\n  kind: periodic\n  clauses: [\"2\"]\n  title: 抽查\n  scope: unit\n  when: unit.kind == \"unit\"\n  every: month\n  due: [{on: site-default}]\n- id: must\n  kind: invariant\n  clauses: [\"2\"]\n  title: 切結\n  scope: account\n  must: account.pledge.signed_on\n".to_owned());
}

/// A name of its own for each.
fn name(number: usize) -> String {
    let letter = |n: usize| char::from_u32(0x4e00 + n as u32).expect("a character");
    [letter(100 + number % 64), letter(300 + number / 64), '某'].iter().collect()
}
