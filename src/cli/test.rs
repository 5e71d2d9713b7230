//! `test`: the tests that stand beside the rules.

mod case_site;
pub mod cases;
mod mutate;

use super::args::{Cli, DiagnosticFormat, TestArgs, TestFormat};
use super::{Exit, load, print_all, print_diagnostics, put, put_text, root, say};
use crate::export::tested;
use crate::export::trial::{by_duty, junit, rows};
use crate::model::{Id, Obligation};
use crate::parse::visibility::Profile;
use crate::pipeline::Inputs;
use crate::proof::trial::Wanted;
use crate::render::json;

/// Runs the tests that are wanted. Code 1 where one does not come out as it says.
pub fn run(cli: &Cli, args: &TestArgs) -> Exit {
    if let Some(folder) = &args.cases {
        return cases::run(cli, folder, args.format);
    }
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
    if let Some(folder) = &args.write_cases {
        return cases::write(cli, &inputs, &wanted, folder);
    }
    if args.mutate {
        return mutate::run(cli, &mut inputs, &wanted, args.format);
    }
    if args.coverage && !matches!(args.format, TestFormat::Text | TestFormat::Json) {
        say("error: `--coverage` is printed as `text` or `json`");
        return Exit::Usage;
    }
    let runs = inputs.prove(&wanted);
    let found: Vec<_> = runs.iter().flat_map(|run| run.diagnostics.iter().cloned()).collect();
    if args.coverage {
        return coverage(cli, &inputs, args, &wanted);
    }
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

/// What the tests exercise of the rules that are wanted. Code 1 where a test fails, or a duty lies
/// under `--min`.
fn coverage(cli: &Cli, inputs: &Inputs, args: &TestArgs, wanted: &Wanted) -> Exit {
    let model = &inputs.model;
    let is_wanted = |id: Id<Obligation>| {
        let obligation = &model.obligations[id];
        let regulation = &model.regulations[obligation.regulation].slug;
        wanted.takes(regulation, &obligation.slug)
    };
    let file = tested::file(model, &inputs.proofs.coverage, Some(&inputs.tree), is_wanted);
    match args.format {
        TestFormat::Json => put(&json(&file)),
        _ => put_text(&tested::text(&file)),
    }
    let failing: Vec<_> = inputs.diagnostics.iter().filter(|one| one.is_error()).cloned().collect();
    if !failing.is_empty() {
        let as_of = super::as_of(cli, inputs);
        print_all(cli, &inputs.tree, &failing, DiagnosticFormat::Text, as_of);
        return Exit::Faulty;
    }
    let mut exit = Exit::Fine;
    if let Some(min) = args.min {
        let duties = inputs.proofs.coverage.duties.iter().filter(|(id, _)| is_wanted(**id));
        for (id, one) in duties.filter(|(_, one)| !one.share().is_at_least(min)) {
            let (of, share) = (model.obligation_path(*id), one.share());
            say(&format!("under {min} %: {of}, {} of {}", share.covered, share.total));
            exit = Exit::Faulty;
        }
    }
    exit
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
