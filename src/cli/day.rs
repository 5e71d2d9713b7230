//! `day`: reckons the end of a period, with every step and the paragraph it rests on. The office
//! calendar is the site's, or outside a site the one that came with the program.

use serde_json::{Value, json};

use super::args::{Cli, DayArgs, ProofFormat};
use super::{Exit, load, named_root, print_diagnostics, put, put_text, root, say};
use crate::parse::office_calendar::built_in;
use crate::parse::visibility::Profile;
use crate::pipeline;
use crate::text::Words;
use crate::text::reckoning::in_words;
use crate::time::{
    Backward, Derivation, Hours, Instant, Length, OfficeCalendar, StepKind, parse_office_day,
};

/// Prints the reckoning.
pub fn run(cli: &Cli, args: &DayArgs) -> Exit {
    let (calendar, words) = match around(cli) {
        Ok(around) => around,
        Err(exit) => return exit,
    };
    match reckon(args, &calendar, &words) {
        Ok(text) => {
            match args.format {
                ProofFormat::Text => put_text(&text.0),
                ProofFormat::Json => put(&crate::render::json(&text.1)),
            }
            Exit::Fine
        }
        Err(message) => {
            say(&format!("error: {message}"));
            Exit::Usage
        }
    }
}

/// The calendar and words of the site, or those that came with the program.
fn around(cli: &Cli) -> Result<(OfficeCalendar, Words), Exit> {
    if !named_root(cli).join("clausebook.yaml").is_file() {
        return Ok((built_in(), pipeline::own_words()));
    }
    let inputs = load(cli, &root(cli)?, Profile::Auditor)?;
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, super::args::DiagnosticFormat::Text);
        return Err(Exit::Faulty);
    }
    Ok((OfficeCalendar::clone(&inputs.model.calendar), inputs.words))
}

/// The line for people, and the object for programs.
fn reckon(
    args: &DayArgs,
    calendar: &OfficeCalendar,
    words: &Words,
) -> Result<(String, Value), String> {
    let written = args.length.join(" ");
    let (forward, length) = match (written.strip_prefix('+'), written.strip_prefix('-')) {
        (Some(length), _) => (true, length.trim()),
        (_, Some(length)) => (false, length.trim()),
        _ => (true, written.trim()),
    };
    if let Ok(hours) = Hours::parse(length) {
        return of_hours(args, forward, hours, words);
    }
    let start = parse_office_day(&args.start).map_err(|error| {
        format!("`{}` {error}; write 2026-11-21, 115-11-21 or 115/11/21", args.start)
    })?;
    let length = Length::parse(length).map_err(|_| {
        format!("`{written}` is no length; write `+3 months`, `+10 working days`, `-10 days`")
    })?;
    let from = Derivation::from(start, args.ground);
    let ended = if forward {
        from.forward(length, args.count, calendar).close(!args.keep, calendar)
    } else {
        let before = Backward::new(length, args.counted).ok_or(
            "no law says which day lies so many months before a day; state it in days or working days",
        )?;
        from.backward(before, calendar).close(false, calendar)
    };
    let is_told = ended.steps.iter().all(|step| step.what != StepKind::CalendarEnds);
    if matches!(length, Length::WorkingDays(_)) && !is_told {
        return Err("the office calendar does not reach as far as the working days run".to_owned());
    }
    let steps: Vec<_> = ended.steps.iter().map(crate::proof::receipt::step).collect();
    let value = json!({
        "start": start.to_string(),
        "ground": args.ground.as_str(),
        "day": ended.day().to_string(),
        "calendar_known": is_told,
        "steps": steps,
    });
    Ok((format!("{}\n{}", ended.day(), in_words(words, &ended)), value))
}

/// Hours run at once (行政程序法第48條第1項), whatever day it is.
fn of_hours(
    args: &DayArgs,
    forward: bool,
    hours: Hours,
    words: &Words,
) -> Result<(String, Value), String> {
    let start = Instant::parse(&args.start).map_err(|_| {
        format!(
            "hours are counted from an instant such as 2026-11-20T16:40+08:00, not `{}`",
            args.start
        )
    })?;
    if !forward {
        return Err("hours are counted forward".to_owned());
    }
    let ended = Derivation::of_hours(start.into(), hours, args.ground);
    let end = start.after(hours);
    let steps: Vec<_> = ended.steps.iter().map(crate::proof::receipt::step).collect();
    let value = json!({
        "start": start.to_string(),
        "ground": args.ground.as_str(),
        "at": end.to_string(),
        "day": end.day().to_string(),
        "steps": steps,
    });
    Ok((format!("{end}\n{}", in_words(words, &ended)), value))
}
