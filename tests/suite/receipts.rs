//! What is published can be checked by others: the manifest, the receipts, the signature. Whatever is
//! changed in a copy is found and named, by `verify` and by `verify.py`, which knows nothing of our
//! code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::project::{Project, fixture, repository};
use super::published::{DAY, DEMO};

/// The files that checks look into, and a few pages that only are hashed.
const LOOKED_INTO: [&str; 4] = ["data/", "verify.py", "evidence/files/", "agencies/"];

/// A copy of the demo, cut to what is looked into and a few pages; its manifest is written for that.
pub struct Copied {
    place: tempfile::TempDir,
}

impl Copied {
    pub fn new() -> Self {
        Self::of(&LOOKED_INTO)
    }

    /// Of the files whose paths begin so.
    pub fn of(starts: &[&str]) -> Self {
        let copied = Self { place: tempfile::tempdir().expect("a folder") };
        let is_kept = |path: &str| starts.iter().any(|start| path.starts_with(start));
        for (path, bytes) in DEMO.files.iter().filter(|(path, _)| is_kept(path)) {
            copied.write(path, bytes);
        }
        copied.seal();
        copied
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("creates");
        fs::write(path, bytes).expect("writes");
    }

    pub fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(path)).expect("reads")).expect("JSON")
    }

    /// Writes a file of data, and the manifest for it: as one does who knows how it is made.
    fn forge(&self, path: &str, value: &Value) {
        self.write(path, value.to_string().as_bytes());
        self.seal();
    }

    /// Writes the manifest of what is there, independently of the program.
    pub fn seal(&self) {
        let mut files = super::project::files(self.place.path());
        files.retain(|path, _| !path.starts_with("manifest."));
        self.seal_as(DAY, &files);
    }

    /// Writes a manifest of a day and of these files.
    pub fn seal_as(&self, as_of: &str, files: &BTreeMap<String, Vec<u8>>) {
        let rows = files.iter().map(|(path, bytes)| {
            let (hash, size) = (sha256(bytes), bytes.len());
            format!("{}: {{\"sha256\": \"{hash}\", \"size\": {size}}}", json!(path))
        });
        let rows: Vec<String> = rows.collect();
        let text = format!(
            "{{\n\"schema\": 1,\n\"program\": \"clausebook\",\n\"as_of\": \"{as_of}\",\n\"build\": null,\n\"files\": {{\n{}\n}}\n}}\n",
            rows.join(",\n")
        );
        self.write(
            "manifest.sha256",
            format!("{}  manifest.json\n", sha256(text.as_bytes())).as_bytes(),
        );
        self.write("manifest.json", text.as_bytes());
    }

    /// What each of the two says: the exit code, and all it printed.
    pub fn checked(&self) -> [Option<(Option<i32>, String)>; 2] {
        let project = Project::empty();
        let place = self.place.path().display();
        let own = project.run(&format!("verify {place}"));
        let code = own.exit();
        [Some((code, own.stdout + &own.stderr)), python(self.place.path())]
    }

    /// Both find a fault and name the file.
    #[track_caller]
    pub fn is_refused(&self, file: &str) {
        for (code, said) in self.checked().into_iter().flatten() {
            assert_eq!(code, Some(1), "{file}: {said}");
            assert!(said.contains(file), "{file} is not named: {said}");
        }
    }

    #[track_caller]
    fn is_accepted(&self) {
        for (code, said) in self.checked().into_iter().flatten() {
            assert_eq!(code, Some(0), "{said}");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a program that a test needs is there. The gate and continuous integration must have it: there
/// a test that could not run may not pass.
fn is_there(found: bool, program: &str) -> bool {
    let is_asked = ["CLAUSEBOOK_GATE", "CI"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(found || !is_asked, "`{program}` is not installed, so this was not tested");
    found
}

/// What `verify.py` says of a folder; `None` where there is no Python.
fn python(place: &Path) -> Option<(Option<i32>, String)> {
    let script = repository().join("templates/verify/verify.py");
    let ran = Command::new("python3").arg(script).arg(place).output();
    let ran = ran.ok().filter(|ran| ran.status.code() != Some(127));
    is_there(ran.is_some(), "python3");
    let ran = ran?;
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    Some((ran.status.code(), said.into_owned()))
}

/// The file of a duty with a sample, and its receipts.
const SPOT_CHECK: &str = "data/receipts/taipei-market-household/monthly-spot-check.json";

#[test]
fn every_status_of_the_demo_follows_from_its_receipt() {
    let copied = Copied::new();
    copied.is_accepted();
    let rows = DEMO.rows().len();
    for (_, said) in copied.checked().into_iter().flatten() {
        assert!(said.contains(&format!("{rows} ")), "{rows} statuses: {said}");
    }
}

#[test]
fn the_script_is_short_and_published_as_it_is() {
    let text = include_str!("../../templates/verify/verify.py");
    assert!(text.lines().count() <= 400, "{} lines", text.lines().count());
    assert!(DEMO.files["verify.py"] == text.as_bytes(), "another script is published");
    let imports: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("import ") || line.starts_with("from "))
        .collect();
    assert_eq!(
        imports,
        [
            "import calendar as gregorian, collections, hashlib, json, os, pathlib, re, sys, unicodedata",
            "from datetime import date, datetime, timedelta, timezone",
        ],
        "the standard library alone"
    );
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn one_flipped_byte_in_any_file_is_found_and_named() {
    let copied = Copied::new();
    let paths: Vec<String> = super::project::files(copied.place.path()).into_keys().collect();
    // A byte of every fifth file, of an evidence file, and of those that hold the others together;
    // files that are looked into may not be read any more then, and are named all the same.
    let held = ["manifest.sha256", "data/status.json", "data/calendar.json", "verify.py"];
    let some: Vec<&String> = paths
        .iter()
        .enumerate()
        .filter(|(at, path)| at % 5 == 0 || held.contains(&path.as_str()))
        .map(|(_, path)| path)
        .filter(|path| *path != "manifest.json")
        .collect();
    assert!(some.iter().any(|path| path.starts_with("evidence/files/")));
    for (at, path) in some.iter().enumerate() {
        let mut bytes = fs::read(copied.path(path)).expect("reads");
        let place = at * 7919 % bytes.len();
        bytes[place] ^= 1;
        copied.write(path, &bytes);
    }
    fs::remove_file(copied.path("data/history.json")).expect("removes");
    copied.write("evil.html", b"<p>");
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        let added = ["data/history.json".to_owned(), "evil.html".to_owned()];
        for path in some.iter().copied().chain(&added) {
            assert!(said.contains(&format!("{path}: ")), "{path} is not named: {said}");
        }
    }
    // In the manifest a byte may stand for another file; that it is not the one it was is said too.
    for place in [3, 20, 300] {
        let small = Copied::of(&["data/status.json", "data/calendar.json"]);
        let mut bytes = fs::read(small.path("manifest.json")).expect("reads");
        bytes[place] ^= 1;
        small.write("manifest.json", &bytes);
        small.is_refused("manifest.");
    }
}

/// Changes occurrences of a receipt as somebody does who writes a fitting manifest, too: each change is
/// made to another occurrence that was done, and each is named.
#[track_caller]
fn forged(changes: &[fn(&mut Value)]) {
    let copied = Copied::new();
    let mut receipt = copied.json(SPOT_CHECK);
    let all = receipt["occurrences"].as_array_mut().expect("a list");
    let mut done = all.iter_mut().filter(|one| one["status"] == "done" && one["acts"].is_array());
    let mut ids = Vec::new();
    for change in changes {
        let one = done.next().expect("enough are done");
        let before = one.clone();
        change(one);
        assert_ne!(before, *one, "nothing was changed");
        ids.push(format!("{}: ", one["id"].as_str().expect("an id")));
    }
    copied.forge(SPOT_CHECK, &receipt);
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        // In its own file, whatever is said of `data/status.json`.
        let said: Vec<&str> = said.lines().filter(|line| line.contains(SPOT_CHECK)).collect();
        for (at, id) in ids.iter().enumerate() {
            assert!(said.iter().any(|line| line.contains(id)), "change {at} of {id}: {said:#?}");
        }
    }
}

#[test]
fn a_forged_day_count_or_status_is_found_though_the_manifest_fits() {
    forged(&[
        |one| one["due"] = "2026-03-01".into(),
        |one| one["reckoning"][1]["day"] = "2025-02-27".into(),
        |one| one["opens"] = "2024-01-01".into(),
        |one| one["status"] = "overdue".into(),
        |one| one["done_on"] = "2025-02-01".into(),
        |one| one["acts"][0]["records"] = 1.into(),
        |one| one["acts"][0]["on"] = "2025-02-01".into(),
        |one| one["acts"][0]["approved"]["on"] = "2025-03-30".into(),
        |one| one["acts"][0]["papers"] = json!([]),
        |one| one["sample"][0]["required"] = 1.into(),
        |one| one["sample"][0]["population"] = 70.into(),
        |one| one["sample"][0]["actual"] = 70.into(),
        |one| one["elements"][0]["since"] = "2025-01-01".into(),
        |one| one["usage"] = json!([]),
        |one| one["earliest"] = "2024-01-01".into(),
        |one| one["approved_on"] = "2024-01-01".into(),
    ]);
}

#[test]
fn a_forged_record_clause_or_published_status_is_found_though_the_manifest_fits() {
    let copied = Copied::new();
    let mut receipt = copied.json(SPOT_CHECK);
    let records = receipt["records"].as_object_mut().expect("records");
    let key = |kind: &&str| records.keys().find(|key| key.starts_with(kind)).expect("one").clone();
    let keys: Vec<String> = ["usage/", "audit/", "evidence/"].iter().map(key).collect();
    records[&keys[0]]["fields"]["queries"] = 1.into();
    records[&keys[1]]["sha256"] = "0".repeat(64).into();
    records[&keys[2]]["fields"]["received_on"] = "2020-01-01".into();
    receipt["clauses"][0]["text"] = "得抽查".into();
    receipt["calendar_sha256"] = "0".repeat(64).into();
    let mut status = copied.json("data/status.json");
    let rows = status["occurrences"].as_array_mut().expect("rows");
    rows.pop();
    rows[0]["status"] = "upcoming".into();
    rows[1]["due"] = "2020-01-01".into();
    let ids: Vec<String> =
        rows[..2].iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    copied.write(SPOT_CHECK, receipt.to_string().as_bytes());
    copied.forge("data/status.json", &status);
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        for key in keys.iter().chain(&ids) {
            assert!(said.contains(&format!("{key}: ")), "{key}: {said}");
        }
        for text in ["clause 6.2", "another office calendar", "data/status.json: "] {
            assert!(said.contains(text), "{text}: {said}");
        }
    }
}

/// The rule is changed with its hash: the days and figures of the occurrences say so.
#[test]
fn a_forged_rule_does_not_fit_the_days_it_gave() {
    let copied = Copied::new();
    let mut receipt = copied.json(SPOT_CHECK);
    receipt["rule"]["demand"]["sample"][0]["tiers"][0]["rate"] = "60%".into();
    // A value of serde_json keeps its keys sorted: its text is the canonical form.
    receipt["rule_sha256"] = sha256(receipt["rule"].to_string().as_bytes()).into();
    copied.forge(SPOT_CHECK, &receipt);
    copied.is_refused("monthly-spot-check");
}

#[test]
fn the_records_give_the_receipts_again_and_a_changed_record_others() {
    let project = small();
    project.run("build").code(0).stderr_has("manifest.json ");
    project.run("verify --records").code(0).stdout_has("unchanged").stdout_has("made anew");
    let project = project.write("content/usage.yaml", usage(335));
    project.run("verify").code(0);
    let receipt = "data/receipts/law/check.json";
    project.run("verify --records").code(1).stderr_has(receipt);
    let found = project.run("verify --records --format json").code(1);
    let found: Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!(found["ok"], false);
    assert_eq!(found["faults"][0]["file"], receipt);
    project.run("verify nowhere").code(4).stderr_has("manifest.json");
    // Receipts that the records do not give, and a day that a build would not take.
    let public = project.root().join("public");
    fs::write(public.join("data/receipts/law/more.json"), "{}").expect("writes");
    let more = "data/receipts/law/more.json: the records give no such receipts";
    project.run("verify --records").code(1).stderr_has(more);
    let manifest = fs::read_to_string(public.join("manifest.json")).expect("reads");
    let far = manifest.replace("2025-12-15", "9999-12-31");
    fs::write(public.join("manifest.json"), far).expect("writes");
    project.run("verify --records").code(2).stderr_has("too far ahead");
}

#[test]
fn the_folder_with_the_manifest_is_the_one_that_is_checked_and_named() {
    let project = small();
    project.run("build").code(0);
    project.run("verify").code(0).stdout_has("checked ./public");
    project.run("verify .").code(0).stdout_has("checked ./public");
    // A site's configuration that lies in it does not lead elsewhere.
    let project = project.write("public/clausebook.yaml", "title: 網站\n");
    let other = "clausebook.yaml: the manifest does not have it";
    project.run("verify public").code(1).stderr_has(other);
}

#[test]
fn files_kept_for_readers_are_said_to_be_covered_by_no_signature() {
    let project = small();
    project.run("build").code(0);
    let project = project.write("static/site.css", "p { color: red }\n");
    let project = project.write("content/usage.yaml", usage(400));
    project.run("build").code(0);
    project.run("verify").code(0).stdout_has("no signature covers them");
    if let Some((code, said)) = python(&project.root().join("public")) {
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("no signature covers them"), "{said}");
    }
}

fn usage(queries: u64) -> String {
    format!(
        "{{unit: desk, system: net, month: 2025-10, queries: {queries}, active_users: 2, total_users: 5}}\n"
    )
}

/// A site with one small regulation, one unit and one audit.
fn small() -> Project {
    Project::new()
        .duty(
            "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\n\
             sample: {records: {of: queries, tiers: [{rate: 6%, min: 2}]}}\nevidence: [表一]",
        )
        .write("content/calendar.yaml", fixture("office-calendar.yaml"))
        .write("content/agencies.yaml", "{id: city, name: 測試局}\n")
        .write("content/systems.yaml", "{id: net, name: 系統, agency: city, regulations: [law]}\n")
        .write("content/units.yaml", "{id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-09-01}]}\n")
        .write("content/usage.yaml", usage(334))
        .write(
            "content/audits.yaml",
            "{id: a1, obligation: law/check, scope: desk, period: 2025-10, done_on: 2025-11-10, sample: {records: 2}}\n",
        )
        .as_of("2025-12-15")
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_signature_is_that_of_openssh_and_of_one_manifest() {
    if !is_there(Command::new("ssh-keygen").arg("-?").output().is_ok(), "ssh-keygen") {
        return;
    }
    let project = small();
    project.run("build").code(0);
    let root = project.root();
    let ssh = |words: &[&str], input: Option<&Path>| {
        let mut command = Command::new("ssh-keygen");
        command.args(words).current_dir(root);
        if let Some(input) = input {
            command.stdin(fs::File::open(input).expect("opens"));
        }
        command.output().expect("runs").status.success()
    };
    for (kind, name) in [("ed25519", "one"), ("ecdsa", "two"), ("rsa", "three")] {
        assert!(ssh(&["-q", "-t", kind, "-N", "", "-f", name], None), "{kind}");
    }
    assert!(ssh(&["-q", "-t", "ed25519", "-N", "secret", "-f", "locked"], None));
    let public = |name: &str| fs::read_to_string(root.join(format!("{name}.pub"))).expect("reads");
    fs::write(root.join("signers"), format!("audit@example.org {}", public("one")))
        .expect("writes");
    project.run("verify --signers signers").code(1).stderr_has("not signed");
    project.run("sign --key one").code(0).stderr_has("SHA256:");
    project.run("verify --signers signers").code(0).stdout_has("signed by audit@example.org");
    let manifest = root.join("public/manifest.json");
    let by_openssh = [
        "-Y",
        "verify",
        "-n",
        "clausebook",
        "-f",
        "signers",
        "-I",
        "audit@example.org",
        "-s",
        "public/manifest.json.sig",
    ];
    assert!(ssh(&by_openssh, Some(&manifest)), "ssh-keygen takes it");
    // The bounds are held to the day that is asked for, not to that of the machine.
    for (bound, code, said) in [
        ("valid-before=\"20260101\"", 0, "signed by audit@example.org"),
        ("valid-before=\"20251215\"", 1, "may not sign this"),
        ("valid-before=\"never\"", 2, "signers:1: this line allows nobody"),
        ("namespaces=\"!clausebook,*\"", 2, "signers:1: this line allows nobody"),
    ] {
        fs::write(root.join("signers"), format!("audit@example.org {bound} {}", public("one")))
            .expect("writes");
        let ran = project.run("verify --signers signers").code(code);
        assert!((ran.stdout + &ran.stderr).contains(said), "{bound}: {said}");
    }
    fs::write(root.join("signers"), format!("audit@example.org {}", public("one")))
        .expect("writes");
    // The other way round, and by another kind of key. OpenSSH asks before it writes over one.
    fs::remove_file(root.join("public/manifest.json.sig")).expect("removes");
    assert!(
        ssh(&["-q", "-Y", "sign", "-n", "clausebook", "-f", "two", "public/manifest.json"], None)
            || cfg!(not(unix))
    );
    project.run("verify").code(0).stdout_has("signed with SHA256:");
    project.run("verify --signers signers").code(1).stderr_has("nobody among the signers");
    // The same manifest keeps its signature, another one does not.
    project.run("build").code(0).stderr_lacks("not published any more");
    project.run("verify").code(0).stdout_has("signed with");
    let project = project.write("content/usage.yaml", usage(400));
    project.run("build").code(0).stderr_has("sign it anew");
    let root = project.root();
    assert!(!root.join("public/manifest.json.sig").exists());
    project.run("verify").code(0).stdout_has("not signed");
    assert!(root.join(".public.previous/manifest.json.sig").exists(), "it stays with its manifest");
    // A signature of another manifest beside this one is a fault.
    fs::copy(
        root.join(".public.previous/manifest.json.sig"),
        root.join("public/manifest.json.sig"),
    )
    .expect("copies");
    project
        .run("verify")
        .code(1)
        .stderr_has("manifest.json.sig: the signature is not one of this manifest");
    // What cannot sign is refused, with what to do.
    project
        .run("sign --key locked")
        .code(2)
        .stderr_has("passphrase")
        .stderr_has("ssh-keygen -Y sign");
    project
        .run("sign --key three")
        .code(2)
        .stderr_has("not supported")
        .stderr_has("ssh-keygen -Y sign");
    project.run("sign --key one.pub").code(2).stderr_has("public key");
    project.run("sign --key clausebook.yaml").code(2).stderr_has("no private key");
    project.run("sign --key nothing").code(4);
}

#[test]
fn what_readers_may_not_see_is_not_in_the_receipts_either() {
    let project = small().write(
        "content/evidence.yaml",
        "{id: secret-paper, title: 密, form: 表一, received_on: 2025-11-11, document: 密字第一號, visibility: restricted}\n",
    );
    let project = project.write(
        "content/audits.yaml",
        "{id: a1, obligation: law/check, scope: desk, period: 2025-10, done_on: 2025-11-10, sample: {records: 2}, evidence: [secret-paper]}\n",
    );
    project.run("build").code(0);
    let path = "data/receipts/law/check.json";
    let text = fs::read_to_string(project.root().join("public").join(path)).expect("reads");
    assert!(!text.contains("secret-paper") && !text.contains("密字第一號"), "{text}");
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    let records = receipt["records"].as_object().expect("records");
    let withheld: Vec<&String> = records
        .iter()
        .filter(|(_, record)| record["withheld"] == true)
        .map(|(key, _)| key)
        .collect();
    assert_eq!(withheld.len(), 2, "the paper and the audit that names it: {withheld:?}");
    project.run("verify").code(0);
}
