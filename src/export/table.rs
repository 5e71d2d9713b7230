//! Rows as a table for the terminal; Han characters count two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns between two cells.
const GAP: usize = 2;
/// A cell that gives way keeps so many columns.
const NARROWEST: usize = 12;

/// A table with a heading line; columns are as wide as their widest cell.
pub fn render(heading: &[&str], rows: &[Vec<String>]) -> String {
    fit(heading, rows, None, &[])
}

/// The same within the width of a terminal: the columns of `giving_way` are cut one after the other,
/// the first first, until the lines fit. Without a width nothing is cut.
pub fn fit(
    heading: &[&str],
    rows: &[Vec<String>],
    width: Option<usize>,
    giving_way: &[usize],
) -> String {
    let mut widths: Vec<usize> = heading.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(most) = width {
        for column in giving_way {
            let used = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            let spare = widths[*column].saturating_sub(NARROWEST);
            widths[*column] -= used.saturating_sub(most).min(spare);
        }
    }
    let heading: Vec<String> = heading.iter().map(|cell| (*cell).to_owned()).collect();
    let mut text = String::new();
    for row in std::iter::once(&heading).chain(rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let cell = cut(cell, *width);
            line.push_str(&cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + GAP));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A cell of at most so many columns; `…` stands for what is left out.
fn cut(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 1);
    for letter in cell.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(letter);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_count_two_columns() {
        let rows =
            [vec!["已完成".to_owned(), "x".to_owned()], vec!["a".to_owned(), "y".to_owned()]];
        assert_eq!(render(&["s", "t"], &rows), "s       t\n已完成  x\na       y\n");
    }

    #[test]
    fn lines_fit_the_terminal() {
        let rows = [vec!["overdue".to_owned(), "逾期四十五日，尚未辦理".to_owned()]];
        for width in 21..40 {
            let text = fit(&["status", "reason"], &rows, Some(width), &[1]);
            assert!(text.lines().all(|line| line.width() <= width), "{width}: {text}");
        }
        let narrow = fit(&["status", "reason"], &rows, Some(21), &[1]);
        assert_eq!(narrow, "status   reason\noverdue  逾期四十五…\n");
        // No narrower than a word.
        assert_eq!(fit(&["status", "reason"], &rows, Some(5), &[1]), narrow);
        let wide = "status   reason\noverdue  逾期四十五日，尚未辦理\n";
        assert_eq!(fit(&["status", "reason"], &rows, None, &[1]), wide);
    }
}
