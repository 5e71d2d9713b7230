//! The versions in `Cargo.lock` against `tests/advisories/snapshot.yaml`, what the RustSec advisory
//! database knew of them on a day. Whatever is found is said with what to do; nothing is fetched.

use std::collections::BTreeSet;
use std::path::Path;

use semver::{Version, VersionReq};
use serde::Deserialize;

/// The committed facts; its head says what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snapshot {
    as_of: String,
    newest: String,
    looked_up: String,
    advisories: Vec<Advisory>,
    accepted: Vec<Accepted>,
    none: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advisory {
    id: String,
    #[serde(rename = "crate")]
    name: String,
    date: String,
    kind: Kind,
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
    withdrawn: Option<String>,
    title: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Vulnerability,
    Unsound,
    Unmaintained,
    Notice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    id: String,
    #[serde(default)]
    banned: bool,
    reason: String,
}

/// A crate of a registry or repository, at the version that is built.
struct Locked {
    name: String,
    version: Version,
}

impl Snapshot {
    fn read(text: &str) -> Self {
        serde_yaml::from_str(text).expect("the snapshot has the keys its head explains")
    }

    fn has_looked_up(&self, name: &str) -> bool {
        self.none.iter().any(|none| none == name)
            || self.advisories.iter().any(|advisory| advisory.name == name)
    }

    /// Returns what is not as its reader expects: order, days, ids and ranges.
    fn disorder(&self) -> Vec<String> {
        let mut found = Vec::new();
        let places: Vec<_> = self.advisories.iter().map(|a| (&a.name, &a.id)).collect();
        if !places.is_sorted_by(|one, next| one < next) {
            found.push("`advisories` are not in the order of crate and id".to_owned());
        }
        if !self.none.is_sorted_by(|one, next| one < next) {
            found.push("`none` is not in order".to_owned());
        }
        if self.as_of > self.looked_up {
            found.push("`as_of` lies behind `looked_up`".to_owned());
        }
        for advisory in &self.advisories {
            let Advisory { id, name, .. } = advisory;
            if self.none.contains(name) {
                found.push(format!("`{name}` is among `none`, but {id} is of it"));
            }
            if id.len() != self.newest.len() || id > &self.newest || advisory.date > self.as_of {
                found.push(format!("{id} is newer than the snapshot"));
            }
            if advisory.title.is_empty() {
                found.push(format!("{id} has no title"));
            }
            for range in advisory.patched.iter().chain(&advisory.unaffected) {
                if VersionReq::parse(range).is_err() {
                    found.push(format!("{id}: `{range}` is no range of versions"));
                }
            }
        }
        found
    }
}

impl Advisory {
    /// Whether `locked` is a version it speaks of. No range without one holds a version before a
    /// release (`1.0.0-rc.1`): it counts as affected, which is the safe side.
    fn affects(&self, locked: &Locked) -> bool {
        let holds = |range: &String| {
            VersionReq::parse(range).expect("a range of versions").matches(&locked.version)
        };
        self.name == locked.name
            && self.withdrawn.is_none()
            && !self.patched.iter().chain(&self.unaffected).any(holds)
    }

    fn remedy(&self) -> String {
        let name = &self.name;
        match (self.kind, self.patched.is_empty()) {
            (Kind::Unmaintained | Kind::Notice, true) => "do without the crate".to_owned(),
            (_, true) => "no version is patched: do without the crate".to_owned(),
            (_, false) => {
                format!("`cargo update -p {name}` to {}", self.patched.join(" or "))
            }
        }
    }
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Vulnerability => "vulnerability",
            Kind::Unsound => "unsound",
            Kind::Unmaintained => "unmaintained",
            Kind::Notice => "notice",
        }
    }
}

/// Returns the crates of a `Cargo.lock` that come from elsewhere, in its order.
fn locked(lock: &str) -> Vec<Locked> {
    let mut found = Vec::new();
    for package in lock.split("[[package]]").skip(1) {
        let field = |key: &str| {
            let start = format!("{key} = \"");
            let line = package.lines().find_map(|line| line.strip_prefix(start.as_str()));
            line.map(|rest| rest.trim_end_matches('"').to_owned())
        };
        if field("source").is_none() {
            continue;
        }
        let name = field("name").expect("a package has a name");
        let version = field("version").expect("a package has a version");
        let version = Version::parse(&version).expect("cargo locks whole versions");
        found.push(Locked { name, version });
    }
    found
}

/// Returns the lines of one table of `deny.toml`.
fn table<'a>(deny: &'a str, name: &str) -> &'a str {
    let head = format!("[{name}]\n");
    let (_, rest) = deny.split_once(head.as_str()).unwrap_or_default();
    rest.split("\n[").next().unwrap_or_default()
}

/// Returns the ids that `deny.toml` has cargo-deny ignore.
fn ignored(deny: &str) -> BTreeSet<String> {
    let ids = table(deny, "advisories").split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    ids.filter(|word| word.starts_with("RUSTSEC-")).map(str::to_owned).collect()
}

/// Returns what speaks against the locked crates, each with its remedy: crates that are affected or
/// were never looked up, and acceptances that nothing stands behind (any more).
fn problems(lock: &str, snapshot: &Snapshot, deny: &str) -> Vec<String> {
    const FILE: &str = "tests/advisories/snapshot.yaml";
    let locked = locked(lock);
    let ignored = ignored(deny);
    let mut found = Vec::new();
    for Locked { name, version } in locked.iter().filter(|one| !snapshot.has_looked_up(&one.name)) {
        found.push(format!(
            "`{name}` {version} was never looked up: look for crates/{name} in the advisory \
             database and put what there is, or its name under `none`, in {FILE}"
        ));
    }
    for advisory in &snapshot.advisories {
        if snapshot.accepted.iter().any(|accepted| accepted.id == advisory.id) {
            continue;
        }
        for Locked { name, version } in locked.iter().filter(|one| advisory.affects(one)) {
            found.push(format!(
                "`{name}` {version} is affected by {} ({}: {}): {}, or accept it in {FILE} and \
                 in `ignore` of deny.toml with a reason",
                advisory.id,
                advisory.kind.word(),
                advisory.title,
                advisory.remedy(),
            ));
        }
    }
    for Accepted { id, banned, reason } in &snapshot.accepted {
        let advisory = snapshot.advisories.iter().find(|advisory| &advisory.id == id);
        let Some(advisory) = advisory.filter(|known| locked.iter().any(|one| known.affects(one)))
        else {
            found.push(format!(
                "{id} is accepted, but affects nothing any more: take it out of {FILE}"
            ));
            continue;
        };
        if reason.trim().is_empty() {
            found.push(format!("{id} is accepted without a reason"));
        }
        let ban = format!("crate = \"{}\"", advisory.name);
        if *banned && !table(deny, "bans").contains(&ban) {
            found.push(format!(
                "{id} is accepted because `{}` is in no build, but deny.toml does not ban it",
                advisory.name
            ));
        }
        if !banned && !ignored.contains(id) {
            found.push(format!(
                "{id} is accepted, but `ignore` of deny.toml lacks it: cargo-deny refuses it"
            ));
        }
    }
    for id in &ignored {
        if !snapshot.accepted.iter().any(|accepted| &accepted.id == id) {
            found.push(format!("deny.toml ignores {id}, which {FILE} does not accept"));
        }
    }
    found
}

/// Reads a file of the repository.
fn repository(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

fn committed() -> Snapshot {
    Snapshot::read(&repository("tests/advisories/snapshot.yaml"))
}

#[test]
fn no_locked_crate_is_affected_by_what_the_snapshot_knows() {
    let lock = repository("Cargo.lock");
    assert!(locked(&lock).len() > 300, "`Cargo.lock` is read to its end");
    let found = problems(&lock, &committed(), &repository("deny.toml"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_snapshot_is_in_order() {
    let found = committed().disorder();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The ranges as the advisories give them: the last affected version and the first that is not,
/// of each branch.
#[test]
fn ranges_end_where_the_advisories_say() {
    let snapshot = committed();
    let cases = [
        ("2026-0187", "lopdf", &["0.1.0", "0.41.0"][..], &["0.42.0", "0.47.0"][..]),
        ("2025-0047", "slab", &["0.4.10"], &["0.4.9", "0.4.11", "0.4.12"]),
        ("2024-0402", "hashbrown", &["0.15.0"], &["0.14.5", "0.15.1", "0.17.1"]),
        ("2021-0100", "sha2", &["0.9.7"], &["0.9.6", "0.9.8", "0.10.9"]),
        ("2020-0060", "futures-task", &["0.2.2", "0.3.5"], &["0.2.1", "0.3.6"]),
        ("2023-0031", "spin", &["0.9.3", "0.9.7"], &["0.9.2", "0.9.8"]),
        (
            "2026-0097",
            "rand",
            &["0.7.0", "0.8.5", "0.9.0", "0.9.2", "0.10.0"],
            &["0.6.5", "0.8.6", "0.9.3", "0.10.1"],
        ),
        (
            "2023-0001",
            "tokio",
            &["1.7.0", "1.18.3", "1.19.0", "1.20.2", "1.21.0", "1.23.0"],
            &["1.6.3", "1.18.4", "1.20.3", "1.23.1"],
        ),
        (
            "2021-0020",
            "hyper",
            &["0.12.35", "0.13.0", "0.13.9", "0.14.0", "0.14.2"],
            &["0.11.27", "0.12.36", "0.13.10", "0.13.11", "0.14.3", "1.0.0"],
        ),
        (
            "2021-0119",
            "nix",
            &["0.16.0", "0.20.1", "0.21.1", "0.22.1"],
            &["0.15.0", "0.20.2", "0.21.2", "0.22.2", "0.23.0", "0.32.0"],
        ),
        // Nobody patched it.
        ("2023-0071", "rsa", &["0.1.0", "0.9.10", "0.10.0"], &[]),
        // It was withdrawn.
        ("2019-0031", "spin", &[], &["0.5.2", "0.9.9"]),
        // What is built beside the version has no say; a version before a release is behind it.
        ("2026-0194", "quick-xml", &["0.40.0", "0.41.0-rc.1"], &["0.41.0+any", "0.42.0"]),
        ("2023-0033", "borsh", &["0.10.3", "0.11.0"], &["0.10.4", "1.0.0-alpha.1", "1.0.0"]),
    ];
    for (id, name, affected, free) in cases {
        let id = format!("RUSTSEC-{id}");
        let mut all = snapshot.advisories.iter();
        let advisory = all.find(|one| one.id == id && one.name == name).expect("it is known");
        let affects = |version: &&&str| {
            let version = Version::parse(version).expect("a version");
            advisory.affects(&Locked { name: name.to_owned(), version })
        };
        let hit: Vec<&&str> = affected.iter().chain(free).filter(affects).collect();
        assert_eq!(hit, affected.iter().collect::<Vec<_>>(), "{id}");
    }
}

/// A `Cargo.lock` with the crates given, and one of this repository.
fn lock(crates: &[(&str, &str)]) -> String {
    let mut text = "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n".to_owned();
    for (name, version) in crates {
        text += &format!(
            "\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"registry+x\"\n"
        );
    }
    text
}

const SMALL: &str = r#"
as_of: 2026-10-10
newest: RUSTSEC-2026-0334
looked_up: 2026-11-29
advisories:
- id: RUSTSEC-2026-0001
  crate: hole
  date: 2026-01-02
  kind: vulnerability
  patched: [">= 1.2.3"]
  title: a hole
- id: RUSTSEC-2025-0002
  crate: old
  date: 2025-01-02
  kind: unmaintained
  patched: []
  title: nobody keeps it
accepted: []
none: [plain]
"#;

const DENY: &str = "[advisories]\nignore = []\n\n[bans]\ndeny = [{ crate = \"old\" }]\n";

#[test]
fn a_planted_version_is_found_and_said_with_its_remedy() {
    let small = Snapshot::read(SMALL);
    let found = |crates: &[(&str, &str)]| problems(&lock(crates), &small, DENY);
    assert_eq!(found(&[("plain", "1.0.0"), ("hole", "1.2.3")]), [""; 0]);
    let end = "or accept it in tests/advisories/snapshot.yaml and in `ignore` of deny.toml with a \
               reason";
    assert_eq!(
        found(&[("hole", "1.2.2"), ("hole", "2.0.0"), ("old", "1.0.0")]),
        [
            format!(
                "`hole` 1.2.2 is affected by RUSTSEC-2026-0001 (vulnerability: a hole): `cargo \
                 update -p hole` to >= 1.2.3, {end}"
            ),
            format!(
                "`old` 1.0.0 is affected by RUSTSEC-2025-0002 (unmaintained: nobody keeps it): do \
                 without the crate, {end}"
            ),
        ]
    );
    assert_eq!(
        found(&[("new", "0.1.0")]),
        ["`new` 0.1.0 was never looked up: look for crates/new in the advisory database and put \
          what there is, or its name under `none`, in tests/advisories/snapshot.yaml"]
    );
}

#[test]
fn an_acceptance_has_a_reason_applies_and_is_deny_tomls_too() {
    let with = |accepted: &str, version: &str, deny: &str| {
        let small = Snapshot::read(&SMALL.replace("accepted: []", accepted));
        problems(&lock(&[("old", version), ("hole", "1.2.3")]), &small, deny)
    };
    let banned = "accepted: [{id: RUSTSEC-2025-0002, banned: true, reason: in no build}]";
    let ignoring = DENY.replace("ignore = []", "ignore = [{ id = \"RUSTSEC-2025-0002\" }]");
    assert_eq!(with(banned, "1.0.0", DENY), [""; 0]);
    assert_eq!(
        with(banned, "1.0.0", "[bans]\ndeny = []\n"),
        [
            "RUSTSEC-2025-0002 is accepted because `old` is in no build, but deny.toml does not ban it"
        ]
    );

    let built = "accepted: [{id: RUSTSEC-2025-0002, reason: small and finished}]";
    assert_eq!(with(built, "1.0.0", &ignoring), [""; 0]);
    assert_eq!(
        with(built, "1.0.0", DENY),
        [
            "RUSTSEC-2025-0002 is accepted, but `ignore` of deny.toml lacks it: cargo-deny refuses it"
        ]
    );
    let unsaid = "accepted: [{id: RUSTSEC-2025-0002, reason: \" \"}]";
    assert_eq!(
        with(unsaid, "1.0.0", &ignoring),
        ["RUSTSEC-2025-0002 is accepted without a reason"]
    );

    let both = "accepted: [{id: RUSTSEC-2025-0002, banned: true, reason: in no build}, \
                {id: RUSTSEC-2026-0001, reason: it was so once}, {id: RUSTSEC-2020-0003, reason: x}]";
    assert_eq!(
        with(both, "1.0.0", DENY),
        ["RUSTSEC-2026-0001", "RUSTSEC-2020-0003"].map(|id| format!(
            "{id} is accepted, but affects nothing any more: take it out of \
             tests/advisories/snapshot.yaml"
        ))
    );
    let other = DENY.replace("ignore = []", "ignore = [\"RUSTSEC-2026-0001\"]");
    assert_eq!(
        with(banned, "1.0.0", &other),
        [
            "deny.toml ignores RUSTSEC-2026-0001, which tests/advisories/snapshot.yaml does not accept"
        ]
    );
}

#[test]
fn a_snapshot_out_of_order_is_told() {
    let said = |from: &str, to: &str| {
        assert!(SMALL.contains(from));
        Snapshot::read(&SMALL.replace(from, to)).disorder()
    };
    assert_eq!(said("hole", "hole"), [""; 0]);
    assert_eq!(
        said("crate: old", "crate: a"),
        ["`advisories` are not in the order of crate and id"]
    );
    assert_eq!(said("[plain]", "[b, a]"), ["`none` is not in order"]);
    assert_eq!(said("[plain]", "[b, b]"), ["`none` is not in order"]);
    assert_eq!(said("[plain]", "[old]"), ["`old` is among `none`, but RUSTSEC-2025-0002 is of it"]);
    assert_eq!(
        said("looked_up: 2026-11-29", "looked_up: 2026-10-09"),
        ["`as_of` lies behind `looked_up`"]
    );
    assert_eq!(said("2026-01-02", "2026-10-11"), ["RUSTSEC-2026-0001 is newer than the snapshot"]);
    assert_eq!(said("2026-0001", "2026-0335"), ["RUSTSEC-2026-0335 is newer than the snapshot"]);
    assert_eq!(said("a hole", "\"\""), ["RUSTSEC-2026-0001 has no title"]);
    assert_eq!(said(">= 1.2.3", "new"), ["RUSTSEC-2026-0001: `new` is no range of versions"]);
}
