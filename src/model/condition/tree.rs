//! What a condition says, as a tree: for pages that say it in words, and to know which names it
//! compares by order.

use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};
use minijinja::machinery::parse_expr;
use minijinja::value::{Value, ValueKind};

/// Something that is so or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare(Term, Op, Term),
    /// It is there, and neither `false` nor 0 nor empty.
    Holds(Term),
}

/// How two things are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    /// The first is one of the second, or a part of it.
    In,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A dotted name, such as `account.change.on`, or `as_of`.
    Name(String),
    Text(String),
    /// A whole number.
    Number(i64),
    Flag(bool),
    /// `none`.
    Nothing,
    List(Vec<Term>),
    /// A function and what it is given.
    Call(String, Vec<Term>),
    /// Anything else, with what stands within it; pages show the expression instead.
    Other(Vec<Test>),
}

impl Op {
    fn of(kind: CompareOpKind) -> (Self, bool) {
        match kind {
            CompareOpKind::Eq => (Op::Is, true),
            CompareOpKind::Ne => (Op::IsNot, true),
            CompareOpKind::Lt => (Op::Less, true),
            CompareOpKind::Lte => (Op::AtMost, true),
            CompareOpKind::Gt => (Op::More, true),
            CompareOpKind::Gte => (Op::AtLeast, true),
            CompareOpKind::In => (Op::In, true),
            CompareOpKind::NotIn => (Op::In, false),
        }
    }

    fn of_two(kind: BinOpKind) -> Option<Self> {
        Some(match kind {
            BinOpKind::Eq => Op::Is,
            BinOpKind::Ne => Op::IsNot,
            BinOpKind::Lt => Op::Less,
            BinOpKind::Lte => Op::AtMost,
            BinOpKind::Gt => Op::More,
            BinOpKind::Gte => Op::AtLeast,
            BinOpKind::In => Op::In,
            _ => return None,
        })
    }

    fn is_of_order(self) -> bool {
        matches!(self, Op::Less | Op::AtMost | Op::More | Op::AtLeast)
    }
}

impl Test {
    /// Reads an expression; `None` if the engine cannot.
    pub fn read(text: &str) -> Option<Self> {
        parse_expr(text).ok().map(|expression| test(&expression))
    }

    /// The dotted names it compares by order.
    pub fn compared(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(false, &mut names);
        names
    }

    /// Collects the names within what is compared by order.
    fn visit<'a>(&'a self, ordered: bool, names: &mut Vec<&'a str>) {
        match self {
            Test::All(tests) | Test::Any(tests) => {
                tests.iter().for_each(|test| test.visit(ordered, names));
            }
            Test::Not(test) => test.visit(ordered, names),
            Test::Holds(term) => term.visit(ordered, names),
            Test::Compare(left, op, right) => {
                let ordered = ordered || op.is_of_order();
                left.visit(ordered, names);
                right.visit(ordered, names);
            }
        }
    }
}

impl Term {
    fn visit<'a>(&'a self, ordered: bool, names: &mut Vec<&'a str>) {
        match self {
            Term::Name(name) if ordered => names.push(name),
            Term::List(terms) | Term::Call(_, terms) => {
                terms.iter().for_each(|term| term.visit(ordered, names));
            }
            Term::Other(tests) => tests.iter().for_each(|test| test.visit(ordered, names)),
            Term::Name(_) | Term::Text(_) | Term::Number(_) | Term::Flag(_) | Term::Nothing => {}
        }
    }
}

fn test(expression: &Expr) -> Test {
    match expression {
        Expr::UnaryOp(one) if matches!(one.op, UnaryOpKind::Not) => {
            Test::Not(Box::new(test(&one.expr)))
        }
        Expr::BinOp(two) => match (two.op, Op::of_two(two.op)) {
            (BinOpKind::ScAnd, _) => Test::All(joined(expression, BinOpKind::ScAnd)),
            (BinOpKind::ScOr, _) => Test::Any(joined(expression, BinOpKind::ScOr)),
            (_, Some(op)) => Test::Compare(term(&two.left), op, term(&two.right)),
            _ => Test::Holds(term(expression)),
        },
        Expr::Compare(chain) => {
            let mut left = &chain.expr;
            let mut links = Vec::new();
            for link in &chain.ops {
                let (op, so) = Op::of(link.op);
                let one = Test::Compare(term(left), op, term(&link.expr));
                links.push(if so { one } else { Test::Not(Box::new(one)) });
                left = &link.expr;
            }
            Test::All(links)
        }
        _ => Test::Holds(term(expression)),
    }
}

/// What one `and`, or one `or`, joins, however long the row.
fn joined(expression: &Expr, by: BinOpKind) -> Vec<Test> {
    match expression {
        Expr::BinOp(two) if std::mem::discriminant(&two.op) == std::mem::discriminant(&by) => {
            let mut all = joined(&two.left, by);
            all.extend(joined(&two.right, by));
            all
        }
        _ => vec![test(expression)],
    }
}

fn term(expression: &Expr) -> Term {
    if let Some(name) = name(expression) {
        return Term::Name(name);
    }
    match expression {
        Expr::Const(constant) => constant_term(&constant.value),
        Expr::List(list) => Term::List(list.items.iter().map(term).collect()),
        Expr::Tuple(tuple) => Term::List(tuple.items.iter().map(term).collect()),
        Expr::Call(call) => {
            let plain = call.args.iter().map(|given| match given {
                CallArg::Pos(given) => Some(term(given)),
                _ => None,
            });
            match (name(&call.expr), plain.collect::<Option<Vec<Term>>>()) {
                (Some(function), Some(given)) => Term::Call(function, given),
                _ => Term::Other(call.args.iter().map(|given| test(given_of(given))).collect()),
            }
        }
        Expr::UnaryOp(one) => Term::Other(vec![test(&one.expr)]),
        Expr::BinOp(two) => match two.op {
            BinOpKind::ScAnd | BinOpKind::ScOr => Term::Other(vec![test(expression)]),
            kind if Op::of_two(kind).is_some() => Term::Other(vec![test(expression)]),
            _ => Term::Other(vec![test(&two.left), test(&two.right)]),
        },
        Expr::Compare(_) => Term::Other(vec![test(expression)]),
        Expr::IfExpr(choice) => {
            let mut all = vec![test(&choice.test_expr), test(&choice.true_expr)];
            all.extend(choice.false_expr.iter().map(test));
            Term::Other(all)
        }
        Expr::GetAttr(part) => Term::Other(vec![test(&part.expr)]),
        Expr::GetItem(part) => Term::Other(vec![test(&part.expr), test(&part.subscript_expr)]),
        Expr::Slice(part) => {
            let mut all = vec![test(&part.expr)];
            let bounds = [&part.start, &part.stop, &part.step];
            all.extend(bounds.into_iter().flatten().map(test));
            Term::Other(all)
        }
        Expr::Map(map) => Term::Other(map.keys.iter().chain(&map.values).map(test).collect()),
        // The engine has no filters and no tests; conditions with them are refused before.
        Expr::Filter(_) | Expr::Test(_) | Expr::Var(_) => Term::Other(Vec::new()),
    }
}

/// What a function is given, by its place or by a name.
fn given_of<'a, 'b>(given: &'b CallArg<'a>) -> &'b Expr<'a> {
    match given {
        CallArg::Pos(given)
        | CallArg::Kwarg(_, given)
        | CallArg::PosSplat(given)
        | CallArg::KwargSplat(given) => given,
    }
}

/// The dotted name an expression writes.
fn name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Var(variable) => Some(variable.id.to_owned()),
        Expr::GetAttr(part) => Some(format!("{}.{}", name(&part.expr)?, part.name)),
        Expr::GetItem(part) => match &part.subscript_expr {
            Expr::Const(key) => Some(format!("{}.{}", name(&part.expr)?, key.value.as_str()?)),
            _ => None,
        },
        _ => None,
    }
}

fn constant_term(value: &Value) -> Term {
    match value.kind() {
        ValueKind::String => Term::Text(value.as_str().unwrap_or_default().to_owned()),
        ValueKind::Bool => Term::Flag(value.is_true()),
        ValueKind::None => Term::Nothing,
        ValueKind::Number => value.as_i64().map_or(Term::Other(Vec::new()), Term::Number),
        ValueKind::Seq => value.try_iter().map_or(Term::Other(Vec::new()), |items| {
            Term::List(items.map(|item| constant_term(&item)).collect())
        }),
        _ => Term::Other(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Op, Term, Test};

    fn held(name: &str) -> Test {
        Test::Holds(Term::Name(name.to_owned()))
    }

    #[test]
    fn a_condition_is_read_as_the_engine_reads_it() {
        let text = |text: &str| Term::Text(text.to_owned());
        let name = |name: &str| Term::Name(name.to_owned());
        for (source, tree) in [
            ("a.b", held("a.b")),
            (
                "a.b and not a.c and (a.d or a.e)",
                Test::All(vec![
                    held("a.b"),
                    Test::Not(Box::new(held("a.c"))),
                    Test::Any(vec![held("a.d"), held("a.e")]),
                ]),
            ),
            // `and` binds more than `or`.
            (
                "a.b and a.c or a.d",
                Test::Any(vec![Test::All(vec![held("a.b"), held("a.c")]), held("a.d")]),
            ),
            ("a.b == \"x and y\"", Test::Compare(name("a.b"), Op::Is, text("x and y"))),
            (
                "a.b not in [\"x\", \"y\"]",
                Test::Not(Box::new(Test::Compare(
                    name("a.b"),
                    Op::In,
                    Term::List(vec![text("x"), text("y")]),
                ))),
            ),
            (
                "f(a.b, as_of) < 3",
                Test::Compare(
                    Term::Call("f".to_owned(), vec![name("a.b"), name("as_of")]),
                    Op::Less,
                    Term::Number(3),
                ),
            ),
            (
                "1 < a.b <= 2",
                Test::All(vec![
                    Test::Compare(Term::Number(1), Op::Less, name("a.b")),
                    Test::Compare(name("a.b"), Op::AtMost, Term::Number(2)),
                ]),
            ),
            ("a.b != none", Test::Compare(name("a.b"), Op::IsNot, Term::Nothing)),
            ("a[\"b\"].c", held("a.b.c")),
            (
                "a.b + 1 == 2",
                Test::Compare(
                    Term::Other(vec![held("a.b"), Test::Holds(Term::Number(1))]),
                    Op::Is,
                    Term::Number(2),
                ),
            ),
        ] {
            assert_eq!(Test::read(source), Some(tree), "{source}");
        }
        assert_eq!(Test::read("a.b =="), None);
    }

    #[test]
    fn names_compared_by_order_are_known() {
        for (source, names) in [
            ("a.b and a.c < 3", &["a.c"][..]),
            ("a.b == \"a or b\" or f(a.c, a.d) > a.e", &["a.c", "a.d", "a.e"]),
            ("a.b in (\"x\", a.c) or as_of > a.d", &["as_of", "a.d"]),
            ("(a.b if a.c >= a.d else a.e)", &["a.c", "a.d"]),
            ("a.b + a.c < 3", &["a.b", "a.c"]),
            ("f(a.b, to=a.c) < 3", &["a.b", "a.c"]),
            ("not a.b == a.c", &[]),
        ] {
            let tree = Test::read(source).expect("an expression");
            assert_eq!(tree.compared(), names, "{source}");
        }
    }
}
