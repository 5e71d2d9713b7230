//! What `clausebook.yaml` decides for the whole site.

use super::{Appearance, DueDay, OnHoliday};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::{Data, Group};
use crate::source::SourceTree;
use crate::time::{Day, Length};

/// The site's settings, with their defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub name: String,
    /// Who publishes the site.
    pub agency: String,
    pub contact: Option<String>,
    /// The address at which a file of the inputs is edited, with `{path}` and `{line}`.
    pub edit_url: Option<String>,
    /// The as-of date if the command line gives none.
    pub as_of: Option<Day>,
    /// The records are invented, and every page says so.
    pub demo: bool,
    /// `due-soon` begins so many days before the due date.
    pub due_soon_days: u32,
    /// A failure is new while it fell due less than so many days before the as-of date.
    pub new_days: u32,
    /// Of the elements of each judged duty so many of a hundred must be exercised by tests; 0: one
    /// test will do. For the gate `untested`.
    pub tested_min: u32,
    /// A page older than this many days says so.
    pub stale_days: u32,
    /// Display names are printed in full.
    pub show_names: bool,
    /// When a duty about a finished period falls due if the text states no date.
    pub undated: DueDay,
    /// How long after a week its duty falls due if the text states no date.
    pub undated_week: Length,
    /// How long after its day a duty of a day is due, if the text states no date.
    pub undated_day: Length,
    /// How long after an event its answer falls due if the text states no date.
    pub undated_events: Length,
    /// How records that do not name each other are held to belong together.
    pub matching: Matching,
    /// What happens to due dates on days off, unless a rule says otherwise.
    pub on_holiday: OnHoliday,
    pub appearance: Appearance,
    /// Where the site is served, ending in `/`.
    pub url: Option<String>,
    /// Addresses that moved, sorted by the old one.
    pub aliases: Vec<Alias>,
    /// Keys lead to the parts of a page.
    pub access_keys: bool,
    /// Links in the foot of each page.
    pub policies: Vec<Policy>,
    /// Search engines may list the site.
    pub robots: bool,
}

/// How records that do not name each other are held to belong together. Units: days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matching {
    /// A recorded event this near stands for the one that would follow from a record.
    pub same_event: u32,
    /// What the end of a post asks is foreseen this far ahead.
    pub foreseen: u32,
    /// Days and events without a `case` that are this near to an event are of its matter.
    pub same_matter: u32,
}

/// An address that moved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// The address a page had, relative to the site; ends in `.html`.
    pub from: String,
    /// The page that took its place, relative to the site.
    pub to: String,
}

/// A page of the publisher elsewhere, such as its privacy policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub title: String,
    pub url: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            agency: String::new(),
            contact: None,
            edit_url: None,
            as_of: None,
            demo: false,
            due_soon_days: 14,
            new_days: 90,
            tested_min: 0,
            stale_days: 7,
            show_names: false,
            undated: DueDay::InMonth { months_after: 1, day: None },
            undated_week: Length::Days(7),
            undated_day: Length::Days(1),
            undated_events: Length::Days(30),
            matching: Matching { same_event: 31, foreseen: 30, same_matter: 366 },
            on_holiday: OnHoliday::Keep,
            appearance: Appearance::default(),
            url: None,
            aliases: Vec::new(),
            access_keys: true,
            policies: Vec::new(),
            robots: false,
        }
    }
}

impl Settings {
    /// Reads the checked configuration. The tree is asked for the pictures it names.
    pub(super) fn resolve(config: &Group, tree: &SourceTree, report: &mut Diagnostics) -> Self {
        let default = Self::default();
        let days = |key: &str, default: u32| {
            config.count(key).map_or(default, |days| u32::try_from(days).unwrap_or(u32::MAX))
        };
        Self {
            name: config.string("name"),
            agency: config.string("agency"),
            contact: config.maybe_string("contact"),
            edit_url: edit_url(config, report),
            as_of: config.date("as_of"),
            demo: config.flag("demo"),
            due_soon_days: days("due_soon_days", default.due_soon_days),
            new_days: days("new_days", default.new_days),
            tested_min: config.count("tested_min").map_or(0, |percent| percent.min(100) as u32),
            stale_days: days("stale_days", default.stale_days),
            show_names: config.flag("show_names"),
            undated: config.group("undated").map_or(default.undated, |undated| DueDay::InMonth {
                months_after: undated.count("months_after").map_or(1, |n| n.min(120) as u32),
                day: match undated.get("day").map(|day| &day.data) {
                    Some(Data::MonthDay(day)) => *day,
                    _ => None,
                },
            }),
            undated_day: config
                .group("undated")
                .and_then(|undated| undated.length("daily"))
                .unwrap_or(default.undated_day),
            undated_week: config
                .group("undated")
                .and_then(|undated| undated.length("week"))
                .unwrap_or(default.undated_week),
            undated_events: config.length("undated_events").unwrap_or(default.undated_events),
            matching: config.group("matching").map_or(default.matching, |matching| {
                let days = |key: &str, default: u32| {
                    // No more than the years a site may look ahead.
                    matching.count(key).map_or(default, |days| days.min(36_525) as u32)
                };
                Matching {
                    same_event: days("same_event_days", default.matching.same_event),
                    foreseen: days("foreseen_days", default.matching.foreseen),
                    same_matter: days("same_matter_days", default.matching.same_matter),
                }
            }),
            on_holiday: OnHoliday::from_word(config.text("on_holiday").map(|word| word.value))
                .unwrap_or(default.on_holiday),
            appearance: Appearance::resolve(config, tree, report),
            url: config.maybe_string("url").map(|url| url.trim_end_matches('/').to_owned() + "/"),
            aliases: aliases(config, report),
            access_keys: !config.is_written("access_keys") || config.flag("access_keys"),
            policies: config
                .groups("policies")
                .map(|policy| Policy { title: policy.string("title"), url: policy.string("url") })
                .collect(),
            robots: config.text("robots").is_some_and(|word| word.value == "all"),
        }
    }
}

/// Reads the addresses that moved.
fn aliases(config: &Group, report: &mut Diagnostics) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for alias in config.groups("aliases") {
        let Some(from) = alias.text("from").filter(|from| from.value.ends_with(".html")) else {
            let span = alias.text("from").map_or(alias.span, |from| from.span);
            let fault = Diagnostic::new(Code::UnsafePath, span, "an alias that is no page");
            report.push(fault.help("the address of a page ends in `.html`"));
            continue;
        };
        aliases.push(Alias { from: from.value.to_owned(), to: alias.string("to") });
    }
    aliases.sort();
    aliases
}

/// The address of the editor, if it is one a page may link to.
fn edit_url(config: &Group, report: &mut Diagnostics) -> Option<String> {
    let written = config.text("edit_url")?;
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`|".contains(c);
    let address = written.value.starts_with("https://") || written.value.starts_with("http://");
    if address && written.value.contains("{path}") && written.value.chars().all(plain) {
        return Some(written.value.to_owned());
    }
    report.push(
        Diagnostic::new(
            Code::UnsafeLink,
            written.span,
            "`edit_url` is no `http` or `https` address with `{path}`",
        )
        .help("write for instance `https://git.example.gov.tw/site/edit/main/{path}#L{line}`"),
    );
    None
}
