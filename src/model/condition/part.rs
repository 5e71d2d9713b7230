//! Which parts of a condition decide: what `and` joins on top, each with the names it reads. So a
//! page can say which fields of a record are why a condition does not hold.

use minijinja::Expression;

use super::bind::{AS_OF, FUNCTIONS, Subject};
use super::{ENGINE, NoAnswer, Test, compared, outside_quotes};

/// A part of a condition that must hold by itself.
pub(super) struct Part {
    /// The dotted names it reads, in the order it writes them.
    names: Vec<String>,
    /// Those it compares by order.
    compared: Vec<String>,
    expression: Expression<'static, 'static>,
}

impl Part {
    /// The parts of an expression that is sound; the whole of it where nothing joins parts.
    pub(super) fn all(text: &str) -> Vec<Self> {
        split(text).into_iter().filter_map(Self::compile).collect()
    }

    fn compile(text: &str) -> Option<Self> {
        let expression = ENGINE.compile_expression_owned(text.to_owned()).ok()?;
        let read = expression.undeclared_variables(true);
        let mut names: Vec<String> = read.into_iter().filter(|name| name.contains('.')).collect();
        names.sort_by_key(|name| (text.find(name.as_str()), name.clone()));
        let compared = compared(&Test::read(text)?, names.clone());
        Some(Self { names, compared, expression })
    }

    fn holds(&self, subject: &Subject) -> Result<bool, NoAnswer> {
        super::answer(&self.expression, &self.compared, subject)
    }
}

/// The names read by the parts that do not hold, or have no answer, each once.
pub(super) fn unmet<'a>(parts: &'a [Part], subject: &Subject) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| part.holds(subject) != Ok(true)) {
        for name in &part.names {
            let is_plain = name != AS_OF && !FUNCTIONS.contains(&name.as_str());
            if is_plain && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names
}

/// What `and` joins outside of quotes and brackets; the whole text where `or` or a choice binds
/// less than that.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut from, mut word, mut last) = (0_usize, 0, 0, 0);
    for (at, c) in outside_quotes(text).chain([(text.len(), ' ')]) {
        if at > last {
            word = at; // A quoted text lies between.
        }
        last = at + c.len_utf8();
        if c.is_alphanumeric() || c == '_' || c == '.' {
            continue;
        }
        if depth == 0 {
            match &text[word..at] {
                "and" => {
                    pieces.push(&text[from..word]);
                    from = at;
                }
                "or" | "if" | "else" => return vec![text],
                _ => {}
            }
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        word = last;
    }
    pieces.push(&text[from..]);
    pieces.into_iter().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_condition_falls_apart_where_and_joins_it_on_top() {
        for (text, parts) in [
            ("a.b", &["a.b"][..]),
            ("a.b and not a.c", &["a.b", "not a.c"]),
            ("(a.b and a.c) and a.d in [1, 2]", &["(a.b and a.c)", "a.d in [1, 2]"]),
            ("a.b and a.c or a.d", &["a.b and a.c or a.d"]),
            ("\"x and y\" in a.b and a.android", &["\"x and y\" in a.b", "a.android"]),
            ("f(a.b, 3) < 2 and(a.c)", &["f(a.b, 3) < 2", "(a.c)"]),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }
}
