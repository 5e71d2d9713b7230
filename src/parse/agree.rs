//! Times of a day beside their days: `known_at` beside `known_on`. The two say one thing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::schema::Field;
use crate::record::value::Group;

/// Reports a time that lies on another day, in Taiwan, than the day written beside it.
pub fn times_agree(group: &Group, fields: &[Field], report: &mut Diagnostics) {
    for field in fields {
        let Some(beside) = field.day_beside() else { continue };
        let (Some(at), Some(day)) = (group.instant(field.key), group.date(&beside)) else {
            continue;
        };
        if at.day() != day {
            let span = group.get(field.key).map_or(group.span, |value| value.span);
            let message =
                format!("`{}` lies on {} in Taiwan, `{beside}` says {day}", field.key, at.day());
            report.push(
                Diagnostic::new(Code::InconsistentDates, span, message)
                    .related(group.key_span(&beside), format!("`{beside}` here"))
                    .help(
                        "correct one of the two; a time without an offset is of Taiwan, `Z` is UTC",
                    ),
            );
        }
    }
}
