//! The site as it was last built without errors, and what has been wrong with it since.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::cli::args::{Cli, ColorChoice};
use crate::cli::build::say_times;
use crate::cli::{say, today};
use crate::diagnostic::terminal::{self, TerminalOptions};
use crate::pipeline::{BuildError, Inputs, Kept, Planned, load_again, prepare};
use crate::render::OutputContent;
use crate::site::route::Route;
use crate::source::SourceTree;
use crate::time::Day;

/// The files of a site by their paths.
pub type Files = BTreeMap<String, OutputContent>;

/// What is served.
#[derive(Clone, Default)]
pub struct Shown {
    /// Counts the builds, so that a page knows whether it is the newest.
    pub version: u64,
    pub files: Arc<Files>,
    /// The newest site while its pages are still being verified: a page that is asked for is made
    /// at once. None if `files` are the newest.
    fresh: Option<Arc<Fresh>>,
    /// What stands against the newest inputs; the files are those of the last good ones.
    pub error: Option<String>,
}

/// A planned site and its pages by their paths.
struct Fresh {
    planned: Planned,
    routes: BTreeMap<String, Route>,
}

impl Shown {
    /// A page of the newest site.
    pub fn fresh_page(&self, path: &str) -> Option<Vec<u8>> {
        let fresh = self.fresh.as_ref()?;
        let html = fresh.planned.page(*fresh.routes.get(path)?).ok()?;
        Some(html.into_bytes())
    }
}

/// Everything the server and the watcher share.
pub struct State {
    pub root: PathBuf,
    as_of: Option<Day>,
    color: ColorChoice,
    /// Says how long each stage of a build took.
    verbose: bool,
    shown: watch::Sender<Shown>,
    /// How many changes of the inputs were seen.
    changes: AtomicU64,
    /// One build at a time.
    built: Mutex<Built>,
}

/// What the newest build leaves to the next.
#[derive(Default)]
struct Built {
    /// How many changes it knew.
    changes: u64,
    kept: Kept,
}

impl State {
    /// A site not built yet.
    pub fn new(root: PathBuf, cli: &Cli) -> Self {
        let (shown, _) = watch::channel(Shown::default());
        let Cli { as_of, color, verbose, .. } = *cli;
        let changes = AtomicU64::new(1);
        Self { root, as_of, color, verbose, shown, changes, built: Mutex::default() }
    }

    /// Tells whoever waits when something new is shown.
    pub fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    /// What is shown now.
    pub fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    /// Takes note that the inputs changed, and builds anew; a build that is still verifying what was
    /// there before gives up.
    pub fn changed(self: &Arc<Self>) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        let state = Arc::clone(self);
        std::thread::spawn(move || state.rebuild());
    }

    /// Builds anew from the disk: new pages are shown as soon as the site is planned, and taken back
    /// if one of them turns out to be broken.
    pub fn rebuild(&self) {
        let mut built = self.built.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // What changes from here on is another change; this one may have been seen by the last build.
        let change = self.changes.load(Ordering::SeqCst);
        if std::mem::replace(&mut built.changes, change) == change {
            return;
        }
        let old = self.shown();
        let version = old.version + 1;
        let fail = |version, fresh, error: String| {
            say(&error);
            let error = Some(plain(&error));
            let files = Arc::clone(&old.files);
            self.shown.send_replace(Shown { version, files, fresh, error });
        };
        let planned = match self.plan(&mut built.kept) {
            Ok(planned) => planned,
            // Pages that were shown before they were all verified stay the last good ones.
            Err(error) => return fail(version, old.fresh.clone(), error),
        };
        if self.verbose {
            say_times(&planned.times);
        }
        let fresh = Arc::new(Fresh { routes: planned.routes(), planned });
        // Without an older build there are no style sheets yet to show a page with.
        if !old.files.is_empty() {
            let (files, fresh) = (Arc::clone(&old.files), Some(Arc::clone(&fresh)));
            self.shown.send_replace(Shown { version, files, fresh, error: None });
        }
        match fresh.planned.in_memory(|| self.changes.load(Ordering::SeqCst) == change) {
            // A newer build follows at once.
            Ok(None) => {}
            Ok(Some(files)) => {
                say(&format!("built {} files", files.len()));
                let files = Arc::new(files);
                self.shown.send_replace(Shown { version, files, fresh: None, error: None });
            }
            Err(error) => fail(version + 1, None, said(&fresh.planned.tree, error)),
        }
    }

    fn faults(&self, inputs: &Inputs) -> String {
        let color = self.color == ColorChoice::Always;
        let options = TerminalOptions { color, ..TerminalOptions::default() };
        terminal::render(&inputs.tree, &inputs.diagnostics, options)
    }

    fn plan(&self, kept: &mut Kept) -> Result<Planned, String> {
        let mut inputs = load_again(&self.root, kept).map_err(|error| error.to_string())?;
        if !inputs.are_sound() {
            return Err(self.faults(&inputs));
        }
        inputs.prove_again(kept);
        if !inputs.are_sound() {
            return Err(self.faults(&inputs));
        }
        let as_of = inputs.as_of(self.as_of, today());
        let (known, assessment) = inputs.assess(as_of);
        inputs.weigh_again(kept, &known, &assessment);
        let facts = inputs.conclude(&known, &assessment);
        let tree = inputs.tree.clone();
        prepare(inputs, (known, assessment, facts), None).map_err(|error| said(&tree, error))
    }
}

/// What is wrong with a build, for people.
fn said(tree: &SourceTree, error: BuildError) -> String {
    match error {
        BuildError::Template(error) => error.to_string(),
        BuildError::Broken(links) => links
            .iter()
            .take(20)
            .map(|link| format!("{}: `{}` {}\n", link.page, link.link, link.why))
            .collect(),
        BuildError::Guidance(faults) => terminal::render(tree, &faults, TerminalOptions::default()),
        BuildError::Leaks(leaks) => {
            leaks.iter().map(|leak| format!("{} stands in {}\n", leak.what, leak.file)).collect()
        }
        BuildError::Output(error) => error.to_string(),
    }
}

/// A text without the marks that colour it.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for mark in chars.by_ref() {
                if mark.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(c);
        }
    }
    out
}
