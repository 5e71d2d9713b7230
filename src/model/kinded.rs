//! Which kind of record, by its name in messages and references, each table of the model holds.

use super::names::Kinded;

macro_rules! kinded {
    ($($noun:ident $kind:literal)*) => { $(
        impl Kinded for super::$noun { const KIND: &'static str = $kind; }
    )* };
}

kinded! {
    Agency "agency" Unit "unit" System "system" Post "post" Account "account" Audit "audit"
    Submission "submission" Training "training" Contractor "contractor" Finding "finding"
    Evidence "evidence" Waiver "waiver" Usage "usage" Event "event" Role "role" Topic "topic"
    Term "term"
    Regulation "regulation" Obligation "obligation"
}
