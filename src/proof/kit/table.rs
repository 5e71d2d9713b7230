//! The table of days: `start,length,unit,end`, one period of days, weeks, months or years a row.

use crate::time::{Day, Length, OfficeCalendar, parse_day};

/// The first line of such a table.
const HEAD: &str = "start,length,unit,end";

/// The rows whose last day is counted otherwise, a sentence each; `None` if the text is no table of
/// days.
pub fn wrong_days(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    (lines.next()?.trim() == HEAD).then_some(())?;
    let rows = lines.enumerate().filter(|(_, line)| !line.trim().is_empty());
    Some(
        rows.filter_map(|(at, line)| wrong(line).map(|why| format!("line {}: {why}", at + 2)))
            .collect(),
    )
}

fn wrong(line: &str) -> Option<String> {
    let Some((start, length, end)) = read(line) else {
        return Some(format!("`{line}` is no row of {HEAD}"));
    };
    match length.after(start, &OfficeCalendar::default()) {
        Ok(day) if day == end => None,
        Ok(day) => Some(format!("`{line}`: ends on {day}")),
        Err(missing) => Some(format!("`{line}`: {missing:?}")),
    }
}

fn read(line: &str) -> Option<(Day, Length, Day)> {
    let mut cells = line.trim().split(',');
    let mut cell = || cells.next();
    let (start, count, unit, end) = (cell()?, cell()?, cell()?, cell()?);
    let length = Length::parse(&format!("{count} {unit}")).ok()?;
    Some((parse_day(start).ok()?, length, parse_day(end).ok()?))
}

#[cfg(test)]
mod tests {
    use super::wrong_days;

    #[test]
    fn a_row_that_ends_on_another_day_is_named_with_its_line() {
        let table = "start,length,unit,end\n2026-04-30,3,months,2026-07-31\n2026-04-30,3,months,2026-07-30\n2026-04-30,3,moons,2026-07-30\n";
        let wrong = wrong_days(table).expect("a table of days");
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong[0].starts_with("line 3") && wrong[0].ends_with("2026-07-31"), "{wrong:?}");
        assert!(wrong[1].starts_with("line 4"), "{wrong:?}");
    }

    #[test]
    fn another_table_is_none() {
        assert_eq!(wrong_days("population,required\n1,2\n"), None);
    }
}
