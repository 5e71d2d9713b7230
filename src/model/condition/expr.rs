//! The one reader of conditions: tokens become an expression, every part with its place. What it
//! cannot read it says once, at the place, with what to write instead.
//!
//! From the loosest to the tightest: `a if c else b`, `or`, `and`, `not`, comparisons (a row of them
//! holds when each holds), `+` and `-`.

use std::ops::Range;

use super::op::{Op, Sign};
use super::token::{Placed, Token, tokens};

/// Deeper nesting is refused: nobody can read it, and it would cost the stack.
const MAX_DEPTH: usize = 32;

/// An expression and its place, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A dotted name.
    Name(String),
    Text(String),
    Number(i64),
    Flag(bool),
    /// `none`.
    Nothing,
    List(Vec<Expr>),
    /// A function, the place of its name, and what it is given.
    Call(String, Range<usize>, Vec<Expr>),
    Not(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    /// The first, and each comparison with the one before; `false` is its contrary (`not in`).
    Compare(Box<Expr>, Vec<(Op, bool, Expr)>),
    Sum(Box<Expr>, Sign, Box<Expr>),
    /// `then if test else other`.
    Choice {
        test: Box<Expr>,
        then: Box<Expr>,
        other: Box<Expr>,
    },
}

/// Why an expression is not sound, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: Some(help.into()) }
    }
}

/// Reads one expression.
pub fn read(text: &str) -> Result<Expr, Fault> {
    let mut reader = Reader { tokens: tokens(text), next: 0, depth: 0, end: text.len() };
    let expression = reader.choice()?;
    match reader.tokens.get(reader.next) {
        None => Ok(expression),
        Some(_) => Err(reader.unexpected("the end of the condition")),
    }
}

struct Reader {
    tokens: Vec<Placed>,
    next: usize,
    depth: usize,
    /// Bytes of the text.
    end: usize,
}

type Read = Result<Expr, Fault>;

impl Reader {
    fn choice(&mut self) -> Read {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("the condition is nested more than {MAX_DEPTH} deep");
            return Err(Fault::new(self.place(), message, "split the rule in two"));
        }
        let mut found = self.any()?;
        if self.takes_word("if") {
            let test = self.any()?;
            if !self.takes_word("else") {
                return Err(self.unexpected("`else`"));
            }
            let other = self.choice()?;
            let at = found.at.start..other.at.end;
            let kind = Kind::Choice {
                test: Box::new(test),
                then: Box::new(found),
                other: Box::new(other),
            };
            found = Expr { kind, at };
        }
        self.depth -= 1;
        Ok(found)
    }

    fn any(&mut self) -> Read {
        self.row("or", Self::all, Kind::Any)
    }

    fn all(&mut self) -> Read {
        self.row("and", Self::not, Kind::All)
    }

    /// What one word joins, however long the row.
    fn row(&mut self, by: &str, part: fn(&mut Self) -> Read, join: fn(Vec<Expr>) -> Kind) -> Read {
        let mut parts = vec![part(self)?];
        while self.takes_word(by) {
            parts.push(part(self)?);
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        let at = parts[0].at.start..parts[parts.len() - 1].at.end;
        Ok(Expr { kind: join(parts), at })
    }

    fn not(&mut self) -> Read {
        let start = self.place().start;
        if !self.takes_word("not") {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.choice();
        }
        let inner = self.not()?;
        self.depth -= 1;
        let at = start..inner.at.end;
        Ok(Expr { kind: Kind::Not(Box::new(inner)), at })
    }

    fn comparison(&mut self) -> Read {
        let first = self.sum()?;
        let mut links = Vec::new();
        while let Some((op, so)) = self.operator() {
            links.push((op, so, self.sum()?));
        }
        let Some((_, _, last)) = links.last() else { return Ok(first) };
        let at = first.at.start..last.at.end;
        Ok(Expr { kind: Kind::Compare(Box::new(first), links), at })
    }

    /// A comparison, if one comes next; `false` is its contrary.
    fn operator(&mut self) -> Option<(Op, bool)> {
        let sign = match self.peek()? {
            Token::Sign(sign) => match *sign {
                "==" => Op::Is,
                "!=" => Op::IsNot,
                "<" => Op::Less,
                "<=" => Op::AtMost,
                ">" => Op::More,
                ">=" => Op::AtLeast,
                _ => return None,
            },
            Token::Word(word) if word == "in" => Op::In,
            Token::Word(word) if word == "not" => {
                let is_in = |(token, _): &Placed| *token == Token::Word("in".to_owned());
                if !self.tokens.get(self.next + 1).is_some_and(is_in) {
                    return None;
                }
                self.next += 2;
                return Some((Op::In, false));
            }
            _ => return None,
        };
        self.next += 1;
        Some((sign, true))
    }

    fn sum(&mut self) -> Read {
        let mut left = self.operand()?;
        loop {
            let sign = match self.peek() {
                Some(Token::Sign("+")) => Sign::Plus,
                Some(Token::Sign("-")) => Sign::Minus,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.operand()?;
            let at = left.at.start..right.at.end;
            left = Expr { kind: Kind::Sum(Box::new(left), sign, Box::new(right)), at };
        }
    }

    fn operand(&mut self) -> Read {
        let Some((token, at)) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected("a name or a value"));
        };
        self.next += 1;
        let kind = match token {
            Token::Word(word) => return self.word(word, at),
            Token::Text(text) => Kind::Text(text),
            Token::Digits(digits) => Kind::Number(number(&digits, &at)?),
            Token::Sign("-") => match self.tokens.get(self.next).cloned() {
                Some((Token::Digits(digits), place)) => {
                    self.next += 1;
                    let number = number(&digits, &place)?;
                    return Ok(Expr { kind: Kind::Number(-number), at: at.start..place.end });
                }
                _ => return Err(self.unexpected("a whole number after `-`")),
            },
            Token::Sign("[") => return self.list(at.start, "]", Vec::new()),
            Token::Sign("(") => {
                let inner = self.choice()?;
                if self.takes_sign(",") {
                    return self.list(at.start, ")", vec![inner]);
                }
                let end = self.closing(")")?;
                return Ok(Expr { kind: inner.kind, at: at.start..end });
            }
            _ => {
                self.next -= 1;
                return Err(self.unexpected("a name or a value"));
            }
        };
        Ok(Expr { kind, at })
    }

    /// A word of the language, a name, or a function that is given something.
    fn word(&mut self, word: String, at: Range<usize>) -> Read {
        let kind = match word.as_str() {
            "true" | "True" => Kind::Flag(true),
            "false" | "False" => Kind::Flag(false),
            "none" | "None" => Kind::Nothing,
            "and" | "or" | "in" | "if" | "else" | "is" | "not" => {
                self.next -= 1;
                return Err(self.unexpected("a name or a value"));
            }
            _ => return self.name(word, at),
        };
        Ok(Expr { kind, at })
    }

    fn name(&mut self, mut name: String, mut at: Range<usize>) -> Read {
        loop {
            if self.takes_sign(".") {
                let Some((Token::Word(part), place)) = self.tokens.get(self.next).cloned() else {
                    return Err(self.unexpected("a name after `.`"));
                };
                self.next += 1;
                name = format!("{name}.{part}");
                at.end = place.end;
            } else if self.takes_sign("[") {
                let Some((Token::Text(part), _)) = self.tokens.get(self.next).cloned() else {
                    return Err(self.unexpected("a name in quotes"));
                };
                self.next += 1;
                name = format!("{name}.{part}");
                at.end = self.closing("]")?;
            } else {
                break;
            }
        }
        if !self.takes_sign("(") {
            return Ok(Expr { kind: Kind::Name(name), at });
        }
        let given = self.list(at.start, ")", Vec::new())?;
        let Kind::List(items) = given.kind else { return Ok(given) };
        Ok(Expr { kind: Kind::Call(name, at, items), at: given.at })
    }

    /// What stands between commas, up to the closing bracket; a comma may end it.
    fn list(&mut self, start: usize, close: &'static str, mut items: Vec<Expr>) -> Read {
        while !matches!(self.peek(), Some(Token::Sign(sign)) if *sign == close) {
            items.push(self.choice()?);
            if !self.takes_sign(",") {
                break;
            }
        }
        let end = self.closing(close)?;
        Ok(Expr { kind: Kind::List(items), at: start..end })
    }

    fn closing(&mut self, sign: &'static str) -> Result<usize, Fault> {
        let end = self.place().end;
        if self.takes_sign(sign) { Ok(end) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        let fits = matches!(self.peek(), Some(Token::Word(word)) if word == wanted);
        self.next += usize::from(fits);
        fits
    }

    fn takes_sign(&mut self, wanted: &str) -> bool {
        let fits = matches!(self.peek(), Some(Token::Sign(sign)) if *sign == wanted);
        self.next += usize::from(fits);
        fits
    }

    /// The place of the next token; behind the last one, the end.
    fn place(&self) -> Range<usize> {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, at)| at.clone())
    }

    /// What comes next is not what was wanted.
    fn unexpected(&self, wanted: &str) -> Fault {
        let at = self.place();
        let message = |what: &str| format!("the condition cannot be read: {what}");
        let (what, help) = match self.peek() {
            None => (
                format!("{wanted} is missing at the end"),
                "write one expression, for instance `unit.kind == \"office\"`",
            ),
            Some(Token::Unclosed) => {
                ("a quote is not closed".to_owned(), "close the text with the same quote")
            }
            Some(Token::Other('|')) => (
                "filters (`|`) are not used in conditions".to_owned(),
                "compare with ==, !=, <, in, and, or, not",
            ),
            Some(Token::Word(word)) if word == "is" => (
                "tests (`is`) are not used in conditions".to_owned(),
                "compare with ==; `not account.cancelled_on` asks that nothing is recorded",
            ),
            Some(Token::Other('=')) => ("`=` compares nothing".to_owned(), "write `==`"),
            Some(Token::Other('!')) => ("`!` is not used".to_owned(), "write `not`"),
            Some(Token::Other('&')) => ("`&` is not used".to_owned(), "write `and`"),
            Some(Token::Other('「' | '」' | '“' | '”' | '‘' | '’' | '＂')) => (
                "texts stand in straight quotes".to_owned(),
                "write the text in straight double quotes, such as \"custodian\"",
            ),
            Some(Token::Other('.')) | Some(Token::Sign(".")) => {
                (format!("{wanted} is wanted before `.`"), "numbers are whole: write no fractions")
            }
            Some(token) => (
                format!("{wanted} is wanted, not `{}`", shown(token)),
                "use and, or, not, ==, !=, <, <=, >, >=, in, + and -",
            ),
        };
        Fault::new(at, message(&what), help)
    }
}

fn number(digits: &str, at: &Range<usize>) -> Result<i64, Fault> {
    digits.parse().map_err(|_| {
        let message = "the condition cannot be read: the number is too large";
        Fault::new(at.clone(), message, "write a smaller number")
    })
}

/// A token as its author wrote it, or nearly.
fn shown(token: &Token) -> String {
    match token {
        Token::Word(text) | Token::Digits(text) => text.clone(),
        Token::Text(text) => format!("\"{text}\""),
        Token::Sign(sign) => (*sign).to_owned(),
        Token::Unclosed => "\"".to_owned(),
        Token::Other(c) => c.to_string(),
    }
}
