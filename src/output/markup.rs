//! What a page points at and what it can be pointed at by, read from its finished HTML; also what
//! it has that a strict content security policy forbids. Knows nothing of other pages.

use std::borrow::Cow;

use super::scan::{StartTag, start_tags};

/// The elements whose links are followed when the reader asks for it.
const FOLLOWED: [&str; 5] = ["a", "area", "form", "button", "input"];

/// The links and anchors of one page, each in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks<'a> {
    /// The ids of its elements.
    pub ids: Vec<Cow<'a, str>>,
    /// Where it points, as a browser reads it (character references resolved).
    pub links: Vec<Cow<'a, str>>,
    /// Those of its links the browser loads by itself: style sheets, scripts, pictures.
    pub loads: Vec<Cow<'a, str>>,
    /// What may not be on a page: repeated ids, and what the content security policy would block.
    pub faults: Vec<String>,
}

/// Reads the links, anchors and faults of a page.
pub fn links_of(html: &[u8]) -> PageLinks<'_> {
    let mut page = PageLinks::default();
    let Ok(html) = str::from_utf8(html) else {
        page.faults.push("is not UTF-8".to_owned());
        return page;
    };
    start_tags(html, |tag| page.read(&tag));
    page.find_repeated_ids();
    page
}

impl<'a> PageLinks<'a> {
    /// Adds what a tag says.
    pub(super) fn read(&mut self, tag: &StartTag<'_, 'a>) {
        let mut has_source = false;
        for (name, value) in tag.attributes {
            match &**name {
                "id" => self.ids.push(resolve_references(value)),
                "data" if tag.name != "object" => {}
                "href" | "src" | "action" | "xlink:href" | "formaction" | "poster" | "data" => {
                    has_source |= name == "src";
                    let link = resolve_references(value);
                    if !FOLLOWED.contains(&tag.name) {
                        self.loads.push(link.clone());
                    }
                    self.links.push(link);
                }
                name if name == "style" || name == "srcdoc" || name.starts_with("on") => {
                    self.faults.push(format!("has the attribute `{name}` on `<{}>`", tag.name));
                }
                _ => {}
            }
        }
        match tag.name {
            "script" if !has_source => {
                self.faults.push("has a `<script>` without `src`".to_owned());
            }
            "style" => self.faults.push("has a `<style>`".to_owned()),
            "base" => self.faults.push("has a `<base>`, which moves every link".to_owned()),
            _ => {}
        }
    }

    /// To be called when all tags were read.
    pub(super) fn find_repeated_ids(&mut self) {
        let mut sorted: Vec<&str> = self.ids.iter().map(|id| &**id).collect();
        sorted.sort_unstable();
        let repeated = sorted.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        self.faults.extend(repeated.map(|same| format!("has the id `{}` twice", same[0])));
    }
}

/// Resolves the character references that links are written with: numeric ones and the few named
/// ones that template engines use.
pub(super) fn resolve_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').and_then(|end| Some((reference(&rest[1..end])?, end + 1)));
        let (c, length) = reference.unwrap_or(('&', 1));
        resolved.push(c);
        rest = &rest[length..];
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, radix| char::from_u32(u32::from_str_radix(digits, radix).ok()?);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "colon" => Some(':'),
        "sol" => Some('/'),
        "Tab" => Some('\t'),
        "NewLine" => Some('\n'),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_links_and_ids_in_their_order() {
        let page = links_of(
            "<!doctype html><link rel=stylesheet href=style.css><script src='a.js'></script>\
             <main ID=main><a href=\"a&amp;b.html#p7&#x2f;1\">一</a><!-- <a href=no> -->\
             <svg><use href='icons.svg#ok'/></svg><img src=a.png alt=''><a id=x>y</a>\
             <object data=a.pdf></object><i data=no></i></main>"
                .as_bytes(),
        );
        assert_eq!(page.ids, ["main", "x"]);
        let links = ["style.css", "a.js", "a&b.html#p7/1", "icons.svg#ok", "a.png", "a.pdf"];
        assert_eq!(page.links, links);
        assert_eq!(page.loads, ["style.css", "a.js", "icons.svg#ok", "a.png", "a.pdf"]);
        assert_eq!(page.faults, Vec::<String>::new());
    }

    #[test]
    fn finds_what_a_strict_policy_forbids() {
        let cases = [
            ("<p id=a><p id=b><p id=a>", "has the id `a` twice"),
            ("<script>alert(1)</script>", "has a `<script>` without `src`"),
            ("<script type=module>1</script>", "has a `<script>` without `src`"),
            ("<style>p{}</style>", "has a `<style>`"),
            ("<style media=print>p{}</style>", "has a `<style>`"),
            ("<p style='color:red'>", "has the attribute `style` on `<p>`"),
            ("<p OnClick='x()'>", "has the attribute `onclick` on `<p>`"),
            ("<svg/onload=x()>", "has the attribute `onload` on `<svg>`"),
            ("<iframe srcdoc=x>", "has the attribute `srcdoc` on `<iframe>`"),
            ("<base target=_top>", "has a `<base>`, which moves every link"),
        ];
        for (html, fault) in cases {
            assert_eq!(links_of(html.as_bytes()).faults, [fault], "{html}");
        }
        let harmless = "<p>&lt;script> style=x</p><!-- <style> --><textarea><script></textarea>";
        assert_eq!(links_of(harmless.as_bytes()).faults, Vec::<String>::new());
    }

    #[test]
    fn resolves_character_references() {
        assert_eq!(resolve_references("&#106;ava&colon;&amp;amp;&x;&"), "java:&amp;&x;&");
    }
}
