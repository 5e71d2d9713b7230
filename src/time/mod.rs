//! Days, periods and lengths of time, for every stage. Nothing here asks the clock: the
//! as-of date is an argument wherever it matters. All days are days in Asia/Taipei.

mod backward;
mod calendar;
mod day;
mod derivation;
mod instant;
mod length;
mod moment;
mod office_day;
mod period;

pub use backward::{Backward, Counted};
pub use calendar::{MissingYear, OfficeCalendar};
pub use chrono::NaiveDate as Day;
pub use day::{DayError, last_day_of_month, parse_day, roc_long, roc_short, roc_year};
pub use derivation::{Derivation, FirstDay, Norm, Step, StepKind, TimeLaw};
pub use instant::{Clock, Hours, HoursError, Instant, InstantError};
pub use length::{Length, LengthError};
pub use moment::{Moment, Timeliness};
pub use office_day::{narrowed, parse_office_day, parse_office_month, parse_office_period};
pub use period::{Every, Period, PeriodError};
