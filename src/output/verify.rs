//! The link check over the finished site: every link of every page finds its file, and every
//! fragment its id. Pages come from several threads in any order; the answer has one order.

use std::borrow::Cow;
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
    target: Target<'static>,
    page: String,
    link: String,
    /// How many other pages say so.
    others: usize,
}

/// A place on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target<'a> {
    path: Cow<'a, str>,
    /// The id on the page; empty for the page as a whole.
    id: Cow<'a, str>,
}

impl LinkCheck {
    /// The check of a site that is served at `url` (ending in `/`), if that is known.
    pub fn of_site(url: Option<&str>) -> Self {
        Self { url: url.map(str::to_owned), ..Self::default() }
    }

    /// Adds the page at `path` with its HTML.
    pub fn add(&self, path: &str, html: &[u8]) {
        self.add_page(path, &links_of(html));
    }

    /// Adds the page at `path` with what was read from it.
    pub fn add_page(&self, path: &str, page: &PageLinks) {
        // All that takes time is done before the others have to wait.
        let places = page.ids.iter().map(|id| hash(path, id)).chain([hash(path, "")]);
        let places: Vec<_> = places.collect();
        let (targets, broken) = resolve_links(path, page, self.url.as_deref());
        let mut state = self.state.lock().expect("no holder of the lock panics");
        state.places.extend(places);
        state.broken.extend(broken);
        for (key, link, target) in targets {
            state.want(path, key, link, target);
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
        #[expect(clippy::iter_over_hash_type, reason = "what is broken is gathered in order")]
        for (key, wanted) in wanted {
            if places.contains(&key) {
                continue;
            }
            let Target { path, id } = wanted.target;
            let mut why = match &*id {
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
    fn want(&mut self, page: &str, key: u64, link: &str, target: Target) {
        use std::collections::hash_map::Entry;
        match self.wanted.entry(key) {
            Entry::Vacant(entry) => {
                let (page, link) = (page.to_owned(), link.to_owned());
                entry.insert(Wanted { target: target.into_owned(), page, link, others: 0 });
            }
            Entry::Occupied(mut entry) => {
                let wanted = entry.get_mut();
                wanted.others += 1;
                // By path, not by time: the same answer in every run.
                if *page < *wanted.page {
                    page.clone_into(&mut wanted.page);
                    link.clone_into(&mut wanted.link);
                }
            }
        }
    }
}

impl Target<'_> {
    fn into_owned(self) -> Target<'static> {
        let owned = |text: Cow<str>| Cow::Owned(text.into_owned());
        Target { path: owned(self.path), id: owned(self.id) }
    }
}

fn hash(path: &str, id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, id).hash(&mut hasher);
    hasher.finish()
}

/// What a page wants: the place by its hash, the link that says so, and the place.
type Wish<'a> = (u64, &'a str, Target<'a>);

/// What the links of a page point at, each target once, and what is wrong with the page itself.
fn resolve_links<'a>(
    path: &'a str,
    page: &'a PageLinks,
    url: Option<&str>,
) -> (Vec<Wish<'a>>, Vec<BrokenLink>) {
    let broken =
        |link: &str, why: String| BrokenLink { page: path.to_owned(), link: link.to_owned(), why };
    let mut faults: Vec<_> = page.faults.iter().map(|fault| broken("", fault.clone())).collect();
    let is_within = |link: &str| url.is_some_and(|url| link.starts_with(url));
    let outside = page.loads.iter().filter(|link| scheme(link).is_some() && !is_within(link));
    faults.extend(outside.map(|link| broken(link, "it is loaded from elsewhere".to_owned())));
    let mut targets: Vec<Wish> = Vec::with_capacity(page.links.len());
    for link in &page.links {
        let resolved = match url.and_then(|url| link.strip_prefix(url)) {
            Some(rest) => resolve("", rest),
            None => resolve(path, link),
        };
        match resolved {
            Ok(Some(target)) => targets.push((hash(&target.path, &target.id), link, target)),
            Ok(None) => {}
            Err(why) => faults.push(broken(link, why)),
        }
    }
    // Of several links to one place the first on the page stays.
    targets.sort_by_key(|(key, ..)| *key);
    targets.dedup_by_key(|(key, ..)| *key);
    (targets, faults)
}

const OUTSIDE: &str = "it leaves the site";

/// Whether nothing in a link needs a second look, as in nearly all: a file without `%`, `?` or a
/// scheme, and perhaps an id on it.
fn is_plain(link: &str) -> bool {
    let path = link.split_once('#').map_or(link, |(path, _)| path);
    path.ends_with(".html")
        && !path.starts_with('/')
        && link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./#".contains(&byte))
}

/// The place `link` on `page` points at; `None` for one outside the site.
fn resolve<'a>(page: &'a str, link: &'a str) -> Result<Option<Target<'a>>, String> {
    if is_plain(link) {
        let (relative, id) = link.split_once('#').unwrap_or((link, ""));
        return Ok(Some(Target {
            path: join(page, relative).ok_or(OUTSIDE)?.into(),
            id: id.into(),
        }));
    }
    if link.contains(char::is_control) || link.trim() != link {
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
        return Ok(Some(Target { path: page.into(), id }));
    }
    let relative = percent_decode(relative)?;
    let path = join(page, &relative).ok_or(OUTSIDE)?;
    if matches!(relative.rsplit('/').next(), Some("" | "." | "..")) {
        return Err("it names a folder; without a server only files open".to_owned());
    }
    Ok(Some(Target { path: path.into(), id }))
}

/// The file at `relative` from the folder of `page`; `None` outside the site.
fn join(page: &str, relative: &str) -> Option<String> {
    let folder = page.rfind('/').map_or(0, |slash| slash + 1);
    // Each part with the slash after it.
    let mut path = String::with_capacity(folder + relative.len() + 1);
    path.push_str(&page[..folder]);
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                path.pop()?;
                path.truncate(path.rfind('/').map_or(0, |slash| slash + 1));
            }
            part => {
                path.push_str(part);
                path.push('/');
            }
        }
    }
    path.pop();
    Some(path)
}

/// The scheme a link begins with, if it has one.
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let mut chars = scheme.chars();
    let first = chars.next()?.is_ascii_alphabetic();
    let rest = chars.all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    (first && rest).then_some(scheme)
}

fn percent_decode(text: &str) -> Result<Cow<'_, str>, String> {
    if !text.contains('%') {
        return Ok(text.into());
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
    let text = String::from_utf8(bytes);
    text.map(Cow::Owned).map_err(|_| "its percent codes are not UTF-8".to_owned())
}

#[cfg(test)]
mod tests;
