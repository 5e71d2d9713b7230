//! Reading how long may pass until a duty is done again, or until it is done at all.

use super::Rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Gap, Interval};

impl Rule<'_> {
    /// An interval, or with `once` a duty that is done once.
    pub(super) fn interval(&self, once: bool, report: &mut Diagnostics) -> Option<Interval> {
        let fields = self.fields;
        let length = fields.length("no_more_than");
        let gap = match (length, fields.date("no_later_than"), fields.flag("left_open")) {
            (Some(length), None, false) => Gap::Within(length),
            (Some(length), None, true) => Gap::Own(length),
            (None, None, true) => Gap::Open,
            (None, Some(day), _) => Gap::By(day),
            _ if fields.is_broken("no_more_than") || fields.is_broken("no_later_than") => {
                return None;
            }
            // The text names no day: the site's default, as of events without one.
            (None, None, false) if once => Gap::Own(self.settings.undated_events),
            (None, None, false) => {
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        self.kind.span,
                        "the rule has no `no_more_than`",
                    )
                    .help("add `no_more_than`; where the text leaves it open, `left_open: true`"),
                );
                return None;
            }
            (Some(_), Some(_), _) => {
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        fields.key_span("no_later_than"),
                        "by when it is done is stated twice",
                    )
                    .help("write `no_more_than` or `no_later_than`"),
                );
                return None;
            }
        };
        Some(Interval { gap, once, on_holiday: self.on_holiday(), demand: self.demand(report) })
    }
}
