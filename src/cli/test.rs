//! `test`: the tests that stand beside the rules.

mod mutate;

use super::args::{Cli, DiagnosticFormat, TestArgs, TestFormat};
use super::{Exit, load, print_all, print_diagnostics, put, put_text, root, say};
use crate::export::trial::{by_duty, junit, rows};
use crate::parse::visibility::Profile;
use crate::pipeline::Inputs;
use crate::proof::trial::Wanted;
use crate::render::json;

/// Runs the tests that are wanted. Code 1 where one does not come out as it says.
pub fn run(cli: &Cli, args: &TestArgs) -> Exit {
    let mut inputs = match root(cli).and_then(|root| load(cli, &root, Profile::Auditor)) {
        Ok(inputs) => inputs,
        Err(exit) => return exit,
    };
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, DiagnosticFormat::Text);
        return Exit::Faulty;
    }
    let wanted = match wanted(&inputs, args.what.as_deref()) {
        Ok(wanted) => wanted,
        Err(message) => {
            say(&format!("error: {message}"));
            say("help: `clausebook status` lists duties as REGULATION/OBLIGATION/…");
            return Exit::Usage;
        }
    };
    if args.mutate {
        return mutate::run(cli, &mut inputs, &wanted, args.format);
    }
    let runs = inputs.prove(&wanted);
    let found: Vec<_> = runs.iter().flat_map(|run| run.diagnostics.iter().cloned()).collect();
    let rows = rows(&inputs.tree, &runs);
    match args.format {
        TestFormat::Json => put(&json(&rows)),
        TestFormat::Junit => put(&junit(&rows)),
        TestFormat::Github => print_all(
            cli,
            &inputs.tree,
            &found,
            DiagnosticFormat::Github,
            super::as_of(cli, &inputs),
        ),
        TestFormat::Text => {
            for (of, (count, failing)) in by_duty(&rows) {
                let mark = if failing == 0 { "ok  " } else { "FAIL" };
                put_text(&format!("{mark} {of}: {} of {count} pass", count - failing));
            }
            if !found.is_empty() {
                print_all(
                    cli,
                    &inputs.tree,
                    &found,
                    DiagnosticFormat::Text,
                    super::as_of(cli, &inputs),
                );
            }
        }
    }
    let failing = runs.iter().filter(|run| !run.passed()).count();
    if !cli.quiet {
        let questions: usize = runs.iter().map(|run| run.tried.len()).sum();
        say(&format!("{} tests, {questions} questions, {failing} failing", runs.len()));
    }
    if failing > 0 { Exit::Faulty } else { Exit::Fine }
}

/// Which tests the argument names: `REGULATION`, or `REGULATION/OBLIGATION`.
fn wanted(inputs: &Inputs, what: Option<&str>) -> Result<Wanted, String> {
    let Some(what) = what else { return Ok(Wanted::default()) };
    let (regulation, duty) = match what.split_once('/') {
        Some((regulation, duty)) => (regulation, Some(duty)),
        None => (what, None),
    };
    let found = inputs.parsed.regulations.iter().find(|other| other.slug == regulation);
    let has = found.is_some_and(|found| {
        duty.is_none_or(|duty| found.obligations.iter().any(|rule| rule.string("id") == duty))
    });
    if !has {
        return Err(format!("there is no `{}` to test", crate::source::escape(what)));
    }
    Ok(Wanted { regulation: Some(regulation.to_owned()), duty: duty.map(str::to_owned) })
}
