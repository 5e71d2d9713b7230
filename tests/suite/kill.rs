//! whatever ends a build, the output is the old site or the new one, whole. Slow, so
//! `.ci/run` asks for these: `cargo test --test suite -- --ignored kill`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::project::{Project, without_kept};

const KILLS: u64 = 60;

/// A site that says on every page which build it is of.
fn site(build: &str) -> String {
    format!("name: 建置{build}\nagency: 測試機關\n")
}

type Files = BTreeMap<String, Vec<u8>>;

/// Begins a build and does not wait for it.
fn begin(project: &Project) -> Child {
    Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(["build", "-q", "--as-of", "2026-03-01"])
        .current_dir(project.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// What stands beside the sources and is neither theirs nor the output.
fn leftovers(project: &Project) -> Vec<String> {
    let listed = std::fs::read_dir(project.root()).expect("lists");
    let names =
        listed.map(|entry| entry.expect("lists").file_name().to_string_lossy().into_owned());
    // The site before is meant to stay, for a rollback by one rename.
    names.filter(|name| name.starts_with('.') && !name.ends_with(".previous")).collect()
}

/// Both sites, and how long the second took to build over the first.
fn two_sites(project: Project) -> (Project, [Files; 2], Duration) {
    let mut sites = [Files::new(), Files::new()];
    let mut project = project.as_of("2026-03-01");
    let mut took = Duration::ZERO;
    for (number, files) in sites.iter_mut().enumerate() {
        project = project.write("clausebook.yaml", site(&number.to_string()));
        let start = Instant::now();
        project.run("build -q").code(0);
        took = start.elapsed();
        *files = without_kept(project.files("public"));
    }
    assert_ne!(sites[0]["index.html"], sites[1]["index.html"]);
    (project, sites, took)
}

/// Which of the two sites the output is. Panics if it is neither.
fn which(project: &Project, sites: &[Files; 2]) -> usize {
    let found = without_kept(project.files("public"));
    sites.iter().position(|site| *site == found).unwrap_or_else(|| {
        let missing = sites[1].keys().filter(|path| !found.contains_key(*path)).count();
        panic!("{} files, {missing} missing: neither the old site nor the new one", found.len())
    })
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn kill_at_any_moment_leaves_a_whole_site() {
    let (mut project, sites, took) = two_sites(Project::new());
    let mut ends = [0, 0];
    let mut dead = 0;
    for round in 0..KILLS {
        let now = usize::try_from(round % 2).expect("0 or 1");
        project = project.write("clausebook.yaml", site(&now.to_string()));
        // Moments spread over the whole build, most of them late, where the output is exchanged.
        let share = (round * 37 % KILLS) as f64 / KILLS as f64;
        let moment = took.mul_f64(1.1 * share.sqrt());
        let mut build = begin(&project);
        sleep(moment);
        if build.try_wait().expect("asks").is_none() {
            build.kill().expect("kills");
            dead += 1;
        }
        build.wait().expect("ends");
        ends[which(&project, &sites)] += 1;
        // The next build is not held up, and clears what the dead one left.
        if round % 5 == 4 {
            project.run("build -q").code(0);
            assert_eq!(which(&project, &sites), now, "round {round}");
            assert_eq!(leftovers(&project), Vec::<String>::new(), "round {round}");
        }
    }
    assert!(dead >= 20, "only {dead} builds were still alive to be killed");
    assert!(ends.iter().all(|count| *count > 0), "{ends:?}");
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn kill_tests_two_builds_at_once() {
    let (mut project, sites, took) = two_sites(Project::new());
    let (mut won, mut refused) = (0, 0);
    for round in 0..20u32 {
        let now = usize::try_from(round % 2).expect("0 or 1");
        project = project.write("clausebook.yaml", site(&now.to_string()));
        let mut first = begin(&project);
        sleep(took.mul_f64(f64::from(round) / 25.0));
        let mut second = begin(&project);
        for build in [&mut first, &mut second] {
            match build.wait().expect("ends").code() {
                Some(0) => won += 1,
                Some(5) => refused += 1,
                other => panic!("ended with {other:?}"),
            }
        }
        assert_eq!(which(&project, &sites), now, "round {round}");
        assert_eq!(leftovers(&project), Vec::<String>::new(), "round {round}");
    }
    assert!(won >= 20 && refused > 0, "{won} won, {refused} were refused");
}

/// A reader in the middle of rebuilds never misses a page, and never finds half of one.
#[test]
#[ignore = "slow; .ci/run runs it"]
fn kill_tests_readers_see_one_site_or_the_other() {
    let (mut project, sites, _) = two_sites(Project::new());
    let (mut reads, mut seen) = (0, [0, 0]);
    for round in 0..10 {
        project = project.write("clausebook.yaml", site(&(round % 2).to_string()));
        let mut build = begin(&project);
        while build.try_wait().expect("asks").is_none() {
            for page in ["index.html", "method.html", "due/index.html"] {
                let read = std::fs::read(project.root().join("public").join(page));
                let read = read.unwrap_or_else(|error| panic!("{page}: {error}"));
                let whose = sites.iter().position(|site| site[page] == read);
                seen[whose.unwrap_or_else(|| panic!("half of {page}"))] += 1;
                reads += 1;
            }
        }
    }
    assert!(reads > 1_000 && seen.iter().all(|count| *count > 0), "{reads} {seen:?}");
}

#[test]
#[ignore = "needs leave to mount; .ci/run runs it"]
#[expect(clippy::disallowed_macros, reason = "says that it was skipped")]
fn kill_tests_a_full_disk_leaves_the_old_site() {
    let (project, _, _) = two_sites(Project::new());
    let disk = project.root().join("disk");
    std::fs::create_dir(&disk).expect("creates");
    let Some(mounted) = Mounted::new(&disk) else {
        eprintln!("skipped: no leave to mount a small disk here");
        return;
    };
    // Room for one site, not for two side by side.
    project.run("build -q -o disk/site").code(0);
    let before = project.files("disk/site");
    let mut filler = std::fs::File::create(disk.join("filler")).expect("creates");
    let mut filled = 0;
    while std::io::Write::write_all(&mut filler, &[0; 65_536]).is_ok() {
        filled += 65_536;
    }
    filler.set_len(filled - 131_072).expect("leaves a little");
    drop(filler);
    let outcome = project.run("build -q -o disk/site").code(4);
    assert!(outcome.stderr.contains("disk"), "{}", outcome.stderr);
    assert!(project.files("disk/site") == before, "the old site is not as it was");
    assert_eq!(std::fs::read_dir(&disk).expect("lists").count(), 2, "something is left");
    std::fs::remove_file(disk.join("filler")).expect("frees");
    project.run("build -q -o disk/site").code(0);
    drop(mounted);
}

/// A disk of 32 mebibytes in memory, taken away when dropped.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn new(at: &'a Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(at).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}
