//! The numbers of headings outside the clauses: 第二章之一, 參、稽核.

use super::{figures, numeral};

/// The number of a heading: 第二章之一 is `2_1`, 參、 is `3`.
pub fn heading_number(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['#', ' ']);
    let Some(rest) = text.strip_prefix('第') else {
        let formal: String = text.chars().take_while(|c| !"、．. 　".contains(*c)).collect();
        return numeral::read_formal(&formal).map(|number| number.to_string());
    };
    let (part, rest) = figures::number(rest.trim_start())?;
    let mut behind = rest.trim_start().chars();
    behind.next();
    let inserted = behind.as_str().trim_start().strip_prefix('之');
    let inserted = inserted.and_then(|rest| figures::number(rest.trim_start()));
    Some(match inserted {
        Some((inserted, _)) => format!("{part}_{inserted}"),
        None => part.to_string().replace('-', "_"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_by_their_own_numbers() {
        for (text, expected) in [
            ("第一編 總則", Some("1")),
            ("第 二 章之一 附則", Some("2_1")),
            ("第十二章", Some("12")),
            ("參、稽核", Some("3")),
            ("附則", None),
        ] {
            assert_eq!(heading_number(text).as_deref(), expected, "{text}");
        }
    }
}
