//! What a line begins with, if it looks like the number of a clause: 一、 （一） 1. (1), in half and
//! full width, with a Markdown bullet or without. Whether it is one, the grammar decides.

use crate::law::Part;
use crate::law::figures::{Figures, arabic, figures};

/// The four ways of numbering, from the outermost in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 一、
    Point,
    /// （一）
    Item,
    /// 1.
    Subitem,
    /// (1)
    Detail,
}

/// A number at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    pub style: Style,
    pub part: Part,
    /// Bytes of the line it takes, the bullet included.
    pub length: usize,
    /// Whether a Markdown bullet stands in front.
    pub bullet: bool,
}

/// The number `line` begins with, if any. `line` has no white space in front.
pub fn marker(line: &str) -> Option<Marker> {
    let body = after_bullet(line);
    let (style, part, rest) = single(body).or_else(|| bracketed(body)).or_else(|| dotted(body))?;
    let bullet = body.len() < line.len();
    Some(Marker { style, part, length: line.len() - rest.len(), bullet })
}

/// What follows a Markdown bullet, or the line itself.
fn after_bullet(line: &str) -> &str {
    let Some(rest) = line.strip_prefix(['-', '*', '+']) else { return line };
    let body = rest.trim_start();
    if body.len() < rest.len() { body } else { line }
}

/// A number in one character: ㈠ ⒈ ⑴.
fn single(text: &str) -> Option<(Style, Part, &str)> {
    let c = text.chars().next()?;
    let (style, zero) = match c {
        '㈠'..='㈩' => (Style::Item, '㈠' as u32 - 1),
        '⒈'..='⒛' => (Style::Subitem, '⒈' as u32 - 1),
        '⑴'..='⒇' => (Style::Detail, '⑴' as u32 - 1),
        _ => return None,
    };
    let part = Part::new(u16::try_from(c as u32 - zero).ok()?, None)?;
    Some((style, part, &text[c.len_utf8()..]))
}

/// A number in brackets: （一） (一) （1） (1).
fn bracketed(text: &str) -> Option<(Style, Part, &str)> {
    let inner = text.strip_prefix(['（', '('])?.trim_start();
    let (figures, rest) = figures(inner)?;
    let rest = rest.trim_start().strip_prefix(['）', ')'])?;
    match figures {
        Figures::Chinese(part) => Some((Style::Item, part, rest)),
        Figures::Arabic(part) => Some((Style::Detail, part, rest)),
    }
}

/// A number with its mark behind: 一、 1. １．; but not the 1.5 of a figure.
fn dotted(text: &str) -> Option<(Style, Part, &str)> {
    let (figures, rest) = figures(text)?;
    match figures {
        Figures::Chinese(part) => {
            Some((Style::Point, part, rest.trim_start().strip_prefix(['、', '﹑', '､'])?))
        }
        Figures::Arabic(part) => {
            let rest = rest.strip_prefix(['.', '．', '、', '﹒'])?;
            let figure_goes_on = rest.starts_with(|c| arabic(c).is_some());
            (!figure_goes_on).then_some((Style::Subitem, part, rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        use Style::{Detail, Item, Point, Subitem};
        for (line, style, part, written) in [
            ("一、臺北", Point, "1", "一、"),
            ("ㄧ、臺北", Point, "1", "ㄧ、"),
            ("十二之一、臺北", Point, "12-1", "十二之一、"),
            ("（十一）經", Item, "11", "（十一）"),
            ("(一) 本處", Item, "1", "(一)"),
            ("（ 二 )本處", Item, "2", "（ 二 )"),
            ("- (一) 本處", Item, "1", "- (一)"),
            ("㈢本處", Item, "3", "㈢"),
            ("1.帳號", Subitem, "1", "1."),
            ("１．帳號", Subitem, "1", "１．"),
            ("3. 查詢", Subitem, "3", "3."),
            ("1-1.帳號", Subitem, "1-1", "1-1."),
            ("⒉帳號", Subitem, "2", "⒉"),
            ("(1)帳號", Detail, "1", "(1)"),
            ("（１２）帳號", Detail, "12", "（１２）"),
        ] {
            let found = marker(line).expect(line);
            assert_eq!((found.style, found.part.to_string()), (style, part.to_owned()), "{line}");
            assert_eq!(&line[..found.length], written);
        }
    }

    #[test]
    fn figures_in_a_sentence_are_no_numbers() {
        for line in [
            "7日內通報",
            "2,001 件以上",
            "1.5倍",
            "１．５倍",
            "一定期間",
            "（以下簡稱本局）",
            "（112年）",
            "0.1",
            "2024.",
            "-1.",
            "- 表",
            "",
            "(",
            "一",
            "之、",
            "(一",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
