//! `digest`: what a unit, a post or an agency has to know this week.

use super::args::{Cli, DigestArgs, DigestFormat};
use super::{Exit, load_sound, put, say};
use crate::diagnostic::did_you_mean;
use crate::export::Conclusions;
use crate::export::digest::{About, digest};
use crate::export::status::Filter;
use crate::model::Named;

/// Prints the digest.
pub fn run(cli: &Cli, args: &DigestArgs) -> Exit {
    let (inputs, known, assessment, facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let model = &*known;
    let (mut filter, mut own) = (Filter::default(), None);
    let unknown = |kind: &str, name: &str, known: Vec<&str>| {
        say(&format!("error: no {kind} has the id `{}`", crate::source::escape(name)));
        did_you_mean(name, known).into_iter().for_each(|help| say(&format!("help: {help}")));
        Exit::Usage
    };
    let whom = if let Some(name) = &args.unit {
        let Some(id) = model.units.find(name) else {
            return unknown("unit", name, model.units.iter().map(|(_, one)| one.slug()).collect());
        };
        filter.units.push(name.clone());
        model.units[id].name.clone()
    } else if let Some(name) = &args.agency {
        let Some(id) = model.agencies.find(name) else {
            return unknown(
                "agency",
                name,
                model.agencies.iter().map(|(_, one)| one.slug()).collect(),
            );
        };
        filter.agencies.push(name.clone());
        model.agencies[id].name.clone()
    } else if let Some(name) = &args.post {
        let Some(id) = model.posts.find(name) else {
            return unknown("post", name, model.posts.iter().map(|(_, one)| one.slug()).collect());
        };
        own = Some(id);
        model.posts[id].title.clone()
    } else {
        inputs.words.get("digest.everybody").to_owned()
    };
    let from = Conclusions { model, words: &inputs.words, assessment: &assessment, facts: &facts };
    let about = own.map_or(About::Filter(filter), About::Post);
    let digest = digest(from, &about, &whom);
    let none = inputs.words.get("digest.none");
    put(&match args.format {
        DigestFormat::Text => digest.text(none),
        DigestFormat::Markdown => digest.markdown(none),
        DigestFormat::Eml => digest.mail(none, &args.from, &args.to, assessment.as_of),
    });
    Exit::Fine
}
