//! Due lists, calendars, plans, strips, life lines and feeds of the demo, against the rows of
//! `data/status.json` and a reading of the office calendar of its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::html::{Piece, elements, text};
use super::project::{Project, Row, repository};
use super::published::{DAY, DEMO};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no day"))
}

/// The class of a row, told from its status and its due date.
fn class(row: &Row) -> &'static str {
    let left = (day(row.text("due")) - day(DAY)).num_days();
    match row.text("status") {
        "overdue" => "overdue",
        "deficient" => "deficient",
        "unknown" => "unknown",
        "done" | "done-late" => "done",
        "waived" => "waived",
        "not-applicable" => "not-applicable",
        "due-soon" | "open" | "upcoming" if left <= 7 => "7-days",
        "due-soon" | "open" | "upcoming" if left <= 30 => "30-days",
        // The demo's day lies in the last quarter.
        "due-soon" | "open" | "upcoming" if row.text("due") <= "2026-12-31" => "quarter",
        "due-soon" | "open" | "upcoming" => "later",
        other => panic!("{other}"),
    }
}

/// The id of the occurrence an address on `page` leads to, if it leads to one.
fn occurrence(page: &str, href: &str) -> Option<String> {
    let folders: Vec<&str> = page.split('/').collect();
    let mut parts: Vec<&str> = folders[..folders.len() - 1].to_vec();
    for part in href.split('/') {
        match part {
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let id = path.strip_prefix("obligations/")?.strip_suffix(".html")?;
    (id.split('/').count() == 4).then(|| id.to_owned())
}

/// The occurrences linked within some pieces of `page`, in order.
fn linked(page: &str, pieces: &[Piece]) -> Vec<String> {
    let links = pieces.iter().filter(|piece| piece.begins("a"));
    links.filter_map(|link| occurrence(page, link.attribute("href")?)).collect()
}

/// The rows of the tables of this class, each with its pieces.
fn table_rows<'a>(pieces: &'a [Piece], class: &str) -> Vec<&'a [Piece]> {
    let tables = elements(pieces, |piece| piece.begins("table") && piece.has_class(class));
    let bodies = tables.into_iter().flat_map(|table| elements(table, |one| one.begins("tbody")));
    bodies.flat_map(|body| elements(body, |one| one.begins("tr"))).collect()
}

fn number(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in {text:?}"))
}

#[test]
fn every_occurrence_is_in_one_class_and_the_counts_are_the_lists() {
    let rows = DEMO.rows();
    let mut classes: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        classes.entry(class(row)).or_default().push(row);
    }
    let overview = DEMO.page("due/index.html");
    let counts = elements(overview, |piece| piece.has_class("due-groups"));
    let lines = elements(counts[0], |piece| piece.begins("li"));
    assert_eq!(lines.len(), 10);
    let mut sum = 0;
    for (name, listed) in &classes {
        let line = lines.iter().find(|line| line[0].has_class(&format!("due-{name}")));
        let line = line.unwrap_or_else(|| panic!("no {name} on the overview"));
        let shown = elements(line, |piece| piece.has_class("num"));
        assert_eq!(number(&text(shown[0])), listed.len(), "{name}");
        sum += listed.len();
        let file = match *name {
            "deficient" | "unknown" => continue,
            name => format!("due/{name}.html"),
        };
        let page = DEMO.page(&file);
        let title = elements(page, |piece| piece.begins("h1"));
        let title_count = elements(title[0], |piece| piece.has_class("num"));
        assert_eq!(number(&text(title_count[0])), listed.len(), "{file}");
        let found: Vec<String> = table_rows(page, "due-table")
            .into_iter()
            .map(|row| linked(&file, row).remove(0))
            .collect();
        let mut listed = listed.clone();
        let key = |row: &&Row| match *name {
            "done" => row.text("done_on").to_owned(),
            _ => row.text("due").to_owned(),
        };
        listed.sort_by_key(key);
        if *name == "done" {
            listed.reverse();
        }
        // A page of a list has at most a hundred rows; the further pages have the rest.
        assert_eq!(found.len(), listed.len().min(100), "{file}");
        assert_eq!(DEMO.files.contains_key(&file.replace(".html", ".2.html")), listed.len() > 100);
        listed.truncate(100);
        let by_id: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.text("id"), row)).collect();
        let days = |ids: &mut dyn Iterator<Item = &Row>| -> Vec<String> {
            ids.map(|row| key(&row)).collect()
        };
        let shown = days(&mut found.iter().map(|id| by_id[id.as_str()]));
        assert_eq!(shown, days(&mut listed.iter().copied()), "{file}");
        let unique: BTreeSet<&String> = found.iter().collect();
        assert_eq!(unique.len(), found.len(), "{file}");
    }
    assert_eq!(sum, rows.len());
    // The lists of the agencies are the list of all, taken apart.
    let mut apart: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, html) in DEMO.pages() {
        if let [_, class, _] = path.split('/').collect::<Vec<_>>()[..]
            && path.starts_with("due/")
            && !path.trim_end_matches(".html").contains('.')
        {
            let count = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
            let count = count.and_then(|title| title.split("class=\"num\"").nth(1));
            *apart.entry(class).or_default() += number(count.expect("a count"));
        }
    }
    for (class, count) in apart {
        assert_eq!(count, classes[class].len(), "{class}");
    }
}

#[test]
fn relative_days_are_counted_from_the_as_of_date() {
    for class in ["overdue", "7-days", "30-days", "quarter", "later"] {
        let file = format!("due/{class}.html");
        let page = DEMO.page(&file);
        let rows = table_rows(page, "due-table");
        assert!(!rows.is_empty(), "{file}");
        for row in rows {
            let due = row.iter().find_map(|piece| piece.attribute("datetime")).expect("a day");
            let left = (day(due) - day(DAY)).num_days();
            let said = match left {
                0 => "本日到期".to_owned(),
                left if left > 0 => format!("尚餘 {left} 日"),
                left => format!("已逾 {} 日", -left),
            };
            let weekday = ["日", "一", "二", "三", "四", "五", "六"]
                [day(due).weekday().num_days_from_sunday() as usize];
            let text = text(row);
            assert!(text.contains(&said) && text.contains(&format!("（{weekday}）")), "{text}");
        }
    }
}

/// Days off and made-up working days, from the file itself.
fn office_calendar() -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let text = std::fs::read_to_string(repository().join("content/calendar.yaml")).expect("reads");
    let mut days = [BTreeMap::new(), BTreeMap::new()];
    let mut list = 0;
    for line in text.lines() {
        match line.trim() {
            "holidays:" => list = 0,
            "workdays:" => list = 1,
            line => {
                if let Some((day, name)) = line.split_once(": ")
                    && day.len() == 10
                {
                    days[list].insert(day.to_owned(), name.to_owned());
                }
            }
        }
    }
    days.into()
}

#[test]
fn months_show_every_day_as_it_is_and_everything_that_falls_due() {
    let (holidays, workdays) = office_calendar();
    assert!(holidays.len() > 100 && !workdays.is_empty());
    let rows = DEMO.rows();
    let months: Vec<&str> =
        DEMO.pages().map(|(path, _)| path).filter(|path| path.starts_with("due/20")).collect();
    assert_eq!(months.len(), 36);
    let mut listed = 0;
    for file in months {
        let month = &file["due/".len()..file.len() - ".html".len()];
        let page = DEMO.page(file);
        let calendar = elements(page, |piece| piece.has_class("calendar"));
        let cells = elements(calendar[0], |piece| piece.begins("td"));
        assert_eq!(cells.len() % 7, 0, "{file}");
        let mut date = day(&format!("{month}-01"));
        assert!(text(page).contains("上班日"), "{file}");
        for (place, cell) in cells.iter().enumerate() {
            let Some(iso) = cell.iter().find_map(|piece| piece.attribute("datetime")) else {
                assert!(cell[0].has_class("outside"), "{file}");
                continue;
            };
            assert_eq!(iso, date.to_string(), "{file}: days follow one another");
            assert_eq!(date.weekday().num_days_from_sunday() as usize, place % 7, "{iso}");
            let words: Vec<String> =
                elements(cell, |piece| piece.has_class("word")).into_iter().map(text).collect();
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            let off = !workdays.contains_key(iso) && (weekend || holidays.contains_key(iso));
            assert_eq!(words.iter().any(|word| word == "放假"), off, "{iso}: {words:?}");
            for named in [holidays.get(iso), workdays.get(iso)].into_iter().flatten() {
                assert!(words.contains(named), "{iso}: {words:?}");
            }
            assert_eq!(words.iter().any(|word| word == "基準日"), iso == DAY, "{iso}");
            let on_day = rows.iter().filter(|row| row.text("due") == iso).count();
            let lines = elements(cell, |piece| piece.begins("li"));
            let shown: usize = lines
                .iter()
                .map(|line| match text(line) {
                    line if line.starts_with("另有") => number(&line),
                    line => line.split_once('×').map_or(1, |(_, count)| number(count)),
                })
                .sum();
            assert_eq!(shown, on_day, "{iso}");
            date = date.succ_opt().expect("a next day");
        }
        assert!(date.day() == 1 && !date.to_string().starts_with(month), "{file}: a whole month");
        let found: BTreeSet<String> = table_rows(page, "due-table")
            .into_iter()
            .map(|row| linked(file, row).remove(0))
            .collect();
        let due = rows.iter().filter(|row| row.text("due").starts_with(month));
        let expected: BTreeSet<String> = due.map(|row| row.text("id").to_owned()).collect();
        assert_eq!(found, expected, "{file}");
        listed += found.len();
    }
    assert_eq!(listed, rows.len(), "in the demo every due date has its month");
    // The overview has the same counts.
    let overview = DEMO.page("due/index.html");
    let years = elements(overview, |piece| piece.has_class("years"));
    for link in elements(years[0], |piece| piece.begins("a")) {
        let month = link[0].attribute("href").expect("an address").trim_end_matches(".html");
        let due = rows.iter().filter(|row| row.text("due").starts_with(month)).count();
        assert_eq!(number(&text(link)), due, "{month}");
    }
}

#[test]
fn a_month_of_a_year_without_a_calendar_says_so() {
    let project = Project::new().as_of("2026-03-10");
    project.run("build").code(0);
    let files = project.files("public");
    let html = String::from_utf8(files["due/2026-03.html"].clone()).expect("UTF-8");
    assert!(html.contains("辦公日曆未收錄本年度"));
    assert!(!html.contains("放假</span>"), "no day is called a day off");
    let plan = String::from_utf8(files["agencies/city/plan-2026.html"].clone()).expect("UTF-8");
    assert!(plan.contains("辦公日曆未收錄本年度"));
}

#[test]
fn strips_have_a_cell_for_every_period_of_every_scope() {
    let mut expected: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in DEMO.rows() {
        let duty = format!("{}/{}", row.text("regulation"), row.text("obligation"));
        // Periods and days begin with a digit, events with the id of a record.
        let by_event = !row.text("period").starts_with(|c: char| c.is_ascii_digit());
        if !by_event {
            let of_duty = expected.entry(duty).or_default();
            of_duty.insert(row.text("id").to_owned(), row.text("status").to_owned());
        }
    }
    assert!(expected.len() > 20);
    for (duty, expected) in expected {
        let mut found = BTreeMap::new();
        for (file, _) in DEMO.pages() {
            let is_part = file.starts_with(&format!("obligations/{duty}/periods-"));
            if !is_part && file != format!("obligations/{duty}.html") {
                continue;
            }
            let page = DEMO.page(file);
            for cell in elements(page, |piece| piece.has_class("cell")) {
                let href = cell[0].attribute("href").expect("an address");
                let id = occurrence(file, href).unwrap_or_else(|| panic!("{file}: {href}"));
                let status = &expected[&id];
                assert!(cell[0].has_class(&format!("status-{status}")), "{file}: {id}");
                assert!(!text(cell).is_empty(), "{file}: a cell says its status");
                assert!(found.insert(id, status.clone()).is_none(), "{file}: {href} stands twice");
            }
        }
        assert_eq!(found, expected, "{duty}");
    }
}

#[test]
fn year_plans_have_every_periodic_due_date() {
    let planned = |year: &str| {
        let rows = DEMO.rows();
        let of_year = rows.iter().filter(|row| row.text("due").starts_with(year));
        of_year.filter(|row| row.text("period").starts_with(|c: char| c.is_ascii_digit())).count()
    };
    for year in ["2026", "2027"] {
        let mut sum = 0;
        for (file, _) in
            DEMO.pages().filter(|(path, _)| path.ends_with(&format!("plan-{year}.html")))
        {
            let page = DEMO.page(file);
            let title = text(elements(page, |piece| piece.begins("h1"))[0]);
            assert!(title.ends_with(if year == "2026" {
                "115年度稽核計畫"
            } else {
                "116年度稽核計畫"
            }));
            let mut months = [0; 12];
            for row in table_rows(page, "year-plan") {
                for (at, cell) in
                    elements(row, |piece| piece.begins("td")).iter().skip(2).enumerate()
                {
                    for mark in elements(cell, |piece| piece.begins("a")) {
                        let mark = text(mark);
                        months[at] += mark.split_once('×').map_or(1, |(_, count)| number(count));
                    }
                }
            }
            let feet = elements(page, |piece| piece.begins("tfoot"));
            let totals = elements(feet[0], |piece| piece.begins("td"));
            let totals: Vec<usize> = totals.into_iter().map(|cell| number(&text(cell))).collect();
            assert_eq!(totals, months, "{file}");
            sum += months.iter().sum::<usize>();
        }
        assert_eq!(sum, planned(year), "{year}");
    }
}

#[test]
fn life_lines_go_forward_and_count_the_days_between() {
    let mut gaps = 0;
    let mut ahead = 0;
    for (file, _) in DEMO.pages() {
        if !file.starts_with("accounts/") && !file.starts_with("findings/") {
            continue;
        }
        let page = DEMO.page(file);
        for line in elements(page, |piece| piece.begins("ol") && piece.has_class("life")) {
            let mut before: Option<NaiveDate> = None;
            let steps = elements(line, |piece| piece.begins("li"));
            for step in &steps {
                let iso = step.iter().find_map(|piece| piece.attribute("datetime")).expect("a day");
                let on = day(iso);
                let days = before.map_or(0, |before| (on - before).num_days());
                assert!(days >= 0, "{file}: {iso} stands too late");
                let gap = elements(step, |piece| piece.has_class("gap"));
                assert_eq!(gap.len(), usize::from(days > 0), "{file}: {iso}");
                if let Some(gap) = gap.first() {
                    assert_eq!(number(&text(gap)) as i64, days, "{file}: {iso}");
                    gaps += 1;
                }
                let is_ahead = step[0].has_class("step-ahead");
                assert!(!is_ahead || on >= day(DAY), "{file}: {iso} is not ahead");
                assert!(is_ahead || on <= day(DAY), "{file}: {iso} is ahead and does not say so");
                assert_eq!(text(step).contains("未到"), is_ahead, "{file}: {iso}");
                ahead += usize::from(is_ahead);
                before = Some(on);
            }
        }
    }
    assert!(gaps > 100 && ahead > 10, "{gaps} gaps, {ahead} days ahead");
    let finding = DEMO.page("findings/finding-pledge-missing.html");
    let life = elements(finding, |piece| piece.has_class("life"));
    assert!(text(life[0]).contains("改善期限（已逾 62 日）"), "{}", text(life[0]));
}

/// The unfolded content lines of a calendar; it must be written as RFC 5545 has it.
fn content_lines(file: &str, text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"), "{file}");
    let raw: Vec<&str> = text.trim_end_matches("\r\n").split("\r\n").collect();
    for line in &raw {
        assert!(line.len() <= 75, "{file}: {} bytes in {line:?}", line.len());
        assert!(!line.contains(['\r', '\n']), "{file}: {line:?}");
    }
    let whole = text.replace("\r\n ", "");
    let split = |line: &str| {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{file}: {line:?}"));
        (name.to_owned(), value.to_owned())
    };
    whole.trim_end_matches("\r\n").split("\r\n").map(split).collect()
}

#[test]
fn feeds_have_what_is_waited_for_and_no_person() {
    let waited: BTreeMap<String, String> = DEMO
        .rows()
        .iter()
        .filter(|row| ["overdue", "due-soon", "open", "upcoming"].contains(&row.text("status")))
        .map(|row| (row.text("id").to_owned(), row.text("due").replace('-', "")))
        .collect();
    let mut names = Vec::new();
    for (_, bytes) in super::project::files(&repository().join("content")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let named = text.lines().filter_map(|line| line.trim().strip_prefix("display_name: "));
        names.extend(named.map(str::to_owned));
    }
    assert!(!names.is_empty());
    let mut found = BTreeMap::new();
    for (file, bytes) in DEMO.files.iter().filter(|(path, _)| path.ends_with(".ics")) {
        let text = str::from_utf8(bytes).expect("UTF-8");
        assert!(names.iter().all(|name| !text.contains(name.as_str())), "{file} names a person");
        let lines = content_lines(file, text);
        assert_eq!(lines[0], ("BEGIN".into(), "VCALENDAR".into()), "{file}");
        assert_eq!(lines[lines.len() - 1], ("END".into(), "VCALENDAR".into()), "{file}");
        let events: Vec<&[(String, String)]> =
            lines.split(|(name, value)| name == "BEGIN" && value == "VEVENT").skip(1).collect();
        let mut due = BTreeMap::new();
        for event in &events {
            let value = |wanted: &str| {
                let mut values = event.iter().filter(|(name, _)| name == wanted);
                let (_, value) = values.next().unwrap_or_else(|| panic!("{file}: no {wanted}"));
                assert!(values.next().is_none(), "{file}: {wanted} twice");
                value.as_str()
            };
            let [start, end] = ["DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"].map(value);
            let date = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").expect("a day");
            assert_eq!(date(start).succ_opt(), Some(date(end)), "{file}: the end is exclusive");
            assert_eq!(value("DTSTAMP"), "20261120T160000Z", "{file}: the as-of date in Taipei");
            assert!(value("SEQUENCE").parse::<u32>().is_ok(), "{file}");
            // Who left it undone sees it, who has time is reminded; and no id stands for a name.
            let alarms = event.iter().filter(|line| **line == ("BEGIN".into(), "VALARM".into()));
            let is_overdue = date(start) < day(DAY);
            assert_eq!(value("SUMMARY").starts_with("【逾期】"), is_overdue, "{file}");
            assert_eq!(alarms.count(), if is_overdue { 0 } else { 2 }, "{file}");
            assert!(!value("SUMMARY").contains("market-tm-2205"), "{file}");
            due.insert(value("UID").to_owned(), start.to_owned());
        }
        assert_eq!(due.len(), events.len(), "{file}: every event has an id of its own");
        // Somebody else reads the same.
        let read: icalendar::Calendar =
            text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(read.events().count(), events.len(), "{file}");
        if file.starts_with("agencies/") {
            found.extend(due);
        } else {
            assert!(due.iter().all(|(id, day)| waited.get(id) == Some(day)), "{file}");
        }
    }
    assert_eq!(found, waited);
}
