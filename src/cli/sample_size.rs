//! `sample-size`: how many records and users a rule asks to be looked at, with the arithmetic.

use serde::Serialize;

use super::args::{Cli, RowFormat, SampleSizeArgs};
use super::{Exit, load, print_diagnostics, put, root, say};
use crate::diagnostic::did_you_mean;
use crate::export::{csv, table};
use crate::law::ClauseNumber;
use crate::model::{Id, Model, Named, Obligation, Sample};
use crate::parse::visibility::Profile;
use crate::pipeline::Inputs;
use crate::render::json;
use crate::text::counter;
use crate::text::sentence::arithmetic;

/// One population and what it asks.
#[derive(Debug, Serialize)]
struct SizeRow {
    population: u64,
    required: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required_users: Option<u64>,
    basis: String,
}

/// Prints the sizes for each population.
pub fn run(cli: &Cli, args: &SampleSizeArgs) -> Exit {
    let inputs = match root(cli).and_then(|root| load(cli, &root, Profile::Auditor)) {
        Ok(inputs) => inputs,
        Err(exit) => return exit,
    };
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, super::args::DiagnosticFormat::Text);
        return Exit::Faulty;
    }
    let rows = match sample(&inputs.model, args).and_then(|sample| sizes(&inputs, sample, args)) {
        Ok(rows) => rows,
        Err(message) => {
            say(&format!("error: {message}"));
            return Exit::Usage;
        }
    };
    print(&rows, args.format);
    Exit::Fine
}

/// The sample of the duty that the arguments name.
fn sample<'a>(model: &'a Model, args: &SampleSizeArgs) -> Result<&'a Sample, String> {
    let regulation = model.regulations.find(&args.regulation).ok_or_else(|| {
        let known = model.regulations.iter().map(|(_, regulation)| regulation.slug());
        let help = did_you_mean(&args.regulation, known).map(|help| format!("; {help}"));
        format!("no regulation has the id `{}`{}", args.regulation, help.unwrap_or_default())
    })?;
    let clause: ClauseNumber = args
        .clause
        .parse()
        .map_err(|_| format!("`{}` is not a clause number such as `7.1.1`", args.clause))?;
    let with_sample = |id: &Id<Obligation>| {
        let obligation = &model.obligations[*id];
        let demand = obligation.duty.demand()?;
        let wanted = args.obligation.as_ref().is_none_or(|slug| *slug == obligation.slug);
        let asks = demand.sample.records.is_some() || demand.sample.users.is_some();
        (wanted && asks).then_some((obligation, &demand.sample))
    };
    let regulation = &model.regulations[regulation];
    let named = regulation.duties_of(model, regulation.current(), &clause);
    let duties: Vec<_> = named.iter().filter_map(with_sample).collect();
    match duties.as_slice() {
        [(_, sample)] => Ok(sample),
        [] => Err(format!("no duty of clause `{clause}` of {} asks for a sample", args.regulation)),
        several => {
            let slugs: Vec<&str> = several.iter().map(|(duty, _)| duty.slug()).collect();
            Err(format!(
                "several duties ask for a sample; add `--obligation` with one of {}",
                slugs.join(", ")
            ))
        }
    }
}

fn sizes(inputs: &Inputs, sample: &Sample, args: &SampleSizeArgs) -> Result<Vec<SizeRow>, String> {
    let populations: Vec<u64> = args.population.iter().cloned().flatten().collect();
    if ![0, 1, populations.len()].contains(&args.users.len()) {
        return Err("`--users` takes one number, or one for each population".to_owned());
    }
    if !args.users.is_empty() && sample.users.is_none() {
        return Err("this rule asks nothing about users; leave `--users` out".to_owned());
    }
    let words = &inputs.words;
    let row = |(place, population): (usize, &u64)| {
        let records = sample.records.as_ref().map(|draw| draw.tiers.size(*population));
        let users = args.users.get(place).or(args.users.first()).copied();
        let user_size = users.zip(sample.users.as_ref()).map(|(n, draw)| draw.tiers.size(n));
        let unit = |rule, measure| counter::of_rule(words, rule, measure);
        let records_unit = unit(sample.records.as_ref(), "records");
        let users_unit = unit(sample.users.as_ref(), "users");
        let basis: Vec<String> = [(records, records_unit), (user_size, users_unit)]
            .into_iter()
            .filter_map(|(size, unit)| Some(arithmetic(words, &size?, unit)))
            .collect();
        SizeRow {
            population: *population,
            required: records.map_or(0, |size| size.required),
            users,
            required_users: user_size.map(|size| size.required),
            basis: basis.join(words.get("arithmetic.join")),
        }
    };
    Ok(populations.iter().enumerate().map(row).collect())
}

fn print(rows: &[SizeRow], format: RowFormat) {
    // A table for people leaves out columns that would be empty; programs get all of them.
    let users = format != RowFormat::Table || rows.iter().any(|row| row.users.is_some());
    let cell = |figure: Option<u64>| figure.map(|n| n.to_string()).unwrap_or_default();
    let cells = |row: &SizeRow| {
        let mut cells = vec![row.population.to_string(), row.required.to_string()];
        if users {
            cells.extend([cell(row.users), cell(row.required_users)]);
        }
        cells.push(row.basis.clone());
        cells
    };
    let heading: &[&str] = if users {
        &["population", "required", "users", "required_users", "basis"]
    } else {
        &["population", "required", "basis"]
    };
    let lines: Vec<Vec<String>> = rows.iter().map(cells).collect();
    match format {
        RowFormat::Json => put(&json(&rows)),
        RowFormat::Table => put(&table::render(heading, &lines)),
        RowFormat::Csv => {
            let heading = heading.iter().map(|name| (*name).to_owned()).collect();
            put(&csv::lines(std::iter::once(heading).chain(lines)));
        }
    }
}
