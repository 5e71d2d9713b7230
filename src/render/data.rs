//! The files of the site that are no pages: data for other programs, evidence, assets.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Templates;
use super::file::{OutputContent, OutputFile};
use crate::export::{Conclusions, checks, csv, history, ics, readings, retention, status, tested};
use crate::model::Named;
use crate::site::Site;
use crate::site::route::Route;
use crate::source::embedded;

/// Every file that is no page.
pub fn files(site: &Site, templates: &Templates) -> Vec<OutputFile> {
    let Site { model, words, assessment, facts, .. } = site;
    let from = Conclusions { model, words, assessment, facts };
    let status = status::file(from, &status::Filter::default());
    let mut files = vec![
        OutputFile::new("data/status.json", json(&status)),
        OutputFile::new("data/status.csv", csv::render(&status.occurrences)),
        OutputFile::new("data/checks.json", json(&checks::file(&site.model, &site.assessment))),
        OutputFile::new("data/checks.schema.json", json(&checks::schema())),
        OutputFile::new("data/status.schema.json", json(&status::schema(model.kinds))),
        OutputFile::new(
            "data/retention.json",
            json(&retention::rows(&site.model, &site.assessment)),
        ),
        OutputFile::new("data/retention.schema.json", json(&retention::schema(model.kinds))),
        OutputFile::new("data/history.json", json(&history::file(&site.history))),
        OutputFile::new("data/history.schema.json", json(&history::schema())),
        OutputFile::new(
            "data/readings.json",
            json(&readings::file(
                &site.model,
                &site.proofs.variants.readings,
                site.assessment.as_of,
            )),
        ),
        OutputFile::new(
            "data/tests.json",
            json(&tested::file(&site.model, &site.proofs.coverage, None, |_| true)),
        ),
        OutputFile::new("data/tests.schema.json", json(&tested::schema())),
        OutputFile::new("evidence-manifest.json", json(&manifest(site))),
        OutputFile::new("verify.py", embedded::template("verify/verify.py").unwrap_or_default()),
        OutputFile::new("robots.txt", robots(site.model.settings.robots)),
    ];
    if let Some(url) = &site.model.settings.url {
        files.push(OutputFile::new("sitemap.xml", site_map(site, url)));
    }
    files.extend(calendars(site));
    let receipts = site.receipts.files().into_iter();
    files.extend(receipts.map(|(path, text)| OutputFile::new(path, text)));
    files.extend(evidence(site));
    files.extend(attachments(site));
    let assets = &templates.assets.files;
    files.extend(
        assets
            .iter()
            .map(|(path, content)| OutputFile { path: path.clone(), content: content.clone() }),
    );
    files
}

/// Pretty JSON with a final newline.
pub fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("rows have only texts for keys");
    text + "\n"
}

/// What search engines are told: by default to leave the site alone.
fn robots(listed: bool) -> &'static str {
    if listed { "User-agent: *\nDisallow:\n" } else { "User-agent: *\nDisallow: /\n" }
}

/// The addresses of all pages, for programs that walk the site.
fn site_map(site: &Site, url: &str) -> String {
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // Neither part of an address holds `<`: one is checked, the other made of ids and numbers.
    let url = url.replace('&', "&amp;");
    let lasts = |route: &&Route| !matches!(route, Route::NotFound | Route::Moved(_));
    for route in site.pages.iter().filter(lasts) {
        map += &format!("<url><loc>{url}{}</loc></url>\n", site.path(*route));
    }
    map + "</urlset>\n"
}

/// Every published evidence file with its size and SHA-256, for somebody else to compare.
fn manifest(site: &Site) -> serde_json::Value {
    let files = site.model.evidence.iter().filter_map(|(_, evidence)| {
        let file = evidence.file.as_ref()?;
        let path = format!("evidence/files/{}", file.path);
        Some((path, serde_json::json!({"sha256": file.sha256, "size": file.size})))
    });
    let files: BTreeMap<String, serde_json::Value> = files.collect();
    serde_json::json!({"as_of": site.assessment.as_of.to_string(), "files": files})
}

/// What is still to be done, as a calendar of each agency and each unit.
fn calendars(site: &Site) -> Vec<OutputFile> {
    let (model, words, assessment) = (&site.model, &site.words, &site.assessment);
    let agencies = model.agencies.iter().map(|(id, agency)| {
        let text = ics::of_agency(model, words, assessment, id);
        OutputFile::new(format!("agencies/{}.ics", agency.slug()), text)
    });
    let units = model.units.iter().map(|(id, unit)| {
        let text = ics::of_unit(model, words, assessment, id);
        OutputFile::new(format!("units/{}.ics", unit.slug()), text)
    });
    agencies.chain(units).collect()
}

/// The attachments of regulations that have a file, each once.
fn attachments(site: &Site) -> impl Iterator<Item = OutputFile> {
    let all = site.model.regulations.iter().flat_map(|(_, regulation)| {
        regulation.attachments.iter().filter_map(|attachment| {
            let file = attachment.file.as_ref()?;
            Some((format!("regulations/{}/{}", regulation.slug, file.path), &*file.sha256))
        })
    });
    let files: BTreeMap<String, &str> = all.collect();
    files.into_iter().map(|(path, sha256)| OutputFile {
        content: OutputContent::Copy { from: PathBuf::from(&path), sha256: sha256.to_owned() },
        path,
    })
}

/// Evidence files, each once however many records name it.
fn evidence(site: &Site) -> impl Iterator<Item = OutputFile> {
    let named = site.model.evidence.iter().filter_map(|(_, evidence)| evidence.file.as_ref());
    let files: BTreeMap<&str, &str> =
        named.map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    files.into_iter().map(|(path, sha256)| OutputFile {
        path: format!("evidence/files/{path}"),
        content: OutputContent::Copy {
            from: PathBuf::from(format!("content/evidence/files/{path}")),
            sha256: sha256.to_owned(),
        },
    })
}
