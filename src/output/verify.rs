//! The link check over the finished site: every link of every page finds its file, and every
//! fragment its id. Pages come from several threads in any order; the answer has one order.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Mutex;

use super::markup::{PageLinks, links_of};

/// A fault of a page: mostly a link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The page it stands on.
    pub page: String,
    /// The link as it is written on the page; empty where the fault is not about a link.
    pub link: String,
    /// What is wrong, such as ``no file `units/a.html` ``.
    pub why: String,
}

/// Gathers the links of pages, and then says which of them are broken.
#[derive(Debug, Default)]
pub struct LinkCheck {
    /// The site's own address, if it is known: links that begin with it lead to its files.
    url: Option<String>,
    state: Mutex<State>,
}

/// Places are kept as 64-bit hashes: a large site has millions of anchors.
#[derive(Debug, Default)]
struct State {
    /// Files, and ids on files.
    places: HashSet<u64>,
    /// What the links point at, with the first page (by path) that says so and what it says.
    wanted: HashMap<u64, Wanted>,
    broken: BTreeSet<BrokenLink>,
}

#[derive(Debug)]
struct Wanted {
    target: Target,
    page: String,
    link: String,
    /// How many other pages say so.
    others: usize,
}

/// A place on the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Target {
    path: String,
    /// The id on the page; empty for the page as a whole.
    id: String,
}

impl LinkCheck {
    /// The check of a site that is served at `url` (ending in `/`), if that is known.
    pub fn of_site(url: Option<&str>) -> Self {
        Self { url: url.map(str::to_owned), ..Self::default() }
    }

    /// Adds the page at `path` with its HTML.
    pub fn add(&self, path: &str, html: &[u8]) {
        let page = links_of(html);
        // All that takes time is done before the others have to wait.
        let places = page.ids.iter().map(|id| hash(path, id)).chain([hash(path, "")]);
        let places: Vec<_> = places.collect();
        let (targets, broken) = resolve_links(path, &page, self.url.as_deref());

        let mut state = self.state.lock().expect("no holder of the lock panics");
        state.places.extend(places);
        state.broken.extend(broken);
        for (link, target) in targets {
            state.want(path, link, target);
        }
    }

    /// Adds a file that is not a page: it can be linked to.
    pub fn add_file(&self, path: &str) {
        let mut state = self.state.lock().expect("no holder of the lock panics");
        state.places.insert(hash(path, ""));
    }

    /// The faults of all pages, sorted by page. A target that several pages miss is named once, for
    /// the first of them.
    pub fn finish(self) -> Vec<BrokenLink> {
        let State { places, wanted, mut broken } =
            self.state.into_inner().expect("no holder of the lock panics");
        for (key, wanted) in wanted {
            if places.contains(&key) {
                continue;
            }
            let Target { path, id } = wanted.target;
            let mut why = match id.as_str() {
                "" => format!("no file `{path}`"),
                _ if places.contains(&hash(&path, "")) => format!("no id `{id}` on `{path}`"),
                _ => format!("no file `{path}`, so no id `{id}` on it"),
            };
            if wanted.others > 0 {
                why.push_str(&format!(" (and so on {} more pages)", wanted.others));
            }
            broken.insert(BrokenLink { page: wanted.page, link: wanted.link, why });
        }
        broken.into_iter().collect()
    }
}

impl State {
    fn want(&mut self, page: &str, link: String, target: Target) {
        use std::collections::hash_map::Entry;
        match self.wanted.entry(hash(&target.path, &target.id)) {
            Entry::Vacant(entry) => {
                entry.insert(Wanted { target, page: page.to_owned(), link, others: 0 });
            }
            Entry::Occupied(mut entry) => {
                let wanted = entry.get_mut();
                wanted.others += 1;
                // By path, not by time: the same answer in every run.
                if *page < *wanted.page {
                    page.clone_into(&mut wanted.page);
                    wanted.link = link;
                }
            }
        }
    }
}

fn hash(path: &str, id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, id).hash(&mut hasher);
    hasher.finish()
}

/// What the links of a page point at, each target once, and what is wrong with the page itself.
fn resolve_links(
    path: &str,
    page: &PageLinks,
    url: Option<&str>,
) -> (Vec<(String, Target)>, Vec<BrokenLink>) {
    let within = |link: &str| Some(link.strip_prefix(url?)?.to_owned());
    let broken =
        |link: &str, why: String| BrokenLink { page: path.to_owned(), link: link.to_owned(), why };
    let mut faults: Vec<_> = page.faults.iter().map(|fault| broken("", fault.clone())).collect();
    let outside = page.loads.iter().filter(|link| scheme(link).is_some() && within(link).is_none());
    faults.extend(outside.map(|link| broken(link, "it is loaded from elsewhere".to_owned())));

    let mut targets = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut wanted = HashSet::new();
    for link in &page.links {
        if !seen.insert(link) {
            continue;
        }
        let resolved = match within(link) {
            Some(rest) => resolve("", &rest),
            None => resolve(path, link),
        };
        match resolved {
            Ok(Some(target)) => {
                if wanted.insert(target.clone()) {
                    targets.push((link.clone(), target));
                }
            }
            Ok(None) => {}
            Err(why) => faults.push(broken(link, why)),
        }
    }
    (targets, faults)
}

/// The place `link` on `page` points at; `None` for one outside the site.
fn resolve(page: &str, link: &str) -> Result<Option<Target>, String> {
    if link.contains(|c: char| c.is_control()) || link.trim() != link {
        return Err("it has a control character or space at an end".to_owned());
    }
    if link.contains('\\') {
        return Err("it has a back slash, which browsers take for a slash".to_owned());
    }
    if let Some(scheme) = scheme(link) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" => Ok(None),
            other => Err(format!("links by `{other}:` are not allowed")),
        };
    }
    if link.starts_with('/') {
        return Err("it is absolute, so it breaks where the site is not at the root".to_owned());
    }
    let (rest, fragment) = link.split_once('#').unwrap_or((link, ""));
    let relative = rest.split('?').next().unwrap_or(rest);
    let id = percent_decode(fragment)?;
    if relative.is_empty() {
        return Ok(Some(Target { path: page.to_owned(), id }));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let relative = percent_decode(relative)?;
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err("it leaves the site".to_owned());
                }
            }
            part => parts.push(part),
        }
    }
    if matches!(relative.rsplit('/').next(), Some("" | "." | "..")) {
        return Err("it names a folder; without a server only files open".to_owned());
    }
    Ok(Some(Target { path: parts.join("/"), id }))
}

/// The scheme a link begins with, if it has one.
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let mut chars = scheme.chars();
    let first = chars.next()?.is_ascii_alphabetic();
    let rest = chars.all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    (first && rest).then_some(scheme)
}

fn percent_decode(text: &str) -> Result<String, String> {
    if !text.contains('%') {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = tail;
            continue;
        }
        let digits = tail.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(byte) = byte else {
            return Err("it has a `%` that is no percent code".to_owned());
        };
        bytes.push(byte);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map_err(|_| "its percent codes are not UTF-8".to_owned())
}

#[cfg(test)]
mod tests;
