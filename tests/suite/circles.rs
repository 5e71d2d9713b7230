//! Which source files use which, told by their `use` lines and the paths in their code, and the
//! circles among them.

use std::collections::{BTreeMap, BTreeSet};

/// By file, the files it uses.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

/// A module path, such as `["model", "condition"]`.
type Module = Vec<String>;

/// One imported path, and the name it has in the importing file.
struct Import {
    public: bool,
    path: Vec<String>,
    name: String,
}

/// The source files as modules.
struct Sources<'a> {
    files: BTreeMap<&'a str, (Module, Vec<Import>, String)>,
    modules: BTreeMap<Module, &'a str>,
}

/// Every arrow between files, without those from the head of a folder into it, and without those
/// that only name an id.
pub fn arrows(sources: &BTreeMap<String, String>) -> Arrows {
    let sources = Sources::new(sources);
    let mut arrows = Arrows::new();
    for (path, (module, imports, body)) in &sources.files {
        let to = arrows.entry((*path).to_owned()).or_default();
        for import in imports.iter().filter(|import| !import.public) {
            if is_only_an_id(body, &import.name) {
                continue;
            }
            let Some(used) = sources.absolute(module, &import.path) else { continue };
            let Some(file) = sources.file(&used, 0) else { continue };
            let within = sources.files[file].0.starts_with(module);
            if file != *path && !within {
                to.insert(file.to_owned());
            }
        }
    }
    arrows
}

/// The circles: groups of files each of which uses every other, by way of others.
pub fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        arrows.keys().map(|from| (from, reachable(arrows, from))).collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for from in arrows.keys().filter(|from| reach[from].contains(from)) {
        if found.iter().flatten().any(|known| known == from) {
            continue;
        }
        let group = arrows.keys().filter(|to| reach[from].contains(to) && reach[to].contains(from));
        found.push(group.cloned().collect());
    }
    found
}

fn reachable<'a>(arrows: &'a Arrows, from: &String) -> BTreeSet<&'a String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&String> = arrows[from].iter().collect();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(arrows.get(next).into_iter().flatten());
        }
    }
    seen
}

impl<'a> Sources<'a> {
    fn new(sources: &'a BTreeMap<String, String>) -> Self {
        let kept = sources.iter().filter(|(path, _)| *path != "main.rs");
        let modules: BTreeMap<Module, &str> =
            kept.clone().map(|(path, _)| (module_of(path), path.as_str())).collect();
        let read = |(path, text): (&'a String, &'a String)| {
            let module = module_of(path);
            let (mut imports, body) = imports(text);
            // A path in the code, such as `crate::text::words::Words` or `child::view`.
            imports.extend(paths(&body).into_iter().filter_map(|path| {
                let own = [module.as_slice(), &path[..1]].concat();
                let known = ["crate", "super"].contains(&&*path[0]) || modules.contains_key(&own);
                known.then(|| Import { public: false, name: String::new(), path })
            }));
            (path.as_str(), (module, imports, body))
        };
        Self { files: kept.map(read).collect(), modules }
    }

    /// A path from the root of the crate; `None` if it leads out of the crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        match &*path[0] {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([module.as_slice(), &path[1..]].concat()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let base = module.get(..module.len().checked_sub(ups)?)?;
                Some([base, &path[ups..]].concat())
            }
            first => {
                let own = [module.as_slice(), &[first.to_owned()]].concat();
                self.modules.contains_key(&own).then(|| [module.as_slice(), path].concat())
            }
        }
    }

    /// The file that has what a path names, past the re-exports of heads.
    fn file(&self, path: &[String], depth: usize) -> Option<&'a str> {
        let longest =
            (1..=path.len()).rev().find(|end| self.modules.contains_key(&path[..*end]))?;
        let file = self.modules[&path[..longest]];
        let (module, imports, _) = &self.files[file];
        let Some(name) = path.get(longest).filter(|_| depth < 8) else { return Some(file) };
        let exported = imports.iter().find(|import| import.public && import.name == *name);
        let beyond = exported
            .and_then(|import| self.absolute(module, &import.path))
            .and_then(|to| self.file(&[&to, &path[longest + 1..]].concat(), depth + 1));
        beyond.or(Some(file))
    }
}

/// The module a file is.
fn module_of(path: &str) -> Module {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

/// The `use` lines of a file, and the rest of it.
fn imports(text: &str) -> (Vec<Import>, String) {
    let (mut found, mut body) = (Vec::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        let (public, rest) = match start.strip_prefix("pub") {
            Some(rest) => (true, rest.split_once("use ").filter(|(vis, _)| is_visibility(vis))),
            None => (false, start.strip_prefix("use ").map(|rest| ("", rest))),
        };
        let Some((_, rest)) = rest else {
            body.push_str(line);
            body.push('\n');
            continue;
        };
        let mut tree = rest.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().expect("a `use` ends"));
        }
        leaves(tree.split(';').next().unwrap_or_default(), &mut |path, name| {
            found.push(Import { public, path, name });
        });
    }
    (found, body)
}

/// What may stand between `pub` and `use`.
fn is_visibility(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.starts_with('(') && text.ends_with(')')
}

/// Every path of a tree of imports, with its name.
fn leaves(tree: &str, take: &mut dyn FnMut(Vec<String>, String)) {
    let parts = |text: &str| -> Vec<String> {
        text.split("::")
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    };
    let Some((before, group)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path = parts(path);
        let Some(last) = path.last().cloned() else { return };
        take(path, if alias.is_empty() { last } else { alias.trim().to_owned() });
        return;
    };
    let before = parts(before);
    let group = &group[..group.rfind('}').expect("a group ends")];
    let (mut depth, mut start) = (0, 0);
    let mut members = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    members.push(&group[start..]);
    for member in members.into_iter().filter(|member| !member.trim().is_empty()) {
        leaves(member, &mut |path, name| match &*path {
            [one] if one == "self" => {
                take(before.clone(), before.last().cloned().unwrap_or_default());
            }
            path => take([before.as_slice(), path].concat(), name),
        });
    }
}

/// The paths in code that have more than one part.
fn paths(body: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = body.split(|c: char| !is_part(c));
    let path = |word: &str| -> Vec<String> {
        word.split("::").take_while(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    words.filter(|word| word.contains("::")).map(path).filter(|path| path.len() > 1).collect()
}

/// Whether a noun stands in a file only as `Id<Noun>`, or as the name of a variant that holds one.
fn is_only_an_id(body: &str, noun: &str) -> bool {
    if !noun.starts_with(char::is_uppercase) {
        return false;
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = false;
    for (at, _) in body.match_indices(noun) {
        let (before, after) = (&body[..at], &body[at + noun.len()..]);
        if before.ends_with(is_word) || after.starts_with(is_word) || before.ends_with("::") {
            continue;
        }
        let is_id = (before.ends_with("Id<") || before.ends_with("::<")) && after.starts_with('>');
        if !is_id && !after.starts_with("(Id<") {
            return false;
        }
        found = true;
    }
    found
}

/// The circles of some files.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    circles(&arrows(&files.collect()))
}

#[test]
fn a_circle_is_found_through_groups_and_what_a_head_hands_on() {
    let head = ("a/mod.rs", "mod x;\nmod y;\npub use x::{X, Z};\nfn f() { y::g() }\n");
    let y = ("a/y.rs", "use super::X;\npub fn g() -> X { X }\n");
    let x = "use crate::{\n    b::{self, B},\n};\npub struct X;\npub struct Z(B);\n";
    let b = ("b.rs", "use crate::a::Z;\npub struct B(Z);\n");
    assert_eq!(circles_of(&[head, y, b, ("a/x.rs", x)]), [["a/x.rs", "b.rs"]]);
    // An id is no use of what it names, nor a head one of what lies under it.
    let b = ("b.rs", "use crate::a::Z;\npub struct B(Id<Z>);\n");
    assert_eq!(circles_of(&[head, y, b, ("a/x.rs", x)]), Vec::<Vec<String>>::new());
    // A path in the code counts like an import.
    let b = ("b.rs", "pub struct B(crate::a::x::Z);\n");
    assert_eq!(circles_of(&[head, y, b, ("a/x.rs", x)]), [["a/x.rs", "b.rs"]]);
}
