//! Clausebook turns a folder of YAML records and regulation texts into a cross-linked static
//! site on which every duty the regulations lay on an agency can be seen: what it is, in which
//! clause it stands, when it is due, whether it was met, and by what evidence.
//!
//! # The map
//!
//! The program is a small compiler of stages, each one verb that turns one type into the
//! next; [`pipeline`] says it in one function, read it first. A stage may use what stands above it
//! in this list, never below; a test holds it to that. The disk is touched only in [`source`] and
//! [`output`], the terminal and the clock only in [`cli`]; everything between is a function of
//! its arguments.
//!
//! | module | verb | takes → gives |
//! | --- | --- | --- |
//! | [`source`] | read | a folder → [`SourceTree`](source::SourceTree) |
//! | [`parse`] | parse | `SourceTree` → [`Parsed`](parse::Parsed): shapes are right, every value has its place |
//! | [`model`] | resolve | `Parsed` → [`Model`](model::Model): names are ids, links go both ways |
//! | [`assess`](mod@assess) | assess | `Model` and a day → [`Assessment`](assess::Assessment): what is due, and what became of it |
//! | [`facts`] | conclude | `Model` and `Assessment` → [`Facts`](facts::Facts): what more than one place says of them: the verdict, who must act |
//! | [`proof`] | prove | a `Model`, or a changed one → whether its rules can be trusted: tests, lints, readings, drafts |
//! | [`text`] | say | what was concluded → words: sentences, numbers and days of a language |
//! | [`site`] | plan | `Model`, `Assessment` and `Facts` → [`Site`](site::Site): every page's route; its view when it is rendered |
//! | [`render`] | render | one page and the templates → [`OutputFile`](render::OutputFile) |
//! | [`output`] | write | a stream of `OutputFile`s → `public/`, swapped in as one |
//!
//! [`law`] holds what texts of regulations consist of, [`record`] what records do. [`diagnostic`], [`time`], [`markdown`], [`privacy`] and [`hidden`] are for every stage. [`export`] turns an assessment into rows for
//! other programs; [`cli`] is used by nobody.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "tests make what they look at"
    )
)]

pub mod diagnostic;
pub mod hidden;
pub mod markdown;
pub mod privacy;
pub mod time;

pub mod assess;
pub mod export;
pub mod facts;
pub mod law;
pub mod model;
pub mod output;
pub mod parse;
pub mod proof;
pub mod record;
pub mod render;
pub mod site;
pub mod source;
pub mod text;

pub mod pipeline;

pub mod cli;

/// Of so many turns of a slow test those that are taken: all in the gate, which has the time, else a
/// tenth.
#[cfg(test)]
fn turns(all: usize) -> usize {
    if std::env::var_os("CLAUSEBOOK_GATE").is_some() { all } else { all / 10 }
}
