//! The files that came with the program: templates with their assets and words, the library of
//! regulations, the demo's records, and what a new site begins with.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

#[derive(RustEmbed)]
#[folder = "regulations/"]
struct Regulations;

#[derive(RustEmbed)]
#[folder = "content/"]
struct Content;

#[derive(RustEmbed)]
#[folder = "starter/"]
struct Starter;

/// The demo's `clausebook.yaml`.
pub const DEMO_CONFIG: &str = include_str!("../../clausebook.yaml");

/// The text of an embedded template, by its name under `templates/`.
pub fn template(name: &str) -> Option<String> {
    text(Files::get(name)?.data)
}

/// Every embedded file with its name under `templates/`, sorted.
pub fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    sorted::<Files>().into_iter()
}

/// Every embedded text file with its name under `templates/`, sorted.
pub fn templates() -> impl Iterator<Item = (String, String)> {
    names::<Files>().into_iter().filter_map(|name| {
        let text = template(&name)?;
        Some((name, text))
    })
}

/// The ids of the regulations of the library, sorted.
pub fn regulation_ids() -> BTreeSet<String> {
    let folder = |name: String| name.split_once('/').map(|(folder, _)| folder.to_owned());
    names::<Regulations>().into_iter().filter_map(folder).collect()
}

/// The files of one regulation of the library, by their names within its folder, sorted. None if
/// the library does not have it.
pub fn regulation(id: &str) -> Vec<(String, Vec<u8>)> {
    let prefix = format!("{id}/");
    let within = |(name, bytes): (String, Vec<u8>)| {
        name.strip_prefix(&prefix).map(|name| (name.to_owned(), bytes))
    };
    sorted::<Regulations>().into_iter().filter_map(within).collect()
}

/// A file of the demo's records, by its name under `content/`.
pub fn content(name: &str) -> Option<Vec<u8>> {
    Some(Content::get(name)?.data.into_owned())
}

/// Every file of the demo's records with its name under `content/`, sorted.
pub fn contents() -> Vec<(String, Vec<u8>)> {
    sorted::<Content>()
}

/// Every regulation's files with their names under `regulations/`, sorted.
pub fn regulations() -> Vec<(String, Vec<u8>)> {
    sorted::<Regulations>()
}

/// The text of a file of the starter, by its name under `starter/`.
pub fn starter(name: &str) -> Option<String> {
    text(Starter::get(name)?.data)
}

/// The starter's files below `folder`, by their names within it, sorted.
pub fn starters(folder: &str) -> Vec<(String, Vec<u8>)> {
    let prefix = format!("{folder}/");
    let within = |(name, bytes): (String, Vec<u8>)| {
        name.strip_prefix(&prefix).map(|name| (name.to_owned(), bytes))
    };
    sorted::<Starter>().into_iter().filter_map(within).collect()
}

fn names<T: RustEmbed>() -> Vec<String> {
    let mut names: Vec<String> = T::iter().map(Cow::into_owned).collect();
    names.sort_unstable();
    names
}

fn sorted<T: RustEmbed>() -> Vec<(String, Vec<u8>)> {
    let read = |name: String| T::get(&name).map(|file| (name, file.data.into_owned()));
    names::<T>().into_iter().filter_map(read).collect()
}

fn text(bytes: Cow<'static, [u8]>) -> Option<String> {
    String::from_utf8(bytes.into_owned()).ok()
}
