//! The records of a site by what sheets call them: ids, names, short names, titles, staff codes.

use std::collections::BTreeMap;

use crate::diagnostic::nearest;
use crate::parse::Parsed;
use crate::time::narrowed;

/// Ids by kind, each with the names that mean it.
#[derive(Clone, Debug, Default)]
pub struct SiteNames {
    kinds: BTreeMap<&'static str, Vec<(String, Vec<String>)>>,
    /// The kinds whose records are entries of registers.
    registers: Vec<&'static str>,
    /// `REGULATION/OBLIGATION` with its title.
    duties: Vec<(String, Vec<String>)>,
}

/// The kinds that a duty may be laid on, as the scope of an audit, besides the entries of registers.
const SCOPES: [&str; 7] = ["unit", "agency", "system", "account", "post", "contractor", "event"];

impl SiteNames {
    /// Takes the names of everything that was parsed.
    pub fn new(parsed: &Parsed) -> Self {
        let registers = parsed.kinds.registers().map(|kind| kind.name).collect();
        let mut names = Self { registers, ..Self::default() };
        for record in &parsed.records {
            let fields = &record.fields;
            let Some(id) = fields.text("id") else { continue };
            let known = ["name", "short", "title", "staff"];
            let known = known.iter().filter_map(|key| fields.maybe_string(key)).collect();
            names.kinds.entry(record.kind.name).or_default().push((id.value.to_owned(), known));
        }
        for regulation in &parsed.regulations {
            for duty in &regulation.obligations {
                let path = format!("{}/{}", regulation.slug, duty.string("id"));
                names.duties.push((path, vec![duty.string("title"), duty.string("id")]));
            }
        }
        names
    }

    /// The id of the record of a kind that a text means; the error says why there is none.
    pub fn find(&self, kind: &str, text: &str) -> Result<String, String> {
        let rows = self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
        one_of(kind, rows, text)
    }

    /// The id of whatever may be the scope of an audit.
    pub fn find_any(&self, text: &str) -> Result<String, String> {
        let kinds = SCOPES.iter().chain(&self.registers);
        let found = kinds.into_iter().find_map(|kind| self.find(kind, text).ok());
        found.ok_or_else(|| format!("nothing in the site is called `{text}`"))
    }

    /// `REGULATION/OBLIGATION`.
    pub fn find_duty(&self, text: &str) -> Result<String, String> {
        one_of("duty", &self.duties, text)
    }

    /// The one record of a kind, if there is exactly one.
    pub fn only(&self, kind: &str) -> Option<&str> {
        match self.kinds.get(kind)?.as_slice() {
            [(id, _)] => Some(id),
            _ => None,
        }
    }

    /// Every id and first name of a kind, in the order of the files.
    pub fn of(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .map(|(id, names)| (id.as_str(), names.first().map_or(id.as_str(), String::as_str)))
    }

    /// Every duty and its title.
    pub fn duties(&self) -> impl Iterator<Item = (&str, &str)> {
        self.duties.iter().map(|(path, names)| {
            (path.as_str(), names.first().map_or(path.as_str(), String::as_str))
        })
    }

    /// Whether an id of a kind is taken.
    pub fn is_taken(&self, kind: &str, id: &str) -> bool {
        self.kinds.get(kind).is_some_and(|rows| rows.iter().any(|(one, _)| one == id))
    }
}

/// A name as it is compared: half-width, without white space, 台 as 臺.
fn folded(name: &str) -> String {
    let narrow = narrowed(name);
    narrow
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '台' { '臺' } else { c })
        .collect()
}

fn one_of(kind: &str, rows: &[(String, Vec<String>)], text: &str) -> Result<String, String> {
    if let Some((id, _)) = rows.iter().find(|(id, _)| id == text) {
        return Ok(id.clone());
    }
    let wanted = folded(text);
    if let Some((id, _)) = rows.iter().find(|(id, _)| *id == wanted) {
        return Ok(id.clone());
    }
    let alike = |one: &str| folded(one) == wanted;
    let mut found = rows.iter().filter(|(_, names)| names.iter().any(|name| alike(name)));
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Ok(id.clone()),
        (Some((one, _)), Some((other, _))) => {
            Err(format!("`{text}` may be `{one}` or `{other}`; write the id"))
        }
        (None, _) => {
            let known = rows.iter().flat_map(|(id, names)| {
                std::iter::once(id.as_str()).chain(names.iter().map(String::as_str))
            });
            let near = nearest(text, known).map(|near| format!("; did you mean `{near}`?"));
            Err(format!("no {kind} of the site is called `{text}`{}", near.unwrap_or_default()))
        }
    }
}
