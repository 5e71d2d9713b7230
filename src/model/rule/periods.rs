//! Which periods of a periodic duty count.

use super::Rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Only, Population, Sample, SampleRule};
use crate::record::value::Data;
use crate::time::Every;

impl Rule<'_> {
    /// Which periods count. Records of use are counted by month, so nothing is drawn of those of a day.
    pub(super) fn only(
        &self,
        every: Every,
        sample: &Sample,
        report: &mut Diagnostics,
    ) -> Option<Only> {
        let of_use = |draw: &&SampleRule| draw.of != Population::Accounts;
        let drawn = sample.records.iter().chain(&sample.users).find(of_use);
        if every == Every::Day && (drawn.is_some() || sample.every_used_month) {
            report.push(
                Diagnostic::new(
                    Code::MisplacedRulePart,
                    self.fields.key_span("sample"),
                    "records of use are counted by month, none are known of a day",
                )
                .help("remove `sample`, or write `every: month`"),
            );
        }
        let written = self.fields.text("only")?;
        let only = Only::from_word(written.value)?;
        let wants = match only {
            Only::WorkingDays => every == Every::Day,
            Only::Used => every != Every::Day,
        };
        if !wants {
            report.push(
                Diagnostic::new(
                    Code::MisplacedRulePart,
                    written.span,
                    format!(
                        "`only: {}` makes no difference `every: {}`",
                        written.value,
                        every.as_str()
                    ),
                )
                .help("`working-days` belongs to `every: day`, `used` to longer periods"),
            );
        }
        Some(only)
    }

    /// The months of a monthly duty that count; empty for all.
    pub(super) fn months(&self, every: Every, report: &mut Diagnostics) -> Vec<u32> {
        let mut months = Vec::new();
        for value in self.fields.list("months") {
            match value.data {
                Data::Count(month @ 1..=12) if every == Every::Month => months.push(month as u32),
                _ => report.push(
                    Diagnostic::new(
                        Code::InvalidNumber,
                        value.span,
                        "`months` lists months from 1 to 12 of a rule with `every: month`",
                    )
                    .help("correct the number, or remove `months`"),
                ),
            }
        }
        months
    }
}
