//! How long papers and logs must be kept, as a rule: which, from which day, with whose approval they
//! may be destroyed.

use super::{Answer, Id, Obligation, Party};
use crate::record::kinds::Kinds;
use crate::time::Length;

/// Must be kept until a day.
#[derive(Debug)]
pub struct Retention {
    pub what: KeepWhat,
    /// Only papers of acts that answer these duties; empty for all.
    pub answering: Vec<Id<Obligation>>,
    pub term: KeepTerm,
    pub from: KeepFrom,
    /// Whose approval destruction needs.
    pub approval: Option<Id<Party>>,
}

/// How long papers are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepTerm {
    /// At least so long.
    For(Length),
    /// As long as another law says; the rule names it, and no term of its own.
    Under(String),
    /// Always (永久保存): they must never be destroyed.
    Permanent,
}

/// Which papers or logs are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeepWhat {
    Audits,
    /// Application forms and pledges.
    Accounts,
    /// Logs and statistics of use.
    Usage,
    /// Papers that were sent to another agency.
    Submissions,
    /// What was found amiss, and how it was mended.
    Findings,
    /// What was done about something that happened: applications, reports, notices.
    Events,
    /// Certificates and lists of those who were there.
    Trainings,
    /// Contracts and confidentiality agreements.
    Contractors,
    /// Approvals of leave not to do a duty (豁免).
    Waivers,
    /// Entries of a register, by its folder.
    Entries(&'static str),
}

/// From which day papers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepFrom {
    /// The day it was done, of papers that were sent the day they were; of events the day of what was
    /// done last, of entries of registers the day of their last column.
    Completion,
    /// 核閱後: from the approval; while there is none the time has not begun.
    Approval,
    /// 註銷後: from the cancellation of the account.
    Cancellation,
    /// The last day of the period, the month of use, the contract, the waiver.
    PeriodEnd,
    /// 結案後: from the day the finding was closed.
    Closing,
}

impl KeepWhat {
    /// The papers that a word of rule files means: the folder of their records.
    pub fn from_word(word: &str, kinds: &Kinds) -> Option<Self> {
        let own = Self::OWN.into_iter().find(|own| own.as_str() == word);
        own.or_else(|| {
            let kind = kinds.of_folder(word).filter(|kind| kind.register.is_some())?;
            Some(KeepWhat::Entries(kind.plural))
        })
    }

    const OWN: [Self; 9] = [
        KeepWhat::Audits,
        KeepWhat::Accounts,
        KeepWhat::Usage,
        KeepWhat::Submissions,
        KeepWhat::Findings,
        KeepWhat::Events,
        KeepWhat::Trainings,
        KeepWhat::Contractors,
        KeepWhat::Waivers,
    ];

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            KeepWhat::Audits => "audits",
            KeepWhat::Accounts => "accounts",
            KeepWhat::Usage => "usage",
            KeepWhat::Submissions => "submissions",
            KeepWhat::Findings => "findings",
            KeepWhat::Events => "events",
            KeepWhat::Trainings => "trainings",
            KeepWhat::Contractors => "contractors",
            KeepWhat::Waivers => "waivers",
            KeepWhat::Entries(folder) => folder,
        }
    }

    /// The days from which such papers may be kept.
    pub fn days(self) -> &'static [KeepFrom] {
        use KeepFrom::{Approval, Cancellation, Closing, Completion, PeriodEnd};
        match self {
            KeepWhat::Audits | KeepWhat::Submissions => &[Completion, Approval, PeriodEnd],
            KeepWhat::Accounts => &[Approval, Cancellation],
            KeepWhat::Usage | KeepWhat::Contractors => &[PeriodEnd],
            KeepWhat::Findings => &[Closing],
            KeepWhat::Events => &[Completion, Approval],
            KeepWhat::Waivers => &[Approval, PeriodEnd],
            KeepWhat::Trainings | KeepWhat::Entries(_) => &[Completion],
        }
    }

    /// From which days papers of each kind may be kept, `first` of all: for whoever wrote another.
    pub(super) fn days_of_all(first: Self) -> String {
        let others = Self::OWN.into_iter().filter(|other| *other != first);
        let all = std::iter::once(first).chain(others).map(|what| {
            let days: Vec<&str> = what.days().iter().map(|day| day.as_str()).collect();
            let (last, before) = days.split_last().expect("of each kind there is a day");
            let before = if before.is_empty() { String::new() } else { before.join(", ") + " or " };
            format!("{}: {before}{last}", what.as_str())
        });
        all.collect::<Vec<String>>().join("; ")
    }

    /// The papers of what answers a duty; `None` of what has no record of its own.
    pub fn of_acts(answered_by: Answer) -> Option<Self> {
        match answered_by {
            Answer::Audit => Some(KeepWhat::Audits),
            Answer::Submission => Some(KeepWhat::Submissions),
            Answer::Training => Some(KeepWhat::Trainings),
            Answer::Event => Some(KeepWhat::Events),
            Answer::PasswordChange => None,
        }
    }

    /// Whether such papers are of duties – of acts that answer them, of leave not to do them – so that a rule
    /// may keep those of some.
    pub fn answers(self) -> bool {
        matches!(
            self,
            KeepWhat::Audits
                | KeepWhat::Submissions
                | KeepWhat::Findings
                | KeepWhat::Events
                | KeepWhat::Waivers
        )
    }
}

impl KeepTerm {
    /// The length, where the rule has one.
    pub fn length(&self) -> Option<Length> {
        match self {
            KeepTerm::For(length) => Some(*length),
            KeepTerm::Under(_) | KeepTerm::Permanent => None,
        }
    }
}

impl KeepFrom {
    /// The choice a word of rule files names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "completion" => Some(KeepFrom::Completion),
            "approval" => Some(KeepFrom::Approval),
            "cancellation" => Some(KeepFrom::Cancellation),
            "period-end" => Some(KeepFrom::PeriodEnd),
            "closing" => Some(KeepFrom::Closing),
            _ => None,
        }
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            KeepFrom::Completion => "completion",
            KeepFrom::Approval => "approval",
            KeepFrom::Cancellation => "cancellation",
            KeepFrom::PeriodEnd => "period-end",
            KeepFrom::Closing => "closing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::registers::our_kinds;

    #[test]
    fn every_word_of_rule_files_means_papers() {
        for word in our_kinds().papers {
            let papers = KeepWhat::from_word(word, our_kinds());
            assert_eq!(papers.map(KeepWhat::as_str), Some(*word));
        }
    }
}
