//! `waive` of the settings: warnings that need not be shown for a while.

use crate::diagnostic::waiver::Waiver;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::value::Group;

/// Reads the waivers of the configuration.
pub fn waivers(config: &Group, report: &mut Diagnostics) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for entry in config.groups("waive") {
        let (Some(slug), Some(until)) = (entry.text("code"), entry.date("until")) else {
            continue;
        };
        let codes = || Code::ALL.iter().filter(|code| !code.is_error());
        let Some(code) = codes().find(|code| code.slug() == slug.value) else {
            let message = format!("no warning has the code `{}`", slug.value);
            let near = did_you_mean(slug.value, codes().map(|code| code.slug()));
            let help = near.unwrap_or_else(|| "errors cannot be waived".to_owned());
            report.push(Diagnostic::new(Code::UnknownWord, slug.span, message).help(help));
            continue;
        };
        let file = entry.maybe_string("file");
        waivers.push(Waiver { span: slug.span, code: *code, file, until });
    }
    waivers
}
