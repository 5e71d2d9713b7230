//! `digest`: what a unit, a post or an agency has to know this week.

use super::args::{Cli, DigestArgs, DigestFormat};
use super::{Exit, load_sound, put, say};
use crate::diagnostic::did_you_mean;
use crate::export::Conclusions;
use crate::export::digest::digest;
use crate::facts::Subject;
use crate::model::Named;

/// Prints the digest.
pub fn run(cli: &Cli, args: &DigestArgs) -> Exit {
    let (inputs, known, assessment, facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let model = &*known;
    let unknown = |kind: &str, name: &str, known: Vec<&str>| {
        say(&format!("error: no {kind} has the id `{}`", crate::source::escape(name)));
        did_you_mean(name, known).into_iter().for_each(|help| say(&format!("help: {help}")));
        Exit::Usage
    };
    let (subject, whom) = if let Some(name) = &args.unit {
        let Some(id) = model.units.find(name) else {
            return unknown("unit", name, model.units.iter().map(|(_, one)| one.slug()).collect());
        };
        (Subject::Unit(id), model.units[id].name.clone())
    } else if let Some(name) = &args.agency {
        let Some(id) = model.agencies.find(name) else {
            return unknown(
                "agency",
                name,
                model.agencies.iter().map(|(_, one)| one.slug()).collect(),
            );
        };
        (Subject::Agency(id), model.agencies[id].name.clone())
    } else if let Some(name) = &args.post {
        let Some(id) = model.posts.find(name) else {
            return unknown("post", name, model.posts.iter().map(|(_, one)| one.slug()).collect());
        };
        (Subject::Post(id), model.posts[id].title.clone())
    } else {
        (Subject::Site, inputs.words.get("digest.everybody").to_owned())
    };
    let from = Conclusions { model, words: &inputs.words, assessment: &assessment, facts: &facts };
    let digest = digest(from, subject, &whom);
    let none = inputs.words.get("digest.none");
    put(&match args.format {
        DigestFormat::Text => digest.text(none),
        DigestFormat::Markdown => digest.markdown(none),
        DigestFormat::Eml => digest.mail(none, &args.from, &args.to, assessment.as_of),
    });
    Exit::Fine
}
