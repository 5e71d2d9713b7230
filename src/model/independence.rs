//! Who may not do an act: an auditor who did the one before, who holds another role, or who is
//! looked at. A part of rules that must hold of audits at any time.

use super::names::Names;
use super::{Id, RoleName};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::Group;

/// What an auditor must not be (迴避). Invariant: asks for something.
#[derive(Clone, Debug, Default)]
pub struct Independence {
    /// Nobody did the act just before, for the same duty and scope; where audits list the people
    /// they looked at, nobody looks at the same person twice in a row.
    pub not_previous: bool,
    /// Nobody holds a post with one of these roles in the agency that is audited.
    pub not_roles: Vec<Id<RoleName>>,
    /// Nobody has an account that is audited.
    pub not_users: bool,
}

impl Independence {
    /// Reads `independent` of a rule about records of the kind `of`.
    pub(super) fn resolve(
        fields: &Group,
        of: &str,
        names: &Names,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let part = fields.group("independent")?;
        if of != "audit" {
            let message = format!("`independent` is asked of audits, this rule is about `{of}`");
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, fields.key_span("independent"), message)
                    .help("add `of: audit`, or remove `independent`"),
            );
            return None;
        }
        let asked = Self {
            not_previous: part.flag("not_previous"),
            not_roles: names.role_names(part, "not_roles"),
            not_users: part.flag("not_users"),
        };
        if !asked.not_previous && !asked.not_users && asked.not_roles.is_empty() {
            if part.broken.is_empty() {
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        fields.key_span("independent"),
                        "`independent` asks nothing of the auditors",
                    )
                    .help("write `not_previous: true`, `not_roles: [..]` or `not_users: true`"),
                );
            }
            return None;
        }
        Some(asked)
    }
}
