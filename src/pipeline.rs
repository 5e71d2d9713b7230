//! The stages in order. Everything the program does is a stretch of this road: `check` goes to
//! its end but writes nothing, `status` and `explain` leave it at the assessment.

use std::path::Path;

use crate::assess::{Assessment, assess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, resolve};
use crate::parse::{parse, yaml};
use crate::render::{RenderError, Templates};
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
}

/// Reads, parses and resolves the site's folder.
pub fn load(root: &Path) -> Result<Inputs, ReadError> {
    let (tree, mut diagnostics) = read(root)?;
    let (parsed, faults) = parse(&tree);
    diagnostics.extend(faults);
    let (model, faults) = resolve(&parsed, &tree);
    diagnostics.extend(faults);
    let words = words(&tree, &mut diagnostics);
    Ok(Inputs { tree, diagnostics, model, words })
}

impl Inputs {
    /// Whether the site may be built from them.
    pub fn are_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The day to assess as of: the one asked for, else the site's, else `today`.
    pub fn as_of(&self, asked: Option<Day>, today: Day) -> Day {
        asked.or(self.model.settings.as_of).unwrap_or(today)
    }

    /// Assesses as of a day.
    pub fn assess(&self, as_of: Day) -> Assessment {
        assess(&self.model, as_of)
    }

    /// Plans the site as of a day and loads its templates.
    pub fn plan(self, as_of: Day) -> Result<(Site, Templates), RenderError> {
        let templates = Templates::load(&self.tree, &self.words.tree())?;
        let assessment = assess(&self.model, as_of);
        let sources = self.tree.files.into_iter().map(|file| file.path).collect();
        Ok((plan(self.model, assessment, self.words, sources), templates))
    }
}

/// The embedded words, and over them those of the site.
fn words(tree: &SourceTree, diagnostics: &mut Diagnostics) -> Words {
    const FILE: &str = "words/zh-Hant-TW.yaml";
    let mut words = Words::default();
    let own = tree.of(Area::Template).find(|(_, file)| file.path == format!("templates/{FILE}"));
    let embedded = embedded::template(FILE).map(|text| (FileId(u32::MAX), text));
    let files = embedded.into_iter().chain(own.map(|(id, file)| (id, file.text().to_owned())));
    for (id, text) in files {
        if let Some(node) = yaml::parse(id, &text, diagnostics) {
            words.add(&node, diagnostics);
        }
    }
    words
}
