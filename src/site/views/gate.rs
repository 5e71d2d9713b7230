//! The figures of a verdict in sentences, each with the page that has more: on the home page, and on
//! those of agencies, units and posts.

use super::parts::{Link, PageCtx};
use crate::facts::Verdict;
use crate::site::route::Route;
use crate::text::number::Grouped;

/// The figures of the verdict besides occurrences and checks, each in a sentence.
pub fn gate_lines(here: &PageCtx, verdict: &Verdict) -> Vec<Link> {
    let words = &here.site.words;
    let line = |key: &str, to: Route, values: &[(&str, &dyn std::fmt::Display)]| {
        here.link(to, words.say(&format!("gate_note.{key}"), values))
    };
    let failures = verdict.failures();
    let days = here.site.model.settings.new_days;
    let mut lines = vec![line(
        "ages",
        Route::Due,
        &[
            ("days", &days),
            ("new", &Grouped(failures.new)),
            ("standing", &Grouped(failures.standing)),
        ],
    )];
    if failures.settled > 0 {
        lines.push(line("settled", Route::Findings, &[("count", &Grouped(failures.settled))]));
    }
    if verdict.retention.all() > 0 {
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("count", &Grouped(verdict.retention.open())),
            ("settled", &Grouped(verdict.retention.settled)),
        ];
        lines.push(line("retention", Route::Retention, values));
    }
    if verdict.open_findings > 0 {
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("open", &Grouped(verdict.open_findings)),
            ("overdue", &Grouped(verdict.overdue_findings.open())),
        ];
        lines.push(line("findings", Route::Findings, values));
    }
    if verdict.suspects > 0 {
        lines.push(line("suspects", Route::Changes, &[("count", &Grouped(verdict.suspects))]));
    }
    lines
}
