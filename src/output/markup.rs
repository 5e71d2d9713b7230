//! What a page points at and what it can be pointed at by, read from its finished HTML; also what
//! it has that a strict content security policy forbids. Knows nothing of other pages.

use std::borrow::Cow;
use std::collections::HashSet;

use lol_html::html_content::Element;
use lol_html::{HtmlRewriter, Settings, element};

/// The links and anchors of one page, each in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The ids of its elements, each once.
    pub ids: Vec<String>,
    /// Where it points, as a browser reads it (character references resolved).
    pub links: Vec<String>,
    /// Those of its links the browser loads by itself: style sheets, scripts, pictures.
    pub loads: Vec<String>,
    /// What may not be on a page: repeated ids, and what the content security policy would block.
    pub faults: Vec<String>,
}

/// Reads the links, anchors and faults of a page.
pub fn links_of(html: &[u8]) -> PageLinks {
    let mut page = PageLinks::default();
    let mut seen = HashSet::new();
    let mut base = false;
    let every = element!("*", |element| {
        base |= element.tag_name() == "base";
        read_element(element, &mut page, &mut seen);
        Ok(())
    });
    let settings = Settings::new().append_element_content_handler(every);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let parsed = rewriter.write(html).and_then(|()| rewriter.end());
    if let Err(error) = parsed {
        page.faults.push(format!("cannot be read as HTML: {error}"));
    }
    if base {
        page.faults.push("has a `<base>`, which moves every link".to_owned());
    }
    page
}

fn read_element(element: &Element<'_, '_>, page: &mut PageLinks, seen: &mut HashSet<String>) {
    if element.attributes().is_empty() {
        match element.tag_name().as_str() {
            "script" => page.faults.push("has a `<script>` without `src`".to_owned()),
            "style" => page.faults.push("has a `<style>`".to_owned()),
            _ => {}
        }
        return;
    }
    let tag = element.tag_name();
    if tag == "style" {
        page.faults.push("has a `<style>`".to_owned());
    }
    let mut has_source = false;
    for attribute in element.attributes() {
        let name = attribute.name();
        match name.as_str() {
            "id" => {
                let id = resolve_references(&attribute.value()).into_owned();
                if seen.insert(id.clone()) {
                    page.ids.push(id);
                } else {
                    page.faults.push(format!("has the id `{id}` twice"));
                }
            }
            "href" | "xlink:href" | "src" | "action" | "formaction" | "poster" | "data" => {
                has_source |= name == "src";
                let link = resolve_references(&attribute.value()).into_owned();
                let followed = matches!(tag.as_str(), "a" | "area" | "form" | "button" | "input");
                if name != "data" || tag == "object" {
                    if !followed {
                        page.loads.push(link.clone());
                    }
                    page.links.push(link);
                }
            }
            "style" => page.faults.push(format!("has a `style` attribute on `<{tag}>`")),
            "srcdoc" => page.faults.push(format!("has a `srcdoc` attribute on `<{tag}>`")),
            _ if name.starts_with("on") => {
                page.faults.push(format!("has an `{name}` attribute on `<{tag}>`"));
            }
            _ => {}
        }
    }
    if tag == "script" && !has_source {
        page.faults.push("has a `<script>` without `src`".to_owned());
    }
}

/// Resolves the character references that links are written with: numeric ones and the few named
/// ones that template engines use.
fn resolve_references(text: &str) -> Cow<'_, str> {
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
            ("<p style='color:red'>", "has a `style` attribute on `<p>`"),
            ("<p OnClick='x()'>", "has an `onclick` attribute on `<p>`"),
            ("<svg/onload=x()>", "has an `onload` attribute on `<svg>`"),
            ("<iframe srcdoc=x>", "has a `srcdoc` attribute on `<iframe>`"),
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
