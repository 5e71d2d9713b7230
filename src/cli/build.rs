//! `build` and `check`: the whole road, and as far as the verdict.

use super::args::{self, BuildArgs, CheckArgs, Cli, DiagnosticFormat, OnlyCheckArgs};
use super::{Exit, as_of, gate, load, print_all, print_diagnostics, root, say};
use crate::assess::Status;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{CheckCounts, Failures, Verdict};
use crate::model::Model;
use crate::output::{Leak, OutputError};
use crate::pipeline::{BuildError, Planned, Times, prepare};
use crate::proof::trial::Wanted;
use crate::source::{FileId, SourceTree, Span};
use crate::time::Day;

/// Checks, renders, verifies and publishes the site.
pub fn build(cli: &Cli, args: &BuildArgs) -> Exit {
    let build = match build_id(args) {
        Ok(build) => build,
        Err(exit) => return exit,
    };
    run(cli, &args.check, Some(build), |planned, root| {
        let published = planned.publish(root, &args.output)?;
        if !cli.quiet {
            for warning in &published.warnings {
                say(&format!("warning: {warning}"));
            }
            let size = published.bytes as f64 / 1_048_576.0;
            say(&format!(
                "published {} files ({size:.1} MiB) to {}",
                published.files,
                args.output.display()
            ));
            if let Some(hash) = &published.manifest {
                say(&format!("manifest.json {hash}"));
            }
        }
        Ok(())
    })
}

/// Reads and judges everything; renders and verifies the pages too if asked.
pub fn check(cli: &Cli, args: &OnlyCheckArgs) -> Exit {
    let render = args.render.then_some(None);
    run(cli, &args.check, render, |planned, _| planned.verify().map(|_| ()))
}

/// What the build is named by: the argument, else the environment, else nothing.
fn build_id(args: &BuildArgs) -> Result<Option<String>, Exit> {
    const NAME: &str = "CLAUSEBOOK_BUILD_ID";
    let set = std::env::var_os(NAME).filter(|text| !text.is_empty());
    let (None, Some(text)) = (&args.build_id, set) else { return Ok(args.build_id.clone()) };
    match args::build_id(&text.to_string_lossy()) {
        Ok(build) => Ok(Some(build)),
        Err(why) => {
            say(&format!("error: {NAME}: {why}"));
            Err(Exit::Usage)
        }
    }
}

/// Goes the road: to the verdict only, or with `render`, the name of the build, to its end.
fn run(
    cli: &Cli,
    args: &CheckArgs,
    render: Option<Option<String>>,
    finish: impl FnOnce(&mut Planned, &std::path::Path) -> Result<(), BuildError>,
) -> Exit {
    let (root, mut inputs) =
        match root(cli).and_then(|root| Ok((load(cli, &root, args.profile.into())?, root))) {
            Ok((inputs, root)) => (root, inputs),
            Err(exit) => return exit,
        };
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, args.format);
        return Exit::Faulty;
    }
    // A test that does not come out stops the build after all that the records show is said, too.
    inputs.prove(&Wanted::default());
    if args.gate.asks_for_tests() {
        inputs.ask_for_tests();
    }
    let as_of = as_of(cli, &inputs);
    let (known, assessment) = inputs.assess(as_of);
    inputs.weigh(&known, &assessment);
    let facts = inputs.conclude(&known, &assessment);
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, args.format);
        return Exit::Faulty;
    }
    let mut diagnostics = inputs.diagnostics.clone();
    let (waived, names) = (inputs.waived, names_in_full(&inputs.model));
    let exit = gate(&args.gate, &inputs.diagnostics, &facts.verdict);
    if !cli.quiet {
        say(&summary(as_of, &facts.verdict));
    }
    if !cli.quiet && waived > 0 {
        say(&format!("{waived} waived until a day that an author gave"));
    }
    if !cli.quiet && names > 0 {
        say(&format!("{names} names of persons are published in full (`show_names`)"));
    }
    let Some(build) = render else {
        print_all(cli, &inputs.tree, &diagnostics, args.format, as_of);
        if cli.verbose {
            say_times(&inputs.times);
        }
        return exit;
    };
    let tree = inputs.tree.clone();
    let finished = prepare(inputs, (known, assessment, facts), build).and_then(|mut planned| {
        finish(&mut planned, &root)?;
        Ok(planned)
    });
    // All problems are one set: what was found in the finished pages belongs to it.
    if let Err(error) = &finished {
        diagnostics.extend(as_diagnostics(error, &tree, args.format));
    }
    print_all(cli, &tree, &diagnostics, args.format, as_of);
    let planned = match finished {
        Ok(planned) => planned,
        Err(error) => return report(&error),
    };
    if cli.verbose {
        say_times(&planned.times);
    }
    exit
}

/// How many names of persons the pages show in full.
fn names_in_full(model: &Model) -> usize {
    if !model.settings.show_names {
        return 0;
    }
    let posts = model.posts.iter().filter_map(|(_, post)| post.display_name.as_ref());
    let accounts = model.accounts.iter().filter_map(|(_, account)| account.display_name.as_ref());
    posts.chain(accounts).collect::<std::collections::BTreeSet<_>>().len()
}

/// Says how long each stage took.
pub(super) fn say_times(times: &Times) {
    for (stage, time) in &times.0 {
        say(&format!("{:>10.1} ms  {stage}", time.as_secs_f64() * 1e3));
    }
}

/// One line: the day, the verdict and every figure that it counts.
fn summary(as_of: Day, verdict: &Verdict) -> String {
    let mut parts = vec![format!("verdict {}", verdict.outcome().as_str())];
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .map(|status| (status, verdict.count(status)))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{count} {}", status.code()))
        .collect();
    if !counts.is_empty() {
        parts.push(counts.join(", "));
    }
    let failures = verdict.failures();
    if failures.all() > 0 {
        let Failures { new, standing, settled } = failures;
        parts.push(format!("failing {new} new, {standing} standing, {settled} settled"));
    }
    if verdict.checks.all() > 0 {
        let CheckCounts { holds, breached, unknown } = verdict.checks;
        parts.push(format!("checks {holds} hold, {breached} breached, {unknown} unknown"));
    }
    if verdict.retention.all() > 0 {
        parts.push(format!("retention {} breached", verdict.retention.all()));
    }
    if verdict.open_findings > 0 {
        let overdue = verdict.overdue_findings.all();
        parts.push(format!("findings {} open, {overdue} overdue", verdict.open_findings));
    }
    if verdict.suspects > 0 {
        parts.push(format!("rules {} suspect", verdict.suspects));
    }
    format!("as of {as_of}: {}", parts.join("; "))
}

/// What kept the pages from being published, as problems among the others. People read the same in
/// sentences of [`report`].
fn as_diagnostics(
    error: &BuildError,
    tree: &SourceTree,
    format: DiagnosticFormat,
) -> Vec<Diagnostic> {
    // What has no place in the inputs is told of the settings: a report must name a file.
    let file = tree.find("clausebook.yaml").unwrap_or(FileId(0));
    let of_site = |message: String| Diagnostic::new(Code::UnfitPage, Span::start_of(file), message);
    match error {
        BuildError::Guidance(faults) => faults.clone(),
        _ if format == DiagnosticFormat::Text => Vec::new(),
        BuildError::Template(error) => vec![of_site(error.to_string())],
        BuildError::Broken(broken) => broken
            .iter()
            .map(|link| of_site(format!("{}: `{}` {}", link.page, link.link, link.why)))
            .collect(),
        BuildError::Leaks(leaks) => leaks
            .iter()
            .map(|Leak { what, file, files }| {
                of_site(format!("{what} stands in {files} files, the first is `{file}`"))
            })
            .collect(),
        // That the disk refused is no fault of the inputs.
        BuildError::Output(_) => Vec::new(),
    }
}

/// How many broken links are printed before the rest is only counted.
const SHOWN_LINKS: usize = 20;

fn report(error: &BuildError) -> Exit {
    match error {
        BuildError::Template(error) => {
            say(&format!("error: {error}"));
            Exit::Faulty
        }
        BuildError::Broken(broken) => {
            for link in broken.iter().take(SHOWN_LINKS) {
                say(&format!("error: {}: `{}` {}", link.page, link.link, link.why));
            }
            if broken.len() > SHOWN_LINKS {
                say(&format!("… and {} more", broken.len() - SHOWN_LINKS));
            }
            say("the site was not published: page validation failed");
            Exit::Faulty
        }
        BuildError::Guidance(_) => Exit::Faulty, // Printed with the other diagnostics.
        BuildError::Leaks(leaks) => {
            for leak in leaks {
                let Leak { what, file, files } = leak;
                say(&format!("error: {what} stands in {files} files, the first is `{file}`"));
            }
            say("the site was not published: nothing of this may be read by its readers");
            Exit::Faulty
        }
        BuildError::Output(error @ OutputError::Locked { .. }) => {
            say(&format!("error: {error}"));
            Exit::Locked
        }
        BuildError::Output(error) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
    }
}
