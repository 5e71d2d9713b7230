//! The builder of the suite: a site's folder in a temporary place, and the program run on it.
//! `Project::new()` is a small sound site; tests write over it what they are about.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// The files of the site every test begins with. The regulation `law` has three clauses: the
/// first carries no duty, the others carry `check` and `wipe`.
const MINIMAL: &[(&str, &str)] = &[
    ("clausebook.yaml", "name: 測試站\nagency: 測試機關\n"),
    ("regulations/law/regulation.yaml", REGULATION),
    (
        "regulations/law/2025-01-01.txt",
        "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查。\n三、紀錄保存一年。\n",
    ),
    ("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n"),
    ("content/agencies.yaml", "id: city\nname: 測試局\n"),
    ("content/systems.yaml", "id: net\nname: 查詢系統\nagency: city\nregulations: [law]\n"),
    ("content/units.yaml", UNIT),
    ("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: A001\n"),
];

const REGULATION: &str = "\
id: law
name: 測試規定
versions:
- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}
";

const UNIT: &str = "\
id: desk
agency: city
name: 一科
kind: unit
uses:
- {system: net, from: 2025-01-01}
";

/// The first duty of the small site, in clause 2. Lines under it can follow.
pub const CHECK: &str = "\
- id: check
  kind: periodic
  clauses: [\"2\"]
  title: 每月抽查
  scope: unit
  every: month
  due: [{on: site-default}]
";

/// The second duty of the small site, in clause 3.
pub const WIPE: &str = "\
- id: wipe
  kind: retention
  clauses: [\"3\"]
  title: 保存一年
  scope: unit
  keep: {what: audits, for: 1 year, from: completion}
";

/// A site's folder and how the program is run on it.
pub struct Project {
    root: PathBuf,
    as_of: Option<String>,
    env: Vec<(String, String)>,
    _place: TempDir,
}

impl Project {
    /// A small sound site.
    pub fn new() -> Self {
        let site = MINIMAL.iter().fold(Self::empty(), |site, (path, text)| site.write(path, text));
        site.duties(&[CHECK, WIPE])
    }

    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self::empty_at("site")
    }

    /// A folder with nothing in it, at `path` below a temporary one.
    pub fn empty_at(path: &str) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = place.path().join(path);
        fs::create_dir_all(&root).expect("creates the site's folder");
        Self { root, as_of: None, env: Vec::new(), _place: place }
    }

    /// A copy of the repository's own site: the demo.
    pub fn demo() -> Self {
        let project = Self::empty();
        let config = fs::read(repository().join("clausebook.yaml")).expect("reads");
        for folder in ["content", "regulations", "templates"] {
            copy(&repository().join(folder), &project.root.join(folder));
        }
        project.write("clausebook.yaml", config)
    }

    /// Writes a file, over what stood there.
    pub fn write(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("is below the site's folder")).expect("creates");
        fs::write(&path, text).expect("writes");
        self
    }

    /// Takes a file away.
    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.root.join(path)).expect("removes");
        self
    }

    /// Exchanges the first duty, `check`: `rule` is the lines under its `id`, unindented. It stands
    /// in clause 2.
    pub fn duty(self, rule: &str) -> Self {
        let lines: String = rule.lines().map(|line| format!("  {line}\n")).collect();
        self.duties(&["- id: check\n  clauses: [\"2\"]\n  title: 義務\n", &lines, WIPE])
    }

    /// A duty of units about an event, and event `v1` of one of them, as in `kind: change` and so on.
    pub fn of_event(rule: &str, event: &str) -> Self {
        Self::new()
            .duty(&format!("kind: event\nscope: unit\n{rule}"))
            .write("content/events.yaml", format!("id: v1\nunit: desk\n{event}"))
    }

    /// Exchanges the duties: one text after the other, [`CHECK`] and [`WIPE`] or others.
    pub fn duties(self, texts: &[&str]) -> Self {
        self.write("regulations/law/obligations.yaml", texts.concat())
    }

    /// Copies the repository's regulations, in place of the small one.
    pub fn with_regulations(self) -> Self {
        fs::remove_dir_all(self.root.join("regulations")).expect("removes the small regulation");
        copy(&repository().join("regulations"), &self.root.join("regulations"));
        self
    }

    /// Judges as of a day.
    #[expect(clippy::wrong_self_convention, reason = "named after the option it adds")]
    pub fn as_of(mut self, day: &str) -> Self {
        self.as_of = Some(day.to_owned());
        self
    }

    /// Runs with an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Runs a command line; words are divided by spaces.
    pub fn run(&self, line: &str) -> Outcome {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(&words).current_dir(&self.root).env_remove("NO_COLOR");
        command.env_remove("GITHUB_STEP_SUMMARY");
        if let Some(day) = &self.as_of {
            command.args(["--as-of", day]);
        }
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        let output = command.output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Outcome {
            line: line.to_owned(),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The rows of `status --format json`, by their ids.
    pub fn rows(&self) -> BTreeMap<String, Row> {
        let outcome = self.run("status --format json").code(0);
        listed(outcome.stdout.as_bytes(), "occurrences")
            .into_iter()
            .map(|row| (row["id"].as_str().expect("an id").to_owned(), Row(row)))
            .collect()
    }

    /// The row of one occurrence.
    pub fn row(&self, id: &str) -> Row {
        let mut rows = self.rows();
        let ids: Vec<String> = rows.keys().cloned().collect();
        rows.remove(id).unwrap_or_else(|| panic!("no `{id}` among {ids:#?}"))
    }

    /// Builds the site, and has both programs find its receipts sound.
    pub fn is_verified(&self) {
        self.run("build").code(0);
        let public = self.root.join("public");
        Self::empty().run(&format!("verify {}", public.display())).code(0);
        let script = Command::new("python3").arg(public.join("verify.py")).arg(&public).output();
        let script = script.expect("python3 runs");
        let said = [script.stdout, script.stderr].concat();
        assert!(script.status.success(), "{}", String::from_utf8_lossy(&said));
    }

    /// Every file below `folder` with its bytes, by its path.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.root.join(folder))
    }
}

/// The rows under `key` of a data file.
pub fn listed(file: &[u8], key: &str) -> Vec<Value> {
    let mut file: Value = serde_json::from_slice(file).expect("JSON");
    match file[key].take() {
        Value::Array(rows) => rows,
        other => panic!("`{key}` is {other}"),
    }
}

/// The repository's folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text of `tests/fixtures`.
pub fn fixture(name: &str) -> String {
    let path = repository().join("tests/fixtures").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below `folder` with its bytes, by its path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("lists").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("is below").display().to_string();
                found.insert(name, fs::read(&path).expect("reads"));
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("has a parent")).expect("creates");
        fs::write(path, bytes).expect("writes");
    }
}

/// What a run gave.
pub struct Outcome {
    line: String,
    code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    fn shown(&self) -> String {
        let Self { line, code, stdout, stderr } = self;
        format!("clausebook {line}\n-> {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }

    /// It ended with this exit code.
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.shown());
        self
    }

    /// The exit code.
    pub fn exit(&self) -> Option<i32> {
        self.code
    }

    pub fn stdout_has(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} on stdout\n{}", self.shown());
        self
    }

    pub fn stderr_has(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} on stderr\n{}", self.shown());
        self
    }

    pub fn stderr_lacks(self, text: &str) -> Self {
        assert!(!self.stderr.contains(text), "{text:?} on stderr\n{}", self.shown());
        self
    }

    /// It said so, wherever.
    pub fn stdout_or_stderr(self, text: &str) -> Self {
        let said = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(said, "no {text:?}\n{}", self.shown());
        self
    }

    /// It printed no data.
    pub fn no_stdout(self) -> Self {
        assert!(self.stdout.is_empty(), "{}", self.shown());
        self
    }

    /// It said nothing.
    pub fn no_stderr(self) -> Self {
        assert!(self.stderr.is_empty(), "{}", self.shown());
        self
    }
}

/// One row of `status --format json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Value);

impl Row {
    /// A text of the row, empty for null.
    pub fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_default()
    }

    /// It has this status.
    #[track_caller]
    pub fn is(self, status: &str) -> Self {
        assert_eq!(self.text("status"), status, "{:#}", self.0);
        self
    }

    /// One of its reasons has this text.
    #[track_caller]
    pub fn because(self, text: &str) -> Self {
        assert!(self.reasons().contains(text), "no {text:?} in {:#}", self.0);
        self
    }

    /// None of its reasons has this text.
    #[track_caller]
    pub fn not_because(self, text: &str) -> Self {
        assert!(!self.reasons().contains(text), "{text:?} in {:#}", self.0);
        self
    }

    /// A text of the row is this.
    #[track_caller]
    pub fn has(self, key: &str, text: &str) -> Self {
        assert_eq!(self.text(key), text, "{key} of {:#}", self.0);
        self
    }

    /// Records required and looked at.
    #[track_caller]
    pub fn records(self, required: Option<u64>, actual: Option<u64>) -> Self {
        let figure = |key: &str| self.0[key]["records"].as_u64();
        assert_eq!((figure("required"), figure("actual")), (required, actual), "{:#}", self.0);
        self
    }

    /// Its reasons, one a line.
    pub fn reasons(&self) -> String {
        let reasons = self.0["reasons"].as_array().expect("a list");
        reasons.iter().map(|reason| reason.as_str().expect("a text").to_owned() + "\n").collect()
    }
}

/// A text with the part of asset names that changes with their content left out: a change of the
/// style sheet is no change of every page.
pub fn without_hashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("assets/site.") {
        let (before, name) = rest.split_at(at + "assets/site.".len());
        out += before;
        let end = name.find('.').filter(|end| *end == 10).unwrap_or(0);
        out += if end > 0 { "HASH" } else { "" };
        rest = &name[end..];
    }
    out + rest
}

/// The files, without those of the site before, which stay once more for readers who have one of its
/// pages open: the list of what was written marks them with `+`.
pub fn without_kept(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let list = String::from_utf8(files[".clausebook-output"].clone()).expect("UTF-8");
    let (kept, own): (Vec<&str>, Vec<&str>) = list.lines().partition(|line| line.starts_with("+ "));
    // Each line of them has the hash before the path.
    for path in kept.iter().filter_map(|line| Some(line.strip_prefix("+ ")?.split_once(' ')?.1)) {
        assert!(path.starts_with("assets/") || path.starts_with("search/"), "{path}");
        files.remove(path).expect("what is listed is there");
    }
    files.insert(".clausebook-output".to_owned(), (own.join("\n") + "\n").into_bytes());
    files
}
