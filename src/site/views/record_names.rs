//! What records without a title of their own are called: by what they are about, not by their ids.

use super::parts::{Link, PageCtx};
use crate::assess::Term;
use crate::model::{Account, Audit, AuditPeriod, Entry, Event, Id, Obligation, Scope, Submission};
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::{Day, roc_short};

impl PageCtx<'_> {
    /// A link to an account, by its system and its user's code.
    pub fn account(&self, id: Id<Account>) -> Link {
        self.scope(Scope::Account(id))
    }

    /// A link to an entry of a register, by the field that names it.
    pub fn entry(&self, id: Id<Entry>) -> Link {
        self.scope(Scope::Entry(id))
    }

    /// A link to an audit, by whom it looked at, its period and its duty.
    pub fn audit(&self, id: Id<Audit>) -> Link {
        let audit = &self.site.model.audits[id];
        let name = self.paper(audit.scope, audit.period, audit.done_on, audit.obligation);
        self.link(Route::Audit(id), name)
    }

    /// A link to a paper sent, by who sent it, its period and its duty.
    pub fn submission(&self, id: Id<Submission>) -> Link {
        let sent = &self.site.model.submissions[id];
        let name = self.paper(sent.scope, sent.period, sent.sent_on, sent.obligation);
        self.link(Route::Submission(id), name)
    }

    /// A link to an event, by its day and its kind.
    pub fn event(&self, id: Id<Event>) -> Link {
        self.link(Route::Event(id), self.term(Term::Event(id)))
    }

    fn paper(&self, scope: Scope, period: AuditPeriod, on: Day, duty: Id<Obligation>) -> String {
        let (model, words) = (&self.site.model, &self.site.words);
        let term = match period {
            AuditPeriod::Period(period) => sentence::period(words, period),
            AuditPeriod::ByDay => roc_short(on),
        };
        let scope = model.scope_name(scope);
        let duty = &model.obligations[duty].title;
        words.say("record_name.paper", &[("scope", &scope), ("term", &term), ("duty", duty)])
    }
}
