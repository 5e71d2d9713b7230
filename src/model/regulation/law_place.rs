//! A law that a text names, and where in it a citation leads: the id that its article, 項, 款 or 目 has where the site
//! holds that law (`27.1.2`), and its address elsewhere, which knows articles alone.

use super::Regulation;
use crate::law::{Part, Unit};

/// A law the text names.
#[derive(Debug)]
pub struct CitedLaw {
    pub name: String,
    /// What else the text calls it.
    pub also: Vec<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where one article can be read, with `{article}` for its number.
    pub article_url: Option<String>,
    pub note: Option<String>,
    /// Nobody lists it: the site holds it under this official name.
    pub is_implied: bool,
}

/// The id of the clause: 第二十七條第一項第二款 is `27.1.2`, 第六條第三款 is `6.1.3`.
pub fn place(article: &str, down: &[(Unit, Part)]) -> String {
    let mut id = article.to_owned();
    for (at, (unit, part)) in down.iter().enumerate() {
        // A 款 named without its 項 is one of the first.
        if at == 0 && *unit == Unit::Item {
            id.push_str(".1");
        }
        id.push_str(&format!(".{part}"));
    }
    id
}

/// The id of what goes on a list from the clause `since`: 第六條第一項及第二項.
pub fn goes_on(since: &str, down: &[(Unit, Part)]) -> String {
    let steps: Vec<&str> = since.split('.').collect();
    let kept = match down.first() {
        Some((Unit::Paragraph, _)) => 1,
        Some((Unit::Item, _)) => 2,
        Some((Unit::Subitem, _)) => 3,
        _ => return since.to_owned(),
    };
    if steps.len() < kept {
        return place(steps[0], down);
    }
    let mut id = steps[..kept].join(".");
    for (_, part) in down {
        id.push_str(&format!(".{part}"));
    }
    id
}

/// The id of what goes on from the 條, 項 or 款 that `since` is or stands in: 同條第三項.
pub fn same(since: &str, unit: Unit, down: &[(Unit, Part)]) -> String {
    let kept = match unit {
        Unit::Point => return place(article(since), down),
        Unit::Paragraph => 2,
        Unit::Item => 3,
        Unit::Subitem => 4,
    };
    let mut steps: Vec<String> = since.split('.').map(str::to_owned).collect();
    // The only 項 of an article is not named.
    if steps.len() == 1 && unit == Unit::Paragraph {
        steps.push("1".to_owned());
    }
    steps.truncate(kept);
    steps.extend(down.iter().map(|(_, part)| part.to_string()));
    steps.join(".")
}

/// The article that a clause of a law stands in.
pub fn article(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

impl CitedLaw {
    /// A law that the site holds and nobody lists.
    pub fn implied(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            also: Vec::new(),
            url: None,
            article_url: None,
            note: None,
            is_implied: true,
        }
    }

    /// Whether a regulation is the law that is meant.
    pub fn is(&self, regulation: &Regulation) -> bool {
        std::iter::once(&self.name).chain(&self.also).any(|name| *name == regulation.name)
    }

    /// Where it, or the article that a clause stands in, can be read.
    pub fn address(&self, clause: Option<&str>) -> Option<String> {
        match (clause, &self.article_url) {
            (Some(clause), Some(url)) => Some(url.replace("{article}", article(clause))),
            _ => self.url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u16) -> Part {
        Part::new(number, None).expect("a number")
    }

    #[test]
    fn places_of_laws_are_the_ids_their_clauses_have() {
        let paragraph = (Unit::Paragraph, part(1));
        assert_eq!(place("27", &[]), "27");
        assert_eq!(place("27", &[paragraph, (Unit::Item, part(2))]), "27.1.2");
        assert_eq!(place("4-1", &[(Unit::Item, part(3))]), "4-1.1.3");
        assert_eq!(goes_on("27.1", &[(Unit::Paragraph, part(2))]), "27.2");
        assert_eq!(goes_on("27.2.1", &[(Unit::Item, part(3))]), "27.2.3");
        assert_eq!(goes_on("27", &[(Unit::Item, part(3))]), "27.1.3");
        assert_eq!(article("4-1.1.3"), "4-1");
        assert_eq!(same("7.1.2", Unit::Point, &[(Unit::Paragraph, part(3))]), "7.3");
        assert_eq!(same("7.1.2", Unit::Paragraph, &[]), "7.1");
        assert_eq!(same("7", Unit::Paragraph, &[(Unit::Item, part(2))]), "7.1.2");
        assert_eq!(same("7.1.2", Unit::Item, &[(Unit::Subitem, part(1))]), "7.1.2.1");
    }
}
