//! The words of an expression, each with its place in bytes. Never fails: what is no word of the
//! language is a token of its own, so that the reader can say where it stands and what to write.

use std::ops::Range;

use winnow::Parser;
use winnow::combinator::{alt, delimited, fail, preceded, repeat, terminated};
use winnow::error::ContextError;
use winnow::stream::LocatingSlice;
use winnow::token::{any, literal, none_of, take_while};

/// A word or a sign of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A name, or a word such as `and`.
    Word(String),
    /// The digits of a whole number; too many of them are found later.
    Digits(String),
    /// What stands between quotes, its escapes resolved.
    Text(String),
    /// `==`, `<=`, `(` …
    Sign(&'static str),
    /// A quote that is never closed.
    Unclosed,
    /// Anything else.
    Other(char),
}

/// A token and its place.
pub type Placed = (Token, Range<usize>);

type Input<'a> = LocatingSlice<&'a str>;
type Read<O> = Result<O, ContextError>;

/// Longer signs first: the first that fits is taken.
const SIGNS: &[&str] = &["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"];

/// The tokens of an expression, in order.
pub fn tokens(text: &str) -> Vec<Placed> {
    let one = terminated(token.with_span(), blank);
    let mut all = preceded(blank, repeat(0.., one));
    all.parse(LocatingSlice::new(text)).unwrap_or_default()
}

fn blank(input: &mut Input<'_>) -> Read<()> {
    take_while(0.., char::is_whitespace).void().parse_next(input)
}

fn token(input: &mut Input<'_>) -> Read<Token> {
    alt((word, digits, quoted('"'), quoted('\''), sign, other)).parse_next(input)
}

fn word(input: &mut Input<'_>) -> Read<Token> {
    let begins = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_alphanumeric() || c == '_';
    (take_while(1, begins), take_while(0.., goes_on))
        .take()
        .map(|word: &str| Token::Word(word.to_owned()))
        .parse_next(input)
}

fn digits(input: &mut Input<'_>) -> Read<Token> {
    take_while(1.., |c: char| c.is_ascii_digit())
        .map(|digits: &str| Token::Digits(digits.to_owned()))
        .parse_next(input)
}

fn quoted<'a>(quote: char) -> impl Parser<Input<'a>, Token, ContextError> {
    let escaped = preceded('\\', any).map(|c| match c {
        'n' => '\n',
        't' => '\t',
        other => other,
    });
    let inner =
        repeat(0.., alt((escaped, none_of([quote, '\\'])))).fold(String::new, |mut all, c| {
            all.push(c);
            all
        });
    delimited(quote, inner, quote).map(Token::Text)
}

fn sign(input: &mut Input<'_>) -> Read<Token> {
    let found = SIGNS.iter().copied().find(|sign| input.starts_with(sign));
    match found {
        Some(sign) => literal(sign).value(Token::Sign(sign)).parse_next(input),
        None => fail(input),
    }
}

fn other(input: &mut Input<'_>) -> Read<Token> {
    any.map(|c| if matches!(c, '"' | '\'') { Token::Unclosed } else { Token::Other(c) })
        .parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    #[test]
    fn tokens_know_their_places() {
        let text = |text: &str| Token::Text(text.to_owned());
        let word = |word: &str| Token::Word(word.to_owned());
        assert_eq!(
            tokens(" a_b.ä >= 'x\\'y' "),
            [
                (word("a_b"), 1..4),
                (Token::Sign("."), 4..5),
                (word("ä"), 5..7),
                (Token::Sign(">="), 8..10),
                (text("x'y"), 11..17),
            ]
        );
        assert_eq!(tokens("\"a"), [(Token::Unclosed, 0..1), (word("a"), 1..2)]);
        assert_eq!(tokens("= 「"), [(Token::Other('='), 0..1), (Token::Other('「'), 2..5)]);
        assert_eq!(tokens("  "), []);
    }
}
