//! The site as it was last built without errors, and what has been wrong with it since.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::cli::args::ColorChoice;
use crate::cli::{say, today};
use crate::diagnostic::terminal::{self, TerminalOptions};
use crate::pipeline::{BuildError, load, prepare};
use crate::render::OutputContent;
use crate::time::Day;

/// The files of a site by their paths.
pub type Files = BTreeMap<String, OutputContent>;

/// What is served.
#[derive(Clone, Default)]
pub struct Shown {
    /// Counts the builds, so that a page knows whether it is the newest.
    pub version: u64,
    pub files: Arc<Files>,
    /// What stands against the newest inputs; the files are those of the last good ones.
    pub error: Option<String>,
}

/// Everything the server and the watcher share.
pub struct State {
    pub root: PathBuf,
    as_of: Option<Day>,
    color: ColorChoice,
    shown: watch::Sender<Shown>,
    /// One build at a time.
    building: Mutex<()>,
}

impl State {
    /// A site not built yet.
    pub fn new(root: PathBuf, as_of: Option<Day>, color: ColorChoice) -> Self {
        let (shown, _) = watch::channel(Shown::default());
        Self { root, as_of, color, shown, building: Mutex::new(()) }
    }

    /// Tells whoever waits when something new is shown.
    pub fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    /// What is shown now.
    pub fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    /// Builds anew from the disk.
    pub fn rebuild(&self) {
        let _one = self.building.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let built = self.build();
        let old = self.shown();
        let version = old.version + 1;
        let shown = match built {
            Ok(files) => {
                say(&format!("built {} files", files.len()));
                Shown { version, files: Arc::new(files), error: None }
            }
            Err(error) => {
                say(&error);
                Shown { version, files: old.files, error: Some(plain(&error)) }
            }
        };
        self.shown.send_replace(shown);
    }

    fn build(&self) -> Result<Files, String> {
        let mut inputs = load(&self.root).map_err(|error| error.to_string())?;
        if !inputs.are_sound() {
            let color = self.color == ColorChoice::Always;
            let options = TerminalOptions { color, ..TerminalOptions::default() };
            return Err(terminal::render(&inputs.tree, &inputs.diagnostics, options));
        }
        let as_of = inputs.as_of(self.as_of, today());
        let (known, assessment) = inputs.assess(as_of);
        inputs.weigh(&known, &assessment);
        let facts = inputs.conclude(&known, &assessment);
        let tree = inputs.tree.clone();
        let planned = prepare(inputs, (known, assessment, facts), None);
        planned.and_then(|mut planned| planned.in_memory()).map_err(|error| match error {
            BuildError::Template(error) => error.to_string(),
            BuildError::Broken(links) => links
                .iter()
                .take(20)
                .map(|link| format!("{}: `{}` {}\n", link.page, link.link, link.why))
                .collect(),
            BuildError::Guidance(faults) => {
                terminal::render(&tree, &faults, TerminalOptions::default())
            }
            BuildError::Leaks(leaks) => leaks
                .iter()
                .map(|leak| format!("{} stands in {}\n", leak.what, leak.file))
                .collect(),
            BuildError::Output(error) => error.to_string(),
        })
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
