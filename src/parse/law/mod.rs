//! stub
use crate::{diagnostic::*, source::*};
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseNumber(pub Vec<(u32, u32)>);
impl std::str::FromStr for ClauseNumber {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        s.split('.')
            .map(|p| p.parse().map(|n| (n, 0)).map_err(|_| ()))
            .collect::<Result<Vec<_>, ()>>()
            .map(ClauseNumber)
    }
}
impl std::fmt::Display for ClauseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.iter().map(|p| p.0.to_string()).collect::<Vec<_>>().join("."))
    }
}
impl ClauseNumber {
    pub fn citation(&self) -> String {
        self.to_string()
    }
    pub fn anchor(&self) -> String {
        String::new()
    }
    pub fn starts_with(&self, o: &ClauseNumber) -> bool {
        self.0.starts_with(&o.0)
    }
    pub fn parent(&self) -> Option<ClauseNumber> {
        None
    }
    pub fn depth(&self) -> usize {
        self.0.len()
    }
}
pub struct DropRule {
    pub line: usize,
    pub text: String,
    pub reason: String,
    pub span: Span,
}
#[derive(Default)]
pub struct LawOptions {
    pub drops: Vec<DropRule>,
    pub partial: bool,
}
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LawText {
    pub clauses: Vec<LawClause>,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawClause {
    pub number: ClauseNumber,
    pub marker: String,
    pub span: Span,
}
impl LawText {
    pub fn clause(&self, _n: &ClauseNumber) -> Option<&LawClause> {
        None
    }
    pub fn iter(&self) -> impl Iterator<Item = &LawClause> {
        self.clauses.iter()
    }
}
pub fn parse_law(_file: FileId, _text: &str, _o: &LawOptions) -> (LawText, Diagnostics) {
    (LawText::default(), vec![])
}
