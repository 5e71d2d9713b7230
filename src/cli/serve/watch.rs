//! Watches the site's inputs, and has the site rebuilt when they change. What only reads, the
//! output, and what editors leave behind change nothing.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::state::State;

/// How long files must rest before the site is rebuilt: editors write in several steps.
const REST: Duration = Duration::from_millis(80);
/// How often that is looked at.
const TICK: Duration = Duration::from_millis(20);

/// The folders that hold inputs.
const FOLDERS: [&str; 3] = ["content", "regulations", "templates"];

/// Watches until what it gives is dropped.
pub fn watch(
    state: &Arc<State>,
) -> notify::Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
    let shared = Arc::clone(state);
    let mut watcher = new_debouncer(REST, Some(TICK), move |result: DebounceEventResult| {
        let Ok(events) = result else { return };
        let changed = events.iter().any(|event| {
            !matches!(event.kind, EventKind::Access(_))
                && event.paths.iter().any(|path| is_input(&shared.root, path))
        });
        if changed {
            shared.changed();
        }
    })?;
    // The root alone for the configuration and folders that come later; below it only inputs.
    watcher.watch(&state.root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| state.root.join(folder)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// Whether a path is one the site is made of.
fn is_input(root: &Path, path: &Path) -> bool {
    let Ok(within) = path.strip_prefix(root) else { return false };
    let mut parts = within.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let Some(first) = parts.next() else { return false };
    let known = first == "clausebook.yaml" || FOLDERS.contains(&first.as_str());
    let is_left_behind = |name: &str| {
        name.starts_with('.')
            || name.starts_with("~$")
            || name.ends_with('~')
            || name.starts_with('#')
            || [".swp", ".swo", ".bak", ".orig", ".tmp"].iter().any(|end| name.ends_with(end))
    };
    known && !parts.any(|part| is_left_behind(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inputs_are_watched() {
        let root = Path::new("/site");
        for path in ["clausebook.yaml", "content/a.yaml", "regulations/x/1.txt", "templates/a.html"]
        {
            assert!(is_input(root, &root.join(path)), "{path}");
        }
        for path in ["public/index.html", "content/.a.yaml.swp", "content/a.yaml~", "README.md", ""]
        {
            assert!(!is_input(root, &root.join(path)), "{path}");
        }
    }
}
