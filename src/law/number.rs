//! The number of a clause: `7.1.1` for 第七點第一款第一目, `2.1.1` for 第二條第一項第一款, in all the
//! forms it is written in. Numbers order as the text does and name a clause's place for good.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::{fmt, str::FromStr};

use super::numeral;

/// One step of a number; `inserted` is the 1 of 第12-1點, a clause put in after the twelfth.
///
/// Invariant: both from 1 to 999. Orders 12, 12-1, 12-2, 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    number: u16,
    inserted: Option<u16>,
}

impl Part {
    /// The part 1, which opens a list.
    pub const FIRST: Part = Part { number: 1, inserted: None };

    /// A part, or `None` where a figure is not from 1 to 999.
    pub fn new(number: u16, inserted: Option<u16>) -> Option<Self> {
        let fits = |figure: u16| (1..=999).contains(&figure);
        (fits(number) && inserted.is_none_or(fits)).then_some(Self { number, inserted })
    }

    /// The figure before the hyphen.
    pub fn number(self) -> u16 {
        self.number
    }

    /// The figure after the hyphen, if the clause was inserted.
    pub fn inserted(self) -> Option<u16> {
        self.inserted
    }

    /// Whether a list goes on from `before` to this part without a gap: 12 or 12-1 after 12,
    /// 12-2 or 13 after 12-1.
    pub fn follows(self, before: Part) -> bool {
        match self.inserted {
            None => self.number == before.number + 1,
            Some(inserted) => {
                self.number == before.number && inserted == before.inserted.unwrap_or(0) + 1
            }
        }
    }

    /// 七, 十二之一.
    fn chinese(self) -> String {
        let mut written = numeral::write(self.number);
        if let Some(inserted) = self.inserted {
            written += "之";
            written += &numeral::write(inserted);
        }
        written
    }

    /// 第十二條之一, 第五點之一.
    fn with_unit(self, unit: char) -> String {
        let inserted = self.inserted.map(|more| format!("之{}", numeral::write(more)));
        format!("第{}{unit}{}", numeral::write(self.number), inserted.unwrap_or_default())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inserted {
            None => write!(f, "{}", self.number),
            Some(inserted) => write!(f, "{}-{inserted}", self.number),
        }
    }
}

impl FromStr for Part {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (number, inserted) = match text.split_once('-') {
            Some((number, inserted)) => (figure(number)?, Some(figure(inserted)?)),
            None => (figure(text)?, None),
        };
        Self::new(number, inserted).ok_or(NumberError)
    }
}

/// A figure as numbers are written: digits only, no leading zero.
fn figure(text: &str) -> Result<u16, NumberError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().map_err(|_| NumberError) } else { Err(NumberError) }
}

/// How a text is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// 點, 款, 目: administrative rules.
    #[default]
    Points,
    /// 條, 項, 款, 目: laws, orders, self-government ordinances.
    Articles,
}

/// What a clause is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 壹、 under which the points begin anew.
    Division,
    /// 點.
    Point,
    /// 條.
    Article,
    /// 項.
    Paragraph,
    /// 款.
    Item,
    /// 目.
    Subitem,
    /// 目之一.
    Detail,
    /// Below that.
    Further,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Step {
    Division(u16),
    Number(Part),
    /// A 項 of a point, from the second: the first has the point's own number.
    Paragraph(u16),
}

/// The number of a clause: `7.1.1`, `12-1`, `3p2.1` (第三點第二項第一款), `P2.1` (貳、一、).
///
/// Two numbers are the same if they are written the same: the form of the text and whether its
/// clause has several 項 only tell how the number is cited.
///
/// Invariant: one to six figures, at most one of them a 項 of a point.
#[derive(Clone)]
pub struct ClauseNumber {
    steps: Vec<Step>,
    form: Form,
    /// The article or point has several 項, so that a citation names the 項.
    several: bool,
}

impl ClauseNumber {
    /// How many figures a number has at most: 條, 項, 款, 目 and two below.
    pub const MAX_FIGURES: usize = 6;

    /// The number of a 點.
    pub fn point(part: Part) -> Self {
        Self { steps: vec![Step::Number(part)], form: Form::Points, several: false }
    }

    /// The number of a 條; `several`: it has more than one 項.
    pub fn article(part: Part, several: bool) -> Self {
        Self { steps: vec![Step::Number(part)], form: Form::Articles, several }
    }

    /// The number of a part (壹、) in which the points begin anew.
    pub fn division(number: u16) -> Self {
        Self { steps: vec![Step::Division(number)], form: Form::Points, several: false }
    }

    /// The same number, cited as `form` and with the 項 named where there are several.
    pub fn cited_as(mut self, form: Form, several: bool) -> Self {
        (self.form, self.several) = (form, several);
        self
    }

    /// The number one step below this one, or `None` below the deepest.
    pub fn child(&self, part: Part) -> Option<Self> {
        let figures = self.steps.iter().filter(|step| matches!(step, Step::Number(_))).count();
        let most =
            if self.form == Form::Points { Self::MAX_FIGURES - 1 } else { Self::MAX_FIGURES };
        if figures >= most {
            return None;
        }
        let mut child = self.clone();
        child.steps.push(Step::Number(part));
        Some(child)
    }

    /// The 項 of an article or point, from 1; that of a point's first 項 is the point's own.
    pub fn paragraph(&self, number: u16) -> Option<Self> {
        match (self.level(), number) {
            (Level::Article, _) => self.child(Part::new(number, None)?),
            (Level::Point, 1) => Some(self.clone()),
            (Level::Point, 2..=999) => {
                let mut paragraph = self.clone();
                paragraph.steps.push(Step::Paragraph(number));
                Some(paragraph)
            }
            _ => None,
        }
    }

    /// The last figure: the clause's place among its siblings.
    pub fn last(&self) -> Part {
        match self.steps.last().expect("a number has at least one step") {
            Step::Number(part) => *part,
            Step::Division(number) | Step::Paragraph(number) => {
                Part { number: *number, inserted: None }
            }
        }
    }

    /// How many steps lead to it: 1 for a 點 or 條.
    pub fn depth(&self) -> usize {
        self.steps.len()
    }

    /// What the clause is called.
    pub fn level(&self) -> Level {
        match self.steps.last().expect("a number has at least one step") {
            Step::Division(_) => return Level::Division,
            Step::Paragraph(_) => return Level::Paragraph,
            Step::Number(_) => {}
        }
        let figures = self.steps.iter().filter(|step| matches!(step, Step::Number(_))).count();
        match (self.form, figures) {
            (Form::Points, 1) => Level::Point,
            (Form::Articles, 1) => Level::Article,
            (Form::Articles, 2) => Level::Paragraph,
            (Form::Points, 2) | (Form::Articles, 3) => Level::Item,
            (Form::Points, 3) | (Form::Articles, 4) => Level::Subitem,
            (Form::Points, 4) | (Form::Articles, 5) => Level::Detail,
            _ => Level::Further,
        }
    }

    /// Whether its point or article has several 項, so that each is named.
    pub fn names_paragraphs(&self) -> bool {
        self.several
    }

    /// The form of the text it was read from.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The clause this one stands in; `None` for the outermost.
    pub fn parent(&self) -> Option<Self> {
        let steps = &self.steps[..self.steps.len() - 1];
        (!steps.is_empty()).then(|| Self { steps: steps.to_vec(), ..self.clone() })
    }

    /// Whether this is `other` or stands within it: 7.1.1 starts with 7.1, but 71 not with 7.
    pub fn starts_with(&self, other: &ClauseNumber) -> bool {
        self.steps.starts_with(&other.steps)
    }

    /// The fragment of the clause's permanent address: `p7-1-1`; `p12_1-2` for 12-1.2, so that
    /// no two numbers share one; `p3p2-1` for 3p2.1 and `part2-1` for P2.1.
    pub fn anchor(&self) -> String {
        let mut anchor = String::new();
        for step in &self.steps {
            match step {
                Step::Division(number) => anchor += &format!("part{number}"),
                Step::Paragraph(number) => anchor += &format!("p{number}"),
                Step::Number(part) => {
                    anchor.push(if anchor.is_empty() { 'p' } else { '-' });
                    anchor += &part.to_string().replace('-', "_");
                }
            }
        }
        anchor
    }

    /// The official way to cite the clause: 第七點第一款第一目, 第十二點之一, 第二條之一第一項第二款, and
    /// below 目 by 中央法規標準法第8條 第一點第一款第一目之1.
    pub fn citation(&self) -> String {
        self.written(|level, part| match level {
            Level::Point => part.with_unit('點'),
            Level::Article => part.with_unit('條'),
            Level::Paragraph => format!("第{}項", part.chinese()),
            Level::Item => format!("第{}款", part.chinese()),
            Level::Subitem => format!("第{}目", part.chinese()),
            Level::Division => format!("第{}部分", numeral::write_formal(part.number())),
            Level::Detail | Level::Further => format!("之{part}"),
        })
    }

    /// How papers cite the clause, with the numbers as texts write them: 第七點第（一）款第1目,
    /// 第2條之1第1項第1款.
    pub fn paper_citation(&self) -> String {
        if self.form == Form::Articles {
            return self.in_figures();
        }
        self.written(|level, part| match level {
            Level::Point | Level::Article => part.with_unit('點'),
            Level::Paragraph => format!("第{}項", part.chinese()),
            Level::Item => format!("第（{}）款", part.chinese()),
            Level::Subitem => format!("第{part}目"),
            Level::Division => format!("第{}部分", numeral::write_formal(part.number())),
            Level::Detail | Level::Further => format!("之{part}"),
        })
    }

    /// The citation as people type it: 第7點第1款第1目.
    pub fn citation_in_figures(&self) -> String {
        match self.form {
            Form::Articles => self.in_figures(),
            Form::Points => self.written(|level, part| match level {
                Level::Point | Level::Article => format!("第{part}點"),
                Level::Paragraph => format!("第{part}項"),
                Level::Item => format!("第{part}款"),
                Level::Subitem => format!("第{part}目"),
                Level::Division => format!("第{}部分", numeral::write_formal(part.number())),
                Level::Detail | Level::Further => String::new(),
            }),
        }
    }

    fn in_figures(&self) -> String {
        self.written(|level, part| match level {
            Level::Article => {
                let inserted = part.inserted().map(|more| format!("之{more}"));
                format!("第{}條{}", part.number(), inserted.unwrap_or_default())
            }
            Level::Paragraph => format!("第{part}項"),
            Level::Item => format!("第{part}款"),
            Level::Subitem => format!("第{part}目"),
            _ => format!("之{part}"),
        })
    }

    /// The steps one after another. The 項 is named where there are several, or it is what is cited.
    fn written(&self, word: impl Fn(Level, Part) -> String) -> String {
        let mut written = String::new();
        let mut at = Self { steps: Vec::new(), ..self.clone() };
        for (place, step) in self.steps.iter().enumerate() {
            at.steps.push(*step);
            let level = at.level();
            let is_last = place + 1 == self.steps.len();
            if level == Level::Paragraph && self.form == Form::Articles && !self.several && !is_last
            {
                continue;
            }
            written += &word(level, at.last());
            let next_is_paragraph = matches!(self.steps.get(place + 1), Some(Step::Paragraph(_)));
            if level == Level::Point && self.several && !is_last && !next_is_paragraph {
                written += &word(Level::Paragraph, Part::FIRST);
            }
        }
        written
    }
}

impl PartialEq for ClauseNumber {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps
    }
}

impl Eq for ClauseNumber {}

impl PartialOrd for ClauseNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ClauseNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.steps.cmp(&other.steps)
    }
}

impl Hash for ClauseNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.steps.hash(state);
    }
}

impl fmt::Display for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match step {
                Step::Division(number) => write!(f, "P{number}")?,
                Step::Number(part) => write!(f, "{dot}{part}")?,
                Step::Paragraph(number) => write!(f, "p{number}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ClauseNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let mut steps = Vec::new();
        for (at, segment) in text.split('.').enumerate() {
            let rest = match segment.strip_prefix('P').filter(|_| at == 0) {
                Some(number) => {
                    let number = figure(number)?;
                    Part::new(number, None).ok_or(NumberError)?;
                    steps.push(Step::Division(number));
                    continue;
                }
                None => segment,
            };
            let (part, paragraph) = match rest.split_once('p') {
                Some((part, paragraph)) => (part, Some(figure(paragraph)?)),
                None => (rest, None),
            };
            steps.push(Step::Number(part.parse()?));
            if let Some(paragraph) = paragraph {
                let is_point =
                    steps.iter().filter(|step| matches!(step, Step::Number(_))).count() == 1;
                if !is_point || !(2..=999).contains(&paragraph) {
                    return Err(NumberError);
                }
                steps.push(Step::Paragraph(paragraph));
            }
        }
        let figures = steps.iter().filter(|step| matches!(step, Step::Number(_))).count();
        if figures > Self::MAX_FIGURES {
            return Err(NumberError);
        }
        Ok(Self { steps, form: Form::Points, several: false })
    }
}

/// A text that is no clause number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError;

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a clause number has one to six figures from 1 to 999, such as `7.1.1`, `12-1` or `3p2.1`",
        )
    }
}

impl std::error::Error for NumberError {}

#[cfg(test)]
mod tests;
