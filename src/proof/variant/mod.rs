//! variant: rules changed in one place, run over the real records, and compared with what is law:
//! another reading of a clause, a draft. What a site says of its own records never comes from here.

mod change;
mod compare;
mod draft;
mod kept;
mod readings;
mod run;
mod timing;
mod weigh;

pub use compare::{Difference, State};
pub use draft::{Asked, NoDraft, WhatIf, Work, what_if};
pub use kept::KeptVariants;
pub use readings::{Effect, Readings, Weighed};
pub use weigh::{Drafted, Variants, weigh};
