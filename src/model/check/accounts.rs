//! Accounts: used while nobody had the right, opened before it was approved, open in a unit that is
//! not said to use the system.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Account, Model, Post};
use crate::time::Day;

/// Reports uses that cannot be, and accounts that no duty sees.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, account) in model.accounts.iter() {
        let slug = &account.slug;
        let place = |key: &str| account.fields.get(key).map_or(account.fields.span, |one| one.span);
        if let (Some(used), Some(suspended)) = (account.last_used_on, account.suspended_on)
            && used > suspended
        {
            let message = format!(
                "account `{slug}` was used on {used}, after it was suspended on {suspended}"
            );
            report.push(
                Diagnostic::new(Code::DoubtfulUse, place("last_used_on"), message).help(
                    "correct one of the days, or record the reactivation; else it is a finding",
                ),
            );
        }
        if let (Some(used), Some((suspended, again))) =
            (account.last_used_on, account.reactivation())
            && suspended < used
            && used < again
        {
            let message = format!(
                "account `{slug}` was used on {used}, while it was suspended ({suspended} to {again})"
            );
            report.push(
                Diagnostic::new(Code::DoubtfulUse, place("last_used_on"), message)
                    .help("correct one of the days; else it is a finding"),
            );
        }
        if let (Some(used), Some(left)) = (account.last_used_on, left_on(model, account))
            && used > left
        {
            let message =
                format!("account `{slug}` was used on {used}, after its holder left on {left}");
            report.push(
                Diagnostic::new(Code::DoubtfulUse, place("last_used_on"), message)
                    .help("correct one of the days, or record who used it: a finding"),
            );
        }
        let approved = account.application.as_ref().and_then(|form| form.approved_on);
        if let Some(approved) = approved.filter(|day| *day > account.opened_on) {
            let opened = account.opened_on;
            let message = format!(
                "account `{slug}` was opened on {opened}, before its approval on {approved}"
            );
            report.push(
                Diagnostic::new(Code::DoubtfulUse, place("opened_on"), message)
                    .help("correct one of the days; where the clause asks for the approval first it is a finding"),
            );
        }
        let unit = &model.units[account.unit];
        if !unit.uses.iter().any(|used| used.system == account.system) {
            let system = &model.systems[account.system].slug;
            let message = format!(
                "unit `{}` has the account `{slug}` of `{system}`, but its `uses` do not name that system",
                unit.slug
            );
            report.push(
                Diagnostic::new(Code::DoubtfulUse, place("unit"), message)
                    .related(
                        unit.fields.span,
                        "the unit, on which no duty about the system is laid",
                    )
                    .help("add the system with its first day to the unit's `uses`"),
            );
        }
    }
}

/// The last day of the last post of an account's holder in the unit of the account, or in its agency
/// where none is of the unit; `None` while one goes on, or none is known.
fn left_on(model: &Model, account: &Account) -> Option<Day> {
    let own: Vec<&Post> =
        model.posts_of_holder(account.person).iter().map(|id| &model.posts[*id]).collect();
    let of_unit = |post: &&&Post| post.unit.is_none_or(|unit| unit == account.unit);
    let near: Vec<&Post> = own.iter().filter(of_unit).copied().collect();
    let held = if near.is_empty() { own } else { near };
    if held.iter().any(|post| post.until.is_none()) {
        return None;
    }
    held.into_iter().filter_map(|post| post.until).max()
}
