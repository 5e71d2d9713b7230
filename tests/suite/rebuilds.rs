//! Rebuilds of a site that is being edited take over what did not change, and give what a build from
//! nothing gives, to the byte and with the same diagnostics, whatever is changed, broken, added,
//! taken away and put back.

use std::collections::BTreeMap;
use std::path::Path;

use clausebook::pipeline::{Inputs, Kept, load, load_again, prepare};
use clausebook::proof::trial::Wanted;
use clausebook::render::OutputContent;

use super::project::{CHECK, Project, WIPE, repository};

/// The files of a site, or what is wrong with it.
type Made = Result<BTreeMap<String, OutputContent>, String>;

/// From nothing.
fn built(root: &Path) -> (Vec<String>, Made) {
    let mut inputs = load(root).expect("reads");
    if inputs.are_sound() {
        inputs.prove(&Wanted::default());
    }
    finished(inputs, |inputs, known, assessment| inputs.weigh(known, assessment))
}

/// With what the builds before left.
fn rebuilt(root: &Path, kept: &mut Kept) -> (Vec<String>, Made) {
    let mut inputs = load_again(root, kept).expect("reads");
    if inputs.are_sound() {
        inputs.prove_again(kept);
    }
    finished(inputs, |inputs, known, assessment| inputs.weigh_again(kept, known, assessment))
}

fn finished(
    mut inputs: Inputs,
    weigh: impl FnOnce(&mut Inputs, &clausebook::model::Known, &clausebook::assess::Assessment),
) -> (Vec<String>, Made) {
    let said = |inputs: &Inputs| -> Vec<String> {
        inputs.diagnostics.iter().map(|one| format!("{one:?}")).collect()
    };
    if !inputs.are_sound() {
        return (said(&inputs), Err("not sound".to_owned()));
    }
    let as_of = inputs.as_of(None, "2026-03-20".parse().expect("a day"));
    let (known, assessment) = inputs.assess(as_of);
    weigh(&mut inputs, &known, &assessment);
    let facts = inputs.conclude(&known, &assessment);
    let said = said(&inputs);
    let made = prepare(inputs, (known, assessment, facts), None)
        .and_then(|planned| planned.in_memory(|| true))
        .map(|files| files.expect("nobody stopped it"))
        .map_err(|error| format!("{error:?}"));
    (said, made)
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).expect("is below a length")
    }
}

/// Edits a site at random, and compares after every step. What broke it is mended by the first text
/// of every file.
fn compare(place: Project, steps: usize, edits: &[(&str, &[&str])]) {
    let root = place.root().to_path_buf();
    let mut place = place;
    let (mut kept, mut chance) = (Kept::default(), Chance(20_261_129));
    let (mut sound, mut faults, mut is_broken) = (0, Vec::new(), false);
    for step in 0..steps {
        // Now and then two files change before the next build.
        let some = (0..=chance.below(2)).map(|_| edits[chance.below(edits.len())]);
        let some: Vec<(&str, &str)> = some
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(path, texts)| (path, texts[chance.below(texts.len())]))
            .collect();
        let mended = edits.iter().map(|(path, texts)| (*path, texts[0]));
        for (path, text) in if is_broken { mended.collect() } else { some } {
            let there = root.join(path).exists();
            place = match text {
                "" if there => place.remove(path),
                "" => place,
                text => place.write(path, text),
            };
        }
        let (said, made) = rebuilt(&root, &mut kept);
        let (said_anew, made_anew) = built(&root);
        assert_eq!(said, said_anew, "step {step}");
        is_broken = made.is_err();
        match (&made, &made_anew) {
            (Ok(files), Ok(anew)) => {
                sound += 1;
                let names: Vec<&String> = files.keys().collect();
                assert_eq!(names, anew.keys().collect::<Vec<_>>(), "step {step}");
                for (path, content) in files {
                    assert!(*content == anew[path], "step {step}: {path}");
                }
            }
            (Err(why), Err(anew)) => {
                assert_eq!(why, anew, "step {step}");
                faults.push(said.first().cloned().unwrap_or_default());
            }
            (made, anew) => panic!("step {step}: {} {}", made.is_ok(), anew.is_ok()),
        }
    }
    let shows = sound > steps / 3 && !faults.is_empty();
    assert!(shows, "{sound} sound, the edits show little: {faults:#?}");
}

const QUESTION: &str = "\
- id: when
  clause: \"2\"
  words: 每月抽查
  question: 應於何日前完成
  options:
  - {id: next-month, says: 次月底前}
  - {id: within, says: 當月內, set: {check.due: \"[{on: period-end}]\"}}
  chosen: next-month
";

const AUDIT: &str =
    "- {id: a1, obligation: law/check, scope: desk, period: 2026-01, done_on: 2026-02-10}\n";

#[test]
#[ignore = "slow: the gate runs it in release"]
fn what_is_taken_over_is_what_a_build_from_nothing_gives() {
    let later = AUDIT.replace("02-10", "03-02");
    let with_paper = AUDIT.replace("}\n", ", evidence: [e1]}\n");
    let rules = [CHECK, WIPE].concat();
    let within = rules.replace("[{on: site-default}]", "[{on: period-end}]");
    let renamed = rules.replace("每月抽查", "按月抽查");
    let edits: &[(&str, &[&str])] = &[
        (
            "content/audits.yaml",
            &[AUDIT, &later, &later, AUDIT, &with_paper, "", "", "- {id: a1\n"],
        ),
        (
            "regulations/law/obligations.yaml",
            &[&rules, &renamed, &rules, &renamed, &rules, &within, &rules, "- id: [\n"],
        ),
        ("regulations/law/readings.yaml", &[QUESTION, "", QUESTION]),
        (
            "regulations/law/tests.yaml",
            &[
                "- {of: check, periods: {2026-01: 2026-02-28}, by: 承辦}\n",
                "- {of: check, periods: {2026-02: 2026-03-31}, by: 承辦}\n",
                "- {of: check, periods: {2026-01: 2026-01-31}, by: 承辦}\n",
                "",
                "",
            ],
        ),
        (
            "regulations/law/2025-01-01.txt",
            &[
                "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查。\n三、紀錄保存一年。\n",
                "測試規定\n一、為測試，訂定本規定。\n二、各單位按月抽查。\n三、紀錄保存一年。\n",
            ],
        ),
        (
            "content/pages/guide.md",
            &["# 說明\n\n文字。\n", "# 說明\n\n文字二。\n", "# 說明\n\n[無](none.md)\n", "", ""],
        ),
        ("content/roles.yaml", &["- {id: chief, title: 科長, reach: unit}\n", ""]),
        (
            "content/evidence/papers.yaml",
            &[
                "- {id: e1, title: 表, received_on: 2026-02-10, document: 文一}\n",
                "- {id: e1, title: 紀錄, received_on: 2026-02-12, document: 文二}\n",
            ],
        ),
        ("content/calendar.yaml", &["years: {2026: {holidays: {2026-01-01: 元旦}}}\n", ""]),
        (
            "clausebook.yaml",
            &["name: 測試站\nagency: 測試機關\n", "name: 新站名\nagency: 測試機關\n"],
        ),
    ];
    let papers = "- {id: e1, title: 表, received_on: 2026-02-10, document: 文一}\n";
    compare(Project::new().write("content/evidence/papers.yaml", papers), 30, edits);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_demo_is_rebuilt_as_it_is_built() {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).expect("reads");
    let paths = [
        "content/usage/land-registration.yaml",
        "content/audits/taipei-seal/2026-internal-audit.yaml",
        "content/posts/taipei-land.yaml",
        "content/roles.yaml",
        "regulations/taipei-cadastral/obligations.yaml",
        "regulations/taipei-seal/tests.yaml",
        "content/calendar.yaml",
    ];
    let texts: Vec<[String; 3]> = paths
        .iter()
        .map(|path| {
            let text = read(path);
            let noted = text.replacen("result: clean", "result: clean\n  note: 註記", 1);
            let noted = noted.replacen("queries: 1", "queries: 2", 1).replacen(
                "title: 局長",
                "title: 首長",
                1,
            );
            let longer = format!("{text}\n# 註\n");
            [text, noted, longer]
        })
        .collect();
    let texts: Vec<Vec<&str>> =
        texts.iter().map(|all| all.iter().map(String::as_str).collect()).collect();
    let mut edits: Vec<(&str, &[&str])> =
        paths.iter().zip(&texts).map(|(path, texts)| (*path, &texts[..])).collect();
    edits.push(("content/waivers-new.yaml", &["", "- {"]));
    compare(Project::demo(), 14, &edits);
}
