//! Markdown of guidance pages, configured once for everybody: CommonMark with tables. Authors write
//! no HTML: raw tags are shown as text, only safe addresses become links, pictures become their
//! words. What was not taken as written is reported with its place.

mod emphasis;
mod shown;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::privacy::Kind;

/// A page as HTML, and what was not taken as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe to stand in a page as it is.
    pub html: String,
    pub faults: Vec<Fault>,
}

/// Something that was not taken as written, with its place in the text (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Range<usize>,
    pub kind: FaultKind,
}

/// What was not taken as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A tag, shown as text.
    RawHtml,
    /// An address that is not `http`, `https`, `mailto` or relative; its words stay, without a link.
    UnsafeLink(String),
    /// A picture; its words stay.
    Picture,
    /// Marks of emphasis that are shown as they stand; how to write it instead.
    UnseenEmphasis(String),
    /// A character nobody sees, or one that is not what it seems, written as an entity.
    Hidden(char),
    /// Quotes and lists within each other, deeper than anybody reads; from here on only their words stay.
    TooDeep,
    /// Something personal in what is shown, however it is written.
    Personal(Kind),
}

/// A link or picture whose end is still to come.
enum Open {
    Link,
    /// A link off the site, whose tags are written here.
    External,
    /// Without tags.
    Dropped,
}

/// How deep quotes and lists stand within each other.
pub const DEEPEST: usize = 32;

/// Stands at the end of each link off the site, for the words that say so: they are the site's.
pub const AWAY: &str = "<span class=\"unseen annotation\"></span>";

/// Renders a text; whatever is personal in it is masked. Headings go down a level below `h1`, which
/// is the page's title; links to other guidance pages (`other.md`) go to their published files.
pub fn render(text: &str) -> Rendered {
    render_masked(text, |_| true)
}

/// As [`render`], but only the kinds that are `masked` are masked.
pub fn render_masked(text: &str, masked: impl Fn(Kind) -> bool) -> Rendered {
    // Footnotes, heading attributes and raw HTML stay off: each has let scripts through elsewhere.
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut rendered = Rendered::default();
    let mut events = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut marks = emphasis::Marks::default();
    let mut shown = shown::Shown::new(text, masked);
    // Where the last event stands, if it is a text as it is written.
    let mut written: Option<Range<usize>> = None;
    let mut depth = 0;
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        for emphasis::Unseen { place, instead } in marks.take(text, &event, &place) {
            rendered.faults.push(Fault { place, kind: FaultKind::UnseenEmphasis(instead) });
        }
        // Words that go on are one text: a page may be nothing but marks that mean nothing.
        let is_written = matches!(&event, Event::Text(words) | Event::Html(words) | Event::InlineHtml(words)
            if text.get(place.clone()) == Some(&**words));
        let before = written.take().filter(|before| is_written && before.end == place.start);
        let goes_on = before.is_some();
        rendered.faults.extend(shown.take(&event, &place, &mut events, goes_on));
        if is_written {
            let whole = before.map_or(place.start, |before| before.start)..place.end;
            if goes_on {
                events.pop();
            }
            if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                rendered.faults.push(Fault { place, kind: FaultKind::RawHtml });
            }
            events.push(Event::Text(text[whole.clone()].into()));
            written = Some(whole);
            continue;
        }
        let mut fault = |kind| rendered.faults.push(Fault { place: place.clone(), kind });
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                depth += 1;
                if depth <= DEEPEST {
                    events.push(event);
                } else if depth == DEEPEST + 1 {
                    fault(FaultKind::TooDeep);
                }
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                if depth <= DEEPEST {
                    events.push(event);
                }
                depth -= 1;
            }
            Event::Html(tag) | Event::InlineHtml(tag) => {
                fault(FaultKind::RawHtml);
                events.push(Event::Text(tag));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let safe = is_safe(&dest_url);
                let (dest_url, title) = (shown.mask(dest_url), shown.mask(title));
                if !safe {
                    fault(FaultKind::UnsafeLink(dest_url.to_string()));
                    open.push(Open::Dropped);
                } else if is_external(&dest_url) {
                    events.push(Event::InlineHtml(external(&dest_url).into()));
                    open.push(Open::External);
                } else {
                    let dest_url = published(&dest_url).into();
                    events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                    open.push(Open::Link);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => {
                let kind = CodeBlockKind::Fenced(shown.mask(word));
                events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::Start(Tag::Image { .. }) => {
                fault(FaultKind::Picture);
                open.push(Open::Dropped);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => match open.pop() {
                Some(Open::Link) => events.push(Event::End(TagEnd::Link)),
                Some(Open::External) => {
                    events.push(Event::InlineHtml(format!("{AWAY}</a>").into()));
                }
                Some(Open::Dropped) | None => {}
            },
            Event::Start(Tag::Heading { level, .. }) => {
                let level = lower(level);
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                events.push(Event::End(TagEnd::Heading(lower(level))));
            }
            other => events.push(other),
        }
    }
    rendered.faults.extend(shown.end(&mut events));
    pulldown_cmark::html::push_html(&mut rendered.html, events.into_iter());
    rendered
}

fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    if level == pulldown_cmark::HeadingLevel::H1 { pulldown_cmark::HeadingLevel::H2 } else { level }
}

/// Whether an address may become a link: a known scheme, or a relative path without tricks.
fn is_safe(address: &str) -> bool {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && c != '\\';
    if address.is_empty() || !address.chars().all(plain) {
        return false;
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once([':', '：']) {
        Some((scheme, _)) => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        None => !address.starts_with('/'),
    }
}

/// Whether an address that is safe leads off the site.
fn is_external(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.to_ascii_lowercase().starts_with("http") && scheme.contains(':')
}

/// The start tag of a link off the site: it tells the other site nothing of this one.
fn external(address: &str) -> String {
    let href = escaped(address);
    format!("<a class=\"external\" rel=\"noopener noreferrer\" href=\"{href}\">")
}

/// A text as it stands in HTML, in an attribute too.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#x27;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
    html
}

/// The address of another guidance page as it is published.
fn published(address: &str) -> String {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let hash = if fragment.is_empty() { "" } else { "#" };
    match path.strip_suffix(".md") {
        Some(page) if !path.contains(':') => format!("{page}.html{hash}{fragment}"),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_shown_as_text_and_reported() {
        let rendered = render("甲<b onclick=x>乙</b>\n\n<script>alert(1)</script>\n");
        assert!(!rendered.html.contains("<b") && !rendered.html.contains("<script"));
        assert!(
            rendered.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{}",
            rendered.html
        );
        assert!(rendered.faults.iter().all(|fault| fault.kind == FaultKind::RawHtml));
        assert_eq!(rendered.faults[0].place, 3..16);
    }

    #[test]
    fn what_is_personal_in_tags_is_found_as_in_texts() {
        for text in [
            "<div>A123456789</div>",
            "<!-- A123456789 -->",
            "<b title=\"A123456789\">x</b>",
            "甲<b id=A123456789>x</b>",
        ] {
            let faults = render(text).faults;
            let found = |fault: &Fault| fault.kind == FaultKind::Personal(Kind::Identity);
            assert!(faults.iter().any(found), "{text}: {faults:?}");
        }
    }

    /// Whatever stands between its characters, no number is on the page in full.
    #[test]
    fn what_is_personal_is_masked_however_it_is_written() {
        let tags = regex::Regex::new("</?[a-z][^>]*>").expect("a pattern");
        for (text, kind, whole, shown) in [
            ("A12<b>345</b>6789", Kind::Identity, "6789", "A12"),
            ("A12**345**6789 甲", Kind::Identity, "6789", "A12"),
            ("A1234567&#56;9", Kind::Identity, "89", "A12345****"),
            ("`A123` `456789`", Kind::Identity, "6789", "A123"),
            ("~~A1234~~[56](a.md)789", Kind::Identity, "789", "A1234"),
            ("02-<b>2345</b>-6789", Kind::Telephone, "6789", "2345"),
            ("電話：02-2345**-6789**", Kind::Telephone, "6789", "2345"),
            ("0912&#45;345678", Kind::Mobile, "5678", "0912-34****"),
            ("09**12**345678", Kind::Mobile, "5678", "09"),
            ("0912&hyphen;345&hyphen;678", Kind::Mobile, "678", "0912"),
            ("someone&commat;example.com", Kind::Mail, "someone", "s******@example.com"),
            ("some**one**@exam*ple*.com", Kind::Mail, "one", "s***<strong>"),
            ("臺北市**市府**路<i>1</i>號", Kind::Address, "1", "市府"),
            ("中興路六&#20845;〇號", Kind::Address, "六", "中興路"),
            ("出生日期：75年**3**月2日", Kind::Birthday, "75", "出生日期"),
            ("戶號 F12**34**567", Kind::Household, "567", "戶號"),
            ("- 戶號\n  F1234567", Kind::Household, "567", "戶號"),
            ("| a |\n| - |\n| 0912&#x2d;345678 |", Kind::Mobile, "5678", "0912"),
            ("> 手機 0912\n>    345678", Kind::Mobile, "5678", "0912"),
            ("```A123456789\nx\n```", Kind::Identity, "6789", "x"),
            ("[x](https://a.tw/?id=A123456789)", Kind::Identity, "6789", "a.tw"),
        ] {
            let rendered = render(text);
            let found = |fault: &Fault| fault.kind == FaultKind::Personal(kind);
            assert!(rendered.faults.iter().any(found), "{text}: {:?}", rendered.faults);
            let words = tags.replace_all(&rendered.html, "");
            let in_tags = rendered.html.contains("A123456789");
            assert!(!words.contains(whole) && !in_tags, "{text}: {}", rendered.html);
            assert!(rendered.html.contains(shown), "{text}: {}", rendered.html);
        }
        // Who answers for a number publishes it, but never one of identity.
        let masked = |kind: Kind| kind.is_identity();
        let html = render_masked("0912&#45;345678 A12**345**6789", masked).html;
        assert!(html.contains("0912-345678") && !html.contains("6789"), "{html}");
    }

    #[test]
    fn only_safe_addresses_become_links() {
        for address in [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "java&#115;cript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/absolute",
            "javascript&colon;x",
            "&#106;avascript:x",
            "ｊａｖａｓｃｒｉｐｔ：x",
            "x:y",
            "<java\tscript:x>",
            "\\\\host\\share",
        ] {
            let html = render(&format!("[字]({address})")).html;
            assert!(!html.contains("href="), "{address}: {html}");
        }
        for address in [
            "https://example.org/a?b#c",
            "mailto:a@example.org",
            "other.html",
            "../index.html",
            "#p",
        ] {
            let rendered = render(&format!("[字]({address})"));
            let external = address.starts_with("https:");
            let tag = if external {
                "<a class=\"external\" rel=\"noopener noreferrer\" href="
            } else {
                "<a href="
            };
            assert!(rendered.html.contains(tag), "{address}: {}", rendered.html);
            // An address of a person is said, and a link all the same.
            let personal = |fault: &Fault| matches!(fault.kind, FaultKind::Personal(_));
            assert!(rendered.faults.iter().all(personal), "{address}: {:?}", rendered.faults);
        }
    }

    #[test]
    fn addresses_off_the_site_cannot_leave_their_attribute() {
        let html = render("[字](https://example.org/?a=1&b=\"'<x>)").html;
        let tag = "href=\"https://example.org/?a=1&amp;b=&quot;&#x27;&lt;x&gt;\">字";
        assert!(html.contains(&format!("{tag}{AWAY}</a>")), "{html}");
        let written = render("[字](other.md) &lt;span class=\"unseen\">&lt;/span>").html;
        assert!(!written.contains(AWAY), "{written}");
    }

    #[test]
    fn what_is_nested_without_end_is_cut_and_reported() {
        for text in [format!("{}甲\n", ">".repeat(100_000)), format!("{}甲\n", "- ".repeat(50_000))]
        {
            let rendered = render(&text);
            let deep = rendered.faults.iter().filter(|fault| fault.kind == FaultKind::TooDeep);
            assert_eq!(deep.count(), 1);
            let open = |tag: &str| rendered.html.matches(&format!("<{tag}>")).count();
            let close = |tag: &str| rendered.html.matches(&format!("</{tag}>")).count();
            assert!(rendered.html.contains('甲') && rendered.html.len() < 2_000);
            for tag in ["blockquote", "ul", "li", "p"] {
                assert_eq!(open(tag), close(tag), "{tag}: {}", rendered.html);
            }
        }
        let fine = render(&format!("{}甲\n", "> ".repeat(DEEPEST)));
        assert_eq!(fine.html.matches("<blockquote>").count(), DEEPEST);
        assert_eq!(fine.faults, []);
    }

    #[test]
    fn headings_and_links_fit_the_site() {
        let html = render("# 大 {#a onclick=x}\n## 中\n[下一頁](next.md#a) ![圖](x.png)").html;
        assert!(html.starts_with("<h2>大 {#a onclick=x}</h2>\n<h2>中</h2>"), "{html}");
        assert!(html.contains("<a href=\"next.html#a\">下一頁</a> 圖"), "{html}");
    }
}
