use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::*;
use crate::output::disk::tests::Faults;
use crate::source::sha256;

/// A site's folder with one piece of evidence.
struct Site {
    place: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { place: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(site.root().join("content/evidence/files")).expect("creates");
        fs::write(site.root().join("content/evidence/files/a.pdf"), EVIDENCE).expect("writes");
        site
    }

    fn root(&self) -> PathBuf {
        self.place.path().to_owned()
    }

    /// Publishes a site of 30 pages and one piece of evidence that all say `word`.
    fn publish(&self, faults: Faults, word: &str) -> (Result<Published, OutputError>, usize) {
        let disk = Disk { faults };
        let staging = match Staging::begin_on(disk, &self.root(), Path::new("public")) {
            Ok(staging) => staging,
            Err(error) => return (Err(error), 0),
        };
        let written = pages(word).try_for_each(|page| staging.write(page));
        if let Err(error) = written.and_then(|()| staging.write(evidence(word, EVIDENCE))) {
            return (Err(error), staging.disk.faults.count());
        }
        let count = staging.disk.faults.count();
        (staging.publish(PublishOptions { durable: true }), count)
    }

    fn published(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.root().join("public"))
    }

    /// The names beside the output.
    fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).expect("lists").map(|entry| entry.expect("lists"));
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name != ".public.previous"); // It is meant to be there.
        names.sort();
        names
    }
}

const EVIDENCE: &[u8] = b"%PDF-1.7 evidence";

fn pages(word: &str) -> impl Iterator<Item = OutputFile> {
    (0..30)
        .map(move |n| OutputFile::new(format!("pages/{}/{n}.html", n % 4), format!("{word} {n}")))
}

fn evidence(word: &str, bytes: &[u8]) -> OutputFile {
    let from = PathBuf::from("content/evidence/files/a.pdf");
    let content = OutputContent::Copy { from, sha256: sha256(bytes) };
    OutputFile { path: format!("evidence/{word}.pdf"), content }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("lists").into_path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).expect("reads")))
        .collect()
}

fn none() -> Faults {
    Faults::default()
}

#[test]
fn publishes_a_new_site_and_replaces_it_whole() {
    let site = Site::new();
    for word in ["old", "new", "newer"] {
        let published = site.publish(none(), word).0.expect("publishes");
        assert_eq!(published.files, 32);
        assert_eq!(published.warnings, Vec::<String>::new());
        let files = site.published();
        assert_eq!(files.len(), 32);
        let bytes: usize = files.values().map(Vec::len).sum();
        assert_eq!(published.bytes, bytes as u64);
        let output = site.root().join("public");
        assert_eq!(files[&output.join("pages/1/5.html")], format!("{word} 5").as_bytes());
        assert_eq!(files[&output.join(format!("evidence/{word}.pdf"))], EVIDENCE);
        assert_eq!(site.beside(), ["content", "public"]);
    }
}

/// Fails operation k, for k = 1, 2, … until a build goes through without reaching k.
fn fail_each_operation(for_good: bool, no_exchange: bool) {
    let site = Site::new();
    site.publish(none(), "old").0.expect("publishes");
    let old = site.published();
    let reference = Site::new();
    reference.publish(none(), "new").0.expect("publishes");
    let new: Vec<_> = reference.published().into_values().collect();

    let (mut failed, mut after_swap) = (0, 0);
    for at in 1.. {
        let (result, _) = site.publish(Faults { at, for_good, no_exchange, ..none() }, "new");
        match result {
            Err(error) => {
                failed += 1;
                let root = site.root().to_string_lossy().into_owned();
                assert!(error.to_string().contains(&root), "no path in: {error}");
                assert_eq!(site.published(), old, "operation {at}");
            }
            Ok(published) => {
                let now: Vec<_> = site.published().into_values().collect();
                assert_eq!(now, new, "operation {at}");
                if published.warnings.is_empty() {
                    break;
                }
                after_swap += 1;
                site.publish(none(), "old").0.expect("publishes");
            }
        }
    }
    assert!(failed > 35 && after_swap > 0, "{failed} before the swap, {after_swap} after it");
    site.publish(none(), "new").0.expect("publishes");
    assert_eq!(site.beside(), ["content", "public"]);
}

#[test]
fn one_failed_operation_leaves_the_old_site_as_it_was() {
    fail_each_operation(false, false);
    fail_each_operation(false, true);
}

#[test]
fn a_disk_that_fails_for_good_leaves_the_old_site_as_it_was() {
    fail_each_operation(true, false);
    fail_each_operation(true, true);
}

#[test]
fn clears_what_a_killed_build_left() {
    let site = Site::new();
    site.publish(none(), "old").0.expect("publishes");
    for name in [".public.staging-4711", ".public.old-4711"] {
        fs::create_dir_all(site.root().join(name).join("pages")).expect("creates");
        fs::write(site.root().join(name).join("pages/x"), "half").expect("writes");
    }
    fs::write(site.root().join(".public.clausebook-lock"), "").expect("writes");
    let others = [".public.staging-", ".public.staging-mine", ".publicity.staging-1"];
    for name in others {
        fs::create_dir_all(site.root().join(name)).expect("creates");
    }
    site.publish(none(), "new").0.expect("publishes");
    let mut expected = [others.as_slice(), &["content", "public"]].concat();
    expected.sort_unstable();
    assert_eq!(site.beside(), expected);
}

/// Whoever opens a pipe to write waits for a reader, and none will come.
#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_the_lock_is_refused() {
    let site = Site::new();
    let lock = site.root().join(".public.clausebook-lock");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &lock, rustix::fs::FileType::Fifo, mode, 0)
        .expect("makes a pipe");
    let refused = site.publish(none(), "new").0.expect_err("is refused").to_string();
    assert!(refused.contains("it is not a file"), "{refused}");
}

#[test]
fn puts_back_an_old_site_that_was_on_its_way_out() {
    let site = Site::new();
    site.publish(none(), "old").0.expect("publishes");
    let old = site.published();
    fs::rename(site.root().join("public"), site.root().join(".public.old-4711")).expect("renames");
    fs::create_dir_all(site.root().join(".public.staging-4711")).expect("creates");
    drop(Staging::begin(&site.root(), Path::new("public")).expect("begins"));
    assert_eq!(site.published(), old);
    assert_eq!(site.beside(), ["content", "public"]);
}

#[test]
fn the_second_of_two_builds_is_told_so() {
    let site = Site::new();
    let first = Staging::begin(&site.root(), Path::new("public")).expect("begins");
    let second = Staging::begin(&site.root(), Path::new("public"));
    assert!(matches!(second, Err(OutputError::Locked { .. })), "{second:?}");
    let elsewhere = Staging::begin(&site.root(), Path::new("public2")).expect("is another output");
    drop((first, elsewhere));
    assert!(Staging::begin(&site.root(), Path::new("public")).is_ok());
    assert_eq!(site.beside(), ["content"]);
}

#[test]
fn many_builds_at_once_publish_whole_sites() {
    let site = Site::new();
    let published = AtomicU64::new(0);
    (0..40).into_par_iter().for_each(|n| match site.publish(none(), &format!("build-{n}")).0 {
        Ok(_) => _ = published.fetch_add(1, Ordering::Relaxed),
        Err(OutputError::Locked { .. }) => {}
        Err(error) => panic!("{error}"),
    });
    assert!(published.load(Ordering::Relaxed) > 0);
    let words: HashSet<_> = site
        .published()
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"))
        .map(|(_, bytes)| bytes.split(|b| *b == b' ').next().map(<[u8]>::to_vec))
        .collect();
    assert_eq!(words.len(), 1);
    assert_eq!(site.beside(), ["content", "public"]);
}

#[test]
fn a_reader_never_misses_a_page() {
    let site = Site::new();
    site.publish(none(), "0").0.expect("publishes");
    let stop = AtomicBool::new(false);
    let page = site.root().join("public/pages/1/5.html");
    let reads = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !stop.load(Ordering::Relaxed) {
                let text = fs::read_to_string(&page).expect("is always there");
                assert!(text.ends_with(" 5"), "{text:?}");
                reads += 1;
            }
            reads
        });
        for n in 1..50 {
            let disk = Disk::default();
            let staging = Staging::begin_on(disk, &site.root(), Path::new("public"));
            let staging = staging.expect("begins");
            pages(&n.to_string()).for_each(|page| staging.write(page).expect("writes"));
            staging.publish(PublishOptions::default()).expect("publishes");
        }
        stop.store(true, Ordering::Relaxed);
        reader.join().expect("no page was missed")
    });
    assert!(reads > 0);
}

#[test]
fn writes_from_several_threads_give_each_path_once() {
    let site = Site::new();
    let staging = Staging::begin(&site.root(), Path::new("public")).expect("begins");
    let results: Vec<_> = (0..400)
        .into_par_iter()
        .map(|n| staging.write(OutputFile::new(format!("a/{}/{}.html", n % 7, n % 200), "x")))
        .collect();
    // 400 numbers, 7 and 200 have no common divisor: each path is asked for once.
    assert!(results.iter().all(Result::is_ok));
    let again = staging.write(OutputFile::new("a/0/0.html", "y")).expect_err("is taken");
    assert_eq!(again.to_string(), "two pages have the path `a/0/0.html`");
    let marker = staging.write(OutputFile::new(MARKER, "mine")).expect_err("is taken");
    assert!(matches!(marker, OutputError::ClaimedTwice { .. }));
}

#[test]
fn does_not_publish_a_file_that_changed_or_lies_outside() {
    let site = Site::new();
    let outside = tempfile::tempdir().expect("a temporary folder");
    let secret = outside.path().join("secret.pdf");
    fs::write(&secret, EVIDENCE).expect("writes");
    std::os::unix::fs::symlink(&secret, site.root().join("content/evidence/files/link.pdf"))
        .expect("links");
    let staging = Staging::begin(&site.root(), Path::new("public")).expect("begins");
    let changed = staging.write(evidence("changed", b"what it was")).expect_err("changed");
    assert!(matches!(changed, OutputError::Changed { .. }));
    for from in [secret.as_path(), Path::new("content/evidence/files/link.pdf")] {
        let sha256 = sha256(EVIDENCE);
        let content = OutputContent::Copy { from: from.to_owned(), sha256 };
        let path = format!("evidence/{}", from.file_name().expect("has a name").display());
        staging.write(OutputFile { path, content }).expect_err("is outside");
    }
    drop(staging);
    assert_eq!(site.beside(), ["content"]);
}

#[test]
fn a_folder_that_filled_up_meanwhile_is_not_replaced() {
    let site = Site::new();
    let staging = Staging::begin(&site.root(), Path::new("public")).expect("begins");
    fs::create_dir(site.root().join("public")).expect("creates");
    fs::write(site.root().join("public/mine"), "x").expect("writes");
    let refused = staging.publish(PublishOptions::default()).expect_err("is not ours");
    assert!(matches!(refused, OutputError::Refused { .. }));
    assert_eq!(site.beside(), ["content", "public"]);
    assert_eq!(fs::read(site.root().join("public/mine")).expect("reads"), b"x");
}

#[test]
fn paths_that_windows_may_not_open_are_warned_of() {
    let paths = |length: usize| vec!["a.html".to_owned(), "稽".repeat(length)];
    assert_eq!(long_paths(&paths(200)), None);
    let warning = long_paths(&paths(201)).expect("a warning");
    assert!(warning.starts_with("1 files"), "{warning}");
}
