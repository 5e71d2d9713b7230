//! Whether the tags of a web page are such that to mend it as browsers do would take the square of its
//! length: elements nested without end, marks of emphasis that are never closed and stand again in
//! each paragraph, attributes by the thousand. A look at the tags alone; nothing is built.

/// How deep elements may be nested; pages of texts nest some thirty.
const DEEPEST: usize = 500;
/// How many words a tag may have.
const ATTRIBUTES: usize = 300;
/// How many marks of emphasis may have to stand again, all paragraphs together.
const MARKS: usize = 300_000;

/// Elements without an end tag, or whose end tag may be left out: they are closed by what follows.
const CLOSED_BY_OTHERS: &[&str] = &[
    "a", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed", "head",
    "hr", "html", "img", "input", "li", "link", "meta", "nobr", "optgroup", "option", "p", "param",
    "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements that go on in the next paragraph where they are not closed.
const MARKING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// Whether the page would take too long to mend.
pub fn is_tangled(html: &str) -> bool {
    let (mut depth, mut marks, mut again) = (0_usize, 0_usize, 0_usize);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let ends = rest.starts_with('/');
        let name = &rest[usize::from(ends)..];
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name[..length].to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        if ends {
            depth -= usize::from(depth > 0 && !CLOSED_BY_OTHERS.contains(&name.as_str()));
            marks -= usize::from(marks > 0 && MARKING.contains(&name.as_str()));
            continue;
        }
        let tag = &rest[..rest.find(['>', '<']).unwrap_or(rest.len())];
        if tag.len() > ATTRIBUTES && tag.split_ascii_whitespace().count() > ATTRIBUTES {
            return true;
        }
        if MARKING.contains(&name.as_str()) {
            marks += 1;
        } else {
            again += marks;
        }
        depth += usize::from(!CLOSED_BY_OTHERS.contains(&name.as_str()));
        if depth > DEEPEST || again > MARKS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_text_has_is_tangled() {
        for (piece, times) in [
            ("<p>甲<br>", 9_000),
            ("<li>甲", 9_000),
            ("<tr><td>甲<td><b>乙</b>", 9_000),
            ("<div><p><font color=red>甲</font></p></div>", 9_000),
            ("<a name=x>", 9_000),
            ("a < b ", 9_000),
            ("<div>", 100),
        ] {
            assert!(!is_tangled(&piece.repeat(times)), "{piece}");
        }
        let many: String = (0..2_000).map(|n| format!("<b id={n}><p>")).collect();
        let attributes: String = (0..1_000).map(|n| format!(" a{n}=x")).collect();
        for text in ["<div>".repeat(1_000), "<b>".repeat(1_000), many, format!("<p{attributes}>")] {
            assert!(is_tangled(&text), "{}", &text[..20]);
        }
    }
}
