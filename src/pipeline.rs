//! The stages in order. Everything the program does is a stretch of this road: `check` goes to
//! its end but writes nothing, `status` and `explain` leave it at the facts.
//!
//! read → parse → resolve → know → assess → conclude → plan → render → write

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::assess::{Assessment, assess, history};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::{Facts, conclude};
use crate::model::{Known, Model, resolve};
use crate::output::{
    BrokenLink, LinkCheck, OutputError, PublishOptions, Published, SearchIndex, Staging, read_page,
};
use crate::parse::{parse, yaml};
use crate::render::{OutputContent, OutputFile, RenderError, Templates, files};
use crate::site::origin::Origin;
use crate::site::words::Words;
use crate::site::{Site, plan};
use crate::source::{Area, FileId, ReadError, SourceTree, embedded, read};
use crate::time::Day;

/// The inputs, read and understood.
#[derive(Debug)]
pub struct Inputs {
    pub tree: SourceTree,
    /// In the order they were found; the model is whole only if none is an error.
    pub diagnostics: Diagnostics,
    pub model: Model,
    pub words: Words,
    pub times: Times,
}

/// How long each stage took, in order.
#[derive(Clone, Debug, Default)]
pub struct Times(pub Vec<(&'static str, Duration)>);

/// Why a sound set of inputs did not become a site. The output is as it was before.
#[derive(Debug)]
pub enum BuildError {
    /// A template is wrong.
    Template(RenderError),
    /// The pages break a promise: a link that leads nowhere, an id twice, a script in the page.
    Broken(Vec<BrokenLink>),
    /// The output could not be written.
    Output(OutputError),
}

/// Reads, parses and resolves the site's folder.
pub fn load(root: &Path) -> Result<Inputs, ReadError> {
    let mut times = Times::default();
    let (tree, mut diagnostics) = times.of("read", || read(root))?;
    let ((parsed, faults), (words, faults_of_words)) =
        times.of("parse", || rayon::join(|| parse(&tree), || words(&tree)));
    diagnostics.extend(faults);
    let (model, faults) = times.of("resolve", || resolve(&parsed, &tree));
    diagnostics.extend(faults);
    diagnostics.extend(faults_of_words);
    Ok(Inputs { tree, diagnostics, model, words, times })
}

impl Inputs {
    /// Whether a site may be made of them.
    pub fn are_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The day to judge as of: the one asked for, else the site's, else `today`.
    pub fn as_of(&self, asked: Option<Day>, today: Day) -> Day {
        asked.or(self.model.settings.as_of).unwrap_or(today)
    }

    /// What is known on a day, and its assessment: all that the stages behind see.
    pub fn assess(&mut self, as_of: Day) -> (Known, Assessment) {
        let model = &self.model;
        let known = self.times.of("know", || model.known_on(as_of));
        let assessment = self.times.of("assess", || assess(&known));
        (known, assessment)
    }

    /// Concludes from an assessment, and reports what only an assessment can show to be wrong.
    pub fn conclude(&mut self, known: &Known, assessment: &Assessment) -> Facts {
        let facts = self.times.of("conclude", || conclude(known, assessment));
        self.diagnostics.extend(facts.diagnostics());
        facts
    }
}

/// A site whose pages can be rendered.
pub struct Planned {
    pub site: Site,
    pub templates: Templates,
    pub times: Times,
}

/// Plans the site of an assessment and loads its templates. Inputs must be sound. `build` is what
/// the caller names this build by, such as a commit; it is printed on every page.
pub fn prepare(
    inputs: Inputs,
    (known, assessment, facts): (Known, Assessment, Facts),
    build: Option<String>,
) -> Result<Planned, BuildError> {
    let Inputs { tree, words, mut times, .. } = inputs;
    let origins = tree.files.iter().map(Origin::new).collect();
    let history = times.of("look back", || history(&known, &assessment));
    let mut site = times.of("plan", || plan(known, assessment, facts, history, words, origins));
    site.build = build;
    let in_use = site.aliases_in_use().into_iter().map(|path| BrokenLink {
        page: path.to_owned(),
        link: String::new(),
        why: "it is the alias of another page, and has one of its own".to_owned(),
    });
    let in_use: Vec<BrokenLink> = in_use.collect();
    if !in_use.is_empty() {
        return Err(BuildError::Broken(in_use));
    }
    let templates = times
        .of("load templates", || Templates::load(&tree, &site))
        .map_err(BuildError::Template)?;
    Ok(Planned { site, templates, times })
}

impl Planned {
    /// Renders and verifies the whole site without writing it. Gives the number of files.
    pub fn verify(&mut self) -> Result<usize, BuildError> {
        self.produce(|_| Ok(()))
    }

    /// Renders, verifies and publishes the site: `root` is the site's folder, absolute.
    pub fn publish(&mut self, root: &Path, output: &Path) -> Result<Published, BuildError> {
        let staging = Staging::begin(root, output).map_err(BuildError::Output)?;
        self.produce(|file| staging.write(file))?;
        let publish = || staging.publish(PublishOptions { durable: true });
        self.times.of("publish", publish).map_err(BuildError::Output)
    }

    /// Makes every file, checks its links, and hands it to `sink`, from several threads at once.
    fn produce(
        &mut self,
        sink: impl Fn(OutputFile) -> Result<(), OutputError> + Sync,
    ) -> Result<usize, BuildError> {
        let Self { site, templates, times } = self;
        let links = LinkCheck::of_site(site.model.settings.url.as_deref());
        let index = times.of("plan search", || SearchIndex::new(site));
        let emit = |file| sink(file).map_err(BuildError::Output);
        let emit_other = |file: OutputFile| {
            match &file.content {
                OutputContent::Bytes(bytes) if file.path.ends_with(".html") => {
                    links.add(&file.path, bytes);
                }
                _ => links.add_file(&file.path),
            }
            emit(file)
        };
        times.of("render and write", || {
            site.pages.par_iter().enumerate().try_for_each(|(number, route)| {
                let html = templates.page(site, *route).map_err(BuildError::Template)?;
                let path = site.path(*route);
                let (page, text) = read_page(&html, index.reads_frame(number));
                links.add_page(&path, &page);
                index.add(number, text);
                emit(OutputFile::new(path, html))
            })
        })?;
        let count = times.of("data files and search index", || {
            let (mut rest, found) = rayon::join(|| files(site, templates), || index.files());
            rest.extend(found);
            let count = site.pages.len() + rest.len();
            rest.into_par_iter().try_for_each(emit_other).map(|()| count)
        })?;
        let broken = times.of("check links", || links.finish());
        if broken.is_empty() { Ok(count) } else { Err(BuildError::Broken(broken)) }
    }
}

impl Times {
    fn of<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push((stage, start.elapsed()));
        result
    }
}

/// The embedded words, and over them those of the site.
fn words(tree: &SourceTree) -> (Words, Diagnostics) {
    const FILE: &str = "words/zh-Hant-TW.yaml";
    let (mut words, mut diagnostics) = (Words::default(), Diagnostics::default());
    let own = tree.of(Area::Template).find(|(_, file)| file.path == format!("templates/{FILE}"));
    let embedded = embedded::template(FILE).map(|text| (FileId(u32::MAX), text));
    let files = embedded.into_iter().chain(own.map(|(id, file)| (id, file.text().to_owned())));
    for (id, text) in files {
        if let Some(node) = yaml::parse(id, &text, &mut diagnostics) {
            words.add(&node, &mut diagnostics);
        }
    }
    (words, diagnostics)
}
