//! The stages in order. Everything the program does is a stretch of this road: `check` goes to
//! its end but writes nothing, `status` and `explain` leave it at the facts.
//!
//! read → parse → resolve → know → assess → conclude → plan → render → write

mod kept;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::assess::{Assessment, assess, unstarted};
use crate::diagnostic::waiver::{self, Waiver};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::facts::{Facts, conclude, history};
use crate::model::{Known, Model, resolve};
use crate::output::{
    BrokenLink, Leak, LinkCheck, MANIFEST, MANIFEST_HASH, ManifestHead, OutputError,
    PublishOptions, Published, SearchIndex, SecretCheck, Staging, read_page,
};
use crate::parse::registers::{SiteKinds, kinds};
use crate::parse::visibility::{Profile, Secret, masked_names, withhold};
use crate::parse::{Parsed, named_regulations, parse_with};
use crate::proof::Proofs;
use crate::proof::coverage::{exercised, measure};
use crate::proof::kit::{Sizes, WrittenCase, write_cases};
use crate::proof::lint::lint;
use crate::proof::mutant::{Tried, mutate};
use crate::proof::trial::{Bench, Run, Wanted, examples, repeated};
use crate::proof::variant::weigh;
use crate::record::kinds::Kinds;
use crate::render::{OutputContent, OutputFile, RenderError, Templates, files};
use crate::site::input_file::InputFile;
use crate::site::route::Route;
use crate::site::{Site, plan};
use crate::source::{Area, Content, ReadError, SourceTree, Span, add_library, look_through, read};
use crate::text::words::Words;
use crate::time::Day;

pub use kept::{Kept, load_again};
pub use words::own_words;
use words::words;

/// The inputs, read and understood.
#[derive(Debug)]
pub struct Inputs {
    pub tree: SourceTree,
    /// In the order they were found; the model is whole only if none is an error.
    pub diagnostics: Diagnostics,
    pub model: Model,
    pub words: Words,
    pub times: Times,
    /// What the finished site may not hold.
    pub secrets: Vec<Secret>,
    /// How many diagnostics are not shown because somebody answers for them.
    pub waived: usize,
    /// What the inputs say, for rules that are tried changed.
    pub parsed: Parsed,
    /// What was found out about the rules.
    pub proofs: Proofs,
    waivers: Vec<Waiver>,
    /// The waivers that did something, by their place.
    used: BTreeSet<usize>,
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
    /// Links of guidance pages lead nowhere: what is wrong, in their sources.
    Guidance(Diagnostics),
    /// Something stands in the finished site that may not be there.
    Leaks(Vec<Leak>),
    /// The output could not be written.
    Output(OutputError),
}

/// The kinds of records of the site in a folder; what the program brings where there is none.
pub fn kinds_of(root: &Path) -> &'static Kinds {
    let tree = read(root).map(|(tree, _)| tree).unwrap_or_default();
    kinds(&tree).all
}

/// Reads, parses and resolves the site's folder, with everything in it.
pub fn load(root: &Path) -> Result<Inputs, ReadError> {
    load_for(root, Profile::Auditor)
}

/// Reads, parses and resolves the site's folder without what `profile` does not show.
pub fn load_for(root: &Path, profile: Profile) -> Result<Inputs, ReadError> {
    load_by(root, profile, |tree, kinds| parse_with(tree, kinds, None), words)
}

fn load_by(
    root: &Path,
    profile: Profile,
    parse: impl FnOnce(&SourceTree, SiteKinds) -> (Parsed, Diagnostics) + Send,
    words: impl FnOnce(&SourceTree, &'static Kinds) -> (Words, Diagnostics) + Send,
) -> Result<Inputs, ReadError> {
    let mut times = Times::default();
    let (tree, mut diagnostics) = times.of("read", || {
        let (tree, diagnostics) = read(root)?;
        let named = named_regulations(&tree);
        Ok(add_library(tree, diagnostics, &named))
    })?;
    let ((mut parsed, faults), (words, faults_of_words)) = times.of("parse", || {
        let kinds = kinds(&tree);
        let all = kinds.all;
        rayon::join(|| parse(&tree, kinds), || words(&tree, all))
    });
    let mut words = words;
    diagnostics.extend(faults);
    let show_names = parsed.config.as_ref().is_some_and(|config| config.flag("show_names"));
    let mut secrets = Vec::new();
    if !show_names {
        secrets.extend(masked_names(&parsed, &mut diagnostics));
    }
    let names: Vec<&str> = secrets.iter().map(|name| name.text.as_str()).collect();
    diagnostics.extend(times.of("look through", || look_through(root, &tree, &names))?);
    let withheld = withhold(&mut parsed, profile);
    answer_for_files(&tree, &parsed, &withheld, &mut diagnostics);
    secrets.extend(withheld);
    let (model, faults) = times.of("resolve", || resolve(&parsed, &tree));
    diagnostics.extend(faults);
    diagnostics.extend(faults_of_words);
    let mut noted = Vec::new();
    // Rules that are not whole are not worth a second word.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        let (found, shown) = times.of("lint", || lint(&model));
        diagnostics.extend(found);
        noted = shown;
    }
    words.name_terms(model.terms.iter().map(|(_, term)| term));
    let waivers = std::mem::take(&mut parsed.waivers);
    Ok(Inputs {
        tree,
        diagnostics,
        model,
        words,
        times,
        secrets,
        waived: 0,
        parsed,
        proofs: Proofs { noted, ..Proofs::default() },
        waivers,
        used: BTreeSet::new(),
    })
}

/// What is personal in a file of evidence is for its record to answer; a file that is withheld is
/// not published.
fn answer_for_files(
    tree: &SourceTree,
    parsed: &Parsed,
    withheld: &[Secret],
    diagnostics: &mut Diagnostics,
) {
    let within = |diagnostic: &Diagnostic| {
        let file = &tree.file(diagnostic.span.file).path;
        file.strip_prefix("content/evidence/files/").unwrap_or_default()
    };
    let of_file = |diagnostic: &Diagnostic| {
        diagnostic.span == Span::start_of(diagnostic.span.file)
            && (diagnostic.code.is_personal() || diagnostic.code == Code::NameInText)
    };
    diagnostics.retain(|diagnostic| {
        !(of_file(diagnostic) || diagnostic.code == Code::HiddenInCopy)
            || !withheld.iter().any(|secret| secret.text == within(diagnostic))
    });
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| of_file(diagnostic)) {
        let answered = parsed.answered.iter().find(|(file, _)| file == within(diagnostic));
        diagnostic.waived_until = answered.map(|(_, until)| *until).or(diagnostic.waived_until);
    }
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

    /// Leaves out the diagnostics that somebody answers for on that day.
    pub fn waive(&mut self, as_of: Day) {
        let all = std::mem::take(&mut self.diagnostics);
        let latest = waiver::latest(as_of, self.model.calendar.years.iter().max().copied());
        let Self { waivers, used, tree, .. } = self;
        let (mut left, waived) = waiver::apply(all, waivers, used, tree, as_of, latest);
        let mut said = BTreeSet::new();
        left.retain(|one| one.code != Code::EndlessWaiver || said.insert(one.span));
        self.diagnostics = left;
        self.waived += waived;
    }

    /// Runs the tests of the rules, reports those that do not come out, and measures what they
    /// exercise. Inputs must be sound.
    pub fn prove(&mut self, wanted: &Wanted) -> Vec<Run> {
        let Self { times, parsed, tree, model, .. } = self;
        let (runs, coverage) = times.of("test the rules", || {
            let runs = Bench::new(parsed).run_seen(tree, wanted, &exercised);
            let coverage = measure(model, &runs);
            (runs.into_iter().map(|(run, _)| run).collect::<Vec<_>>(), coverage)
        });
        self.proofs.coverage = coverage;
        self.proofs.examples = examples(&self.parsed, &self.model);
        self.diagnostics.extend(runs.iter().flat_map(|run| run.diagnostics.iter().cloned()));
        self.diagnostics.extend(repeated(&runs));
        runs
    }

    /// The tests that are wanted as cases that any program can be asked. Inputs must be sound.
    pub fn write_cases(&self, wanted: &Wanted) -> (Vec<WrittenCase>, Sizes) {
        write_cases(&Bench::new(&self.parsed), &self.tree, wanted)
    }

    /// Changes the rules in one place at a time and says which changes no test notices. Inputs must
    /// be sound, and their tests come out.
    pub fn mutate(&mut self, wanted: &Wanted) -> Vec<Tried> {
        let bench = Bench::new(&self.parsed);
        let tried = self.times.of("change the rules", || mutate(&bench, &self.tree, wanted));
        self.diagnostics.extend(tried.iter().flat_map(|one| one.diagnostics.iter().cloned()));
        tried
    }

    /// Reports the judged duties without a test, or with less of them exercised than the settings ask.
    /// The tests must have been run.
    pub fn ask_for_tests(&mut self) {
        let percent = u64::from(self.model.settings.tested_min);
        let found = self.proofs.coverage.untested(&self.model, percent).map(|(id, one)| {
            let share = one.share();
            let message = match one.tests {
                0 => "no test is about this duty".to_owned(),
                _ => format!("tests exercise {} of its {} elements", share.covered, share.total),
            };
            let of = self.model.obligation_path(id);
            Diagnostic::new(Code::UntestedDuty, self.model.obligations[id].span, message)
                .help(format!("`clausebook test --coverage {of}` lists what is missing, each with a test to fill in"))
        });
        self.diagnostics.extend(found);
    }

    /// What is known on a day, and its assessment: all that the stages behind see.
    pub fn assess(&mut self, as_of: Day) -> (Known, Assessment) {
        let model = &self.model;
        let known = self.times.of("know", || model.known_on(as_of));
        let assessment = self.times.of("assess", || assess(&known));
        (known, assessment)
    }

    /// Runs every reading and every draft over the records, and reports what is wrong with them, what
    /// is past its day and what nobody settled.
    pub fn weigh(&mut self, known: &Known, assessment: &Assessment) {
        let Self { times, parsed, tree, .. } = self;
        let (variants, faults) = times.of("weigh", || weigh(parsed, tree, known, assessment));
        self.proofs.variants = Arc::new(variants);
        self.diagnostics.extend(faults);
    }

    /// Concludes from an assessment, and reports what only an assessment can show to be wrong.
    pub fn conclude(&mut self, known: &Known, assessment: &Assessment) -> Facts {
        let facts = self.times.of("conclude", || conclude(known, assessment));
        self.diagnostics.extend(facts.diagnostics());
        self.diagnostics.extend(unstarted(&self.model, known, assessment));
        self.waive(assessment.as_of);
        self.diagnostics.extend(waiver::unused(&self.waivers, &self.used));
        facts
    }
}

/// A site whose pages can be rendered.
pub struct Planned {
    pub site: Site,
    pub templates: Templates,
    pub times: Times,
    pub tree: SourceTree,
    secrets: Vec<Secret>,
}

/// Plans the site of an assessment and loads its templates. Inputs must be sound. `build` is what
/// the caller names this build by, such as a commit; it is printed on every page.
pub fn prepare(
    inputs: Inputs,
    (known, assessment, facts): (Known, Assessment, Facts),
    build: Option<String>,
) -> Result<Planned, BuildError> {
    let Inputs { tree, words, mut times, secrets, proofs, .. } = inputs;
    let origins = tree.files.iter().map(InputFile::new).collect();
    let history = times.of("look back", || history(&known, &assessment));
    let mut site =
        times.of("plan", || plan(known, assessment, (facts, proofs), history, words, origins));
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
    Ok(Planned { site, templates, times, tree, secrets })
}

impl Planned {
    /// Renders and verifies the whole site without writing it. Gives the number of files.
    pub fn verify(&mut self) -> Result<usize, BuildError> {
        self.timed(|planned, times| planned.produce(times, |_| Ok(())))
    }

    /// The pages by their paths.
    pub fn routes(&self) -> BTreeMap<String, Route> {
        self.site.pages.iter().map(|route| (self.site.path(*route), *route)).collect()
    }

    /// One page, not verified.
    pub fn page(&self, route: Route) -> Result<String, BuildError> {
        self.templates.page(&self.site, route).map_err(BuildError::Template)
    }

    /// Renders and verifies the whole site, and gives its files by their paths; `None` once nobody
    /// wants it any more.
    pub fn in_memory(
        &self,
        is_wanted: impl Fn() -> bool + Sync,
    ) -> Result<Option<BTreeMap<String, OutputContent>>, BuildError> {
        let files = Mutex::new(BTreeMap::new());
        let made = self.produce(&mut Times::default(), |file| {
            if !is_wanted() {
                return Err(OutputError::Interrupted);
            }
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(file.path, file.content);
            Ok(())
        });
        match made {
            Ok(_) => Ok(Some(files.into_inner().unwrap_or_else(PoisonError::into_inner))),
            Err(BuildError::Output(OutputError::Interrupted)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Renders, verifies and publishes the site: `root` is the site's folder, absolute.
    pub fn publish(&mut self, root: &Path, output: &Path) -> Result<Published, BuildError> {
        let mut staging = Staging::begin(root, output).map_err(BuildError::Output)?;
        self.timed(|planned, times| planned.produce(times, |file| staging.write(file)))?;
        let head = ManifestHead {
            program: self.site.generator.clone(),
            as_of: self.site.assessment.as_of.to_string(),
            build: self.site.build.clone(),
        };
        self.times.of("manifest", || staging.seal(&head)).map_err(BuildError::Output)?;
        let publish = || staging.publish(PublishOptions { durable: true });
        self.times.of("publish", publish).map_err(BuildError::Output)
    }

    /// Does what is timed with the times gathered so far.
    fn timed<T>(&mut self, work: impl FnOnce(&Self, &mut Times) -> T) -> T {
        let mut times = std::mem::take(&mut self.times);
        let result = work(self, &mut times);
        self.times = times;
        result
    }

    /// Makes every file, checks its links, and hands it to `sink`, from several threads at once.
    fn produce(
        &self,
        times: &mut Times,
        sink: impl Fn(OutputFile) -> Result<(), OutputError> + Sync,
    ) -> Result<usize, BuildError> {
        let Self { site, templates, tree, secrets, .. } = self;
        let leaks = SecretCheck::new(secrets);
        let links = LinkCheck::of_site(site.model.settings.url.as_deref());
        // Written when all else is; pages may point at them.
        [MANIFEST, MANIFEST_HASH].iter().for_each(|path| links.add_file(path));
        let index = times.of("plan search", || SearchIndex::new(site));
        let emit = |file| sink(file).map_err(BuildError::Output);
        let emit_other = |file: OutputFile| {
            match &file.content {
                OutputContent::Bytes(bytes) => leaks.add(&file.path, bytes),
                OutputContent::Copy { .. } => leaks.add(&file.path, &[]),
            }
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
                leaks.add(&path, html.as_bytes());
                let (page, text) = read_page(&html, index.reads_frame(number));
                links.add_page(&path, &page);
                index.add(number, text);
                emit(OutputFile::new(path, html))
            })
        })?;
        let count = times.of("data files and search index", || {
            let (mut rest, found) = rayon::join(|| files(site, templates), || index.files());
            rest.extend(found);
            rest.extend(published_as_they_are(tree));
            let count = site.pages.len() + rest.len();
            rest.into_par_iter().try_for_each(emit_other).map(|()| count)
        })?;
        let broken = times.of("check links", || links.finish());
        let leaks = leaks.finish();
        if !leaks.is_empty() {
            return Err(BuildError::Leaks(leaks));
        }
        if broken.is_empty() { Ok(count) } else { Err(in_sources(broken, tree)) }
    }
}

/// The files of `static/`: what an administrator puts beside the pages, such as `web.config`.
fn published_as_they_are(tree: &SourceTree) -> impl Iterator<Item = OutputFile> {
    tree.of(Area::Static).filter_map(|(_, file)| {
        let Content::Binary { sha256, .. } = &file.content else { return None };
        let path = file.path.strip_prefix("static/")?.to_owned();
        let from = Path::new(&file.path).to_owned();
        Some(OutputFile { path, content: OutputContent::Copy { from, sha256: sha256.clone() } })
    })
}

/// Broken links as what is wrong with the guidance pages they were written on; others are the
/// templates' fault.
fn in_sources(broken: Vec<BrokenLink>, tree: &SourceTree) -> BuildError {
    let mut faults = Vec::new();
    for link in &broken {
        let Some(slug) = link.page.strip_prefix("pages/").and_then(|p| p.strip_suffix(".html"))
        else {
            return BuildError::Broken(broken);
        };
        let Some(id) = tree.find(&format!("content/pages/{slug}.md")) else {
            return BuildError::Broken(broken);
        };
        let text = tree.file(id).text();
        // As it was written: links to other pages end in `.md` there.
        let written = link.link.replacen(".html", ".md", 1);
        let spelt = [written, link.link.clone()];
        let at = spelt.iter().find_map(|link| Some((text.find(&format!("({link}"))? + 1, link)));
        let at = at.or_else(|| spelt.iter().find_map(|link| Some((text.find(&**link)?, link))));
        let Some((start, written)) = at else { return BuildError::Broken(broken) };
        let message = format!("`{written}` leads nowhere: {}", link.why);
        faults.push(
            Diagnostic::new(Code::BrokenLink, Span::new(id, start, start + written.len()), message)
                .help("addresses are relative to the page; `other.md` is another guidance page"),
        );
    }
    BuildError::Guidance(faults)
}

impl Times {
    fn of<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push((stage, start.elapsed()));
        result
    }
}
