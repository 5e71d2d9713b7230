//! A log of queries becomes counts of use: queries and active users of each unit in each month.
//! Neither who asked nor what was asked enters the site.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::{Mapping, Table};
use super::names::SiteNames;
use super::rows::{Doubt, choose, is_total};
use crate::parse::Parsed;
use crate::parse::sheet::{Book, Cell, Sheet, address};
use crate::time::{Day, Every, Period, parse_office_day};

/// The counts, as a sheet that can be imported as usage, and the rows that were not counted.
#[derive(Clone, Debug)]
pub struct LogCount {
    pub sheet: Sheet,
    pub queries: usize,
    pub doubts: Vec<Doubt>,
}

/// Counts the rows of a log. Users with a right are those whose account was open some time of the
/// month; the unit is the row's, else that of the user's account.
pub fn count_log(
    book: &Book,
    table: &Table,
    mapping: &Mapping,
    names: &SiteNames,
    parsed: &Parsed,
) -> Result<LogCount, String> {
    let needed = ["on".to_owned(), "staff".to_owned()];
    let (sheet, heads) = choose(book, table, mapping, &needed)?;
    let column =
        |key: &str| heads.columns.iter().find(|(_, one)| *one == key).map(|(column, _)| *column);
    let accounts = Accounts::new(parsed);
    let fixed = mapping.fixed.get("system").cloned();
    let only = fixed.or_else(|| names.only("system").map(str::to_owned));
    let mut counts: BTreeMap<(String, String, Period), (u64, BTreeSet<String>)> = BTreeMap::new();
    let (mut queries, mut doubts) = (0, Vec::new());
    for row in heads.first_row..sheet.rows.len() {
        let at = |key: &str| column(key).map_or(&Cell::Empty, |column| sheet.cell(row, column));
        let blank = heads.columns.keys().all(|column| sheet.cell(row, *column).is_empty());
        if blank || is_total(sheet, row) {
            continue;
        }
        let staff_column = column("staff").unwrap_or(0);
        let place = |key: &str| address(row, column(key).unwrap_or(staff_column));
        let mut doubt = |key: &str, why: String| doubts.push(Doubt { address: place(key), why });
        let staff = at("staff").text();
        let day: Option<Day> = match at("on") {
            Cell::Day(day) => Some(*day),
            cell => parse_office_day(&cell.text()).ok(),
        };
        let Some(day) = day else {
            doubt("on", format!("`{}` is no day", at("on").text()));
            continue;
        };
        if staff.is_empty() {
            doubt("staff", "the user is empty".to_owned());
            continue;
        }
        let system = match (at("system").is_empty(), &only) {
            (false, _) => names.find("system", &at("system").text()),
            (true, Some(only)) => names.find("system", only),
            (true, None) => {
                Err("the site has several systems; say which with --set system=ID".to_owned())
            }
        };
        let system = match system {
            Ok(system) => system,
            Err(why) => {
                doubt("system", why);
                continue;
            }
        };
        let unit = if at("unit").is_empty() {
            accounts
                .unit_of(&system, &staff, day)
                .ok_or("no account of the site has this user; add a column for the unit".to_owned())
        } else {
            names.find("unit", &at("unit").text())
        };
        match unit {
            Ok(unit) => {
                let month = Period::containing(day, Every::Month);
                let (count, users) = counts.entry((unit, system, month)).or_default();
                *count += 1;
                users.insert(staff);
                queries += 1;
            }
            Err(why) => doubt("unit", why),
        }
    }
    let heading = ["unit", "system", "month", "queries", "active_users", "total_users"];
    let mut rows = vec![heading.iter().map(|name| Cell::Text((*name).to_owned())).collect()];
    for ((unit, system, month), (count, users)) in counts {
        let open = accounts.open(&unit, &system, month).max(users.len());
        rows.push(vec![
            Cell::Text(unit),
            Cell::Text(system),
            Cell::Text(month.to_string()),
            Cell::Number(count.to_string()),
            Cell::Number(users.len().to_string()),
            Cell::Number(open.to_string()),
        ]);
    }
    let sheet = Sheet { name: sheet.name.clone(), rows, ..Sheet::default() };
    Ok(LogCount { sheet, queries, doubts })
}

/// The accounts of a site, as far as counting needs them.
struct Accounts(Vec<Account>);

struct Account {
    system: String,
    unit: String,
    staff: String,
    opened: Option<Day>,
    cancelled: Option<Day>,
}

impl Accounts {
    fn new(parsed: &Parsed) -> Self {
        let accounts = parsed.records.iter().filter(|record| record.kind.name == "account");
        let account = |fields: &crate::record::value::Group| Account {
            system: fields.string("system"),
            unit: fields.string("unit"),
            staff: fields.string("staff"),
            opened: fields.date("opened_on"),
            cancelled: fields.date("cancelled_on"),
        };
        Self(accounts.map(|record| account(&record.fields)).collect())
    }

    /// The unit of a user's account on a day, else of any account of that user.
    fn unit_of(&self, system: &str, staff: &str, day: Day) -> Option<String> {
        let of = |account: &&Account| account.system == system && account.staff == staff;
        let open = |account: &&Account| {
            account.opened.is_none_or(|opened| opened <= day)
                && account.cancelled.is_none_or(|cancelled| day <= cancelled)
        };
        let found = self.0.iter().filter(of).find(open).or_else(|| self.0.iter().find(of));
        found.map(|account| account.unit.clone())
    }

    /// How many people had an open account some time of the month.
    fn open(&self, unit: &str, system: &str, month: Period) -> usize {
        let open = self.0.iter().filter(|account| {
            account.unit == unit
                && account.system == system
                && account.opened.is_none_or(|opened| opened <= month.last_day())
                && account.cancelled.is_none_or(|cancelled| cancelled >= month.first_day())
        });
        open.map(|account| account.staff.as_str()).collect::<BTreeSet<_>>().len()
    }
}
