//! The files that came with the program: templates, their assets and words.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

/// The text of an embedded template, by its name under `templates/`.
pub fn template(name: &str) -> Option<String> {
    text(Files::get(name)?.data)
}

/// Every embedded file with its name under `templates/`, sorted.
pub fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut names: Vec<Cow<'static, str>> = Files::iter().collect();
    names.sort_unstable();
    names.into_iter().filter_map(|name| {
        let data = Files::get(&name)?.data.into_owned();
        Some((name.into_owned(), data))
    })
}

/// Every embedded text file with its name under `templates/`, sorted.
pub fn templates() -> impl Iterator<Item = (String, String)> {
    let mut names: Vec<Cow<'static, str>> = Files::iter().collect();
    names.sort_unstable();
    names.into_iter().filter_map(|name| Some((name.clone().into_owned(), template(&name)?)))
}

fn text(bytes: Cow<'static, [u8]>) -> Option<String> {
    String::from_utf8(bytes.into_owned()).ok()
}
