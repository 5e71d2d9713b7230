//! How the terms of a condition are compared and joined.

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

/// How two numbers are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

impl Op {
    /// Whether it asks which of two comes first.
    pub fn is_of_order(self) -> bool {
        matches!(self, Op::Less | Op::AtMost | Op::More | Op::AtLeast)
    }

    /// How the second compares to the first.
    pub fn mirrored(self) -> Self {
        match self {
            Op::Less => Op::More,
            Op::AtMost => Op::AtLeast,
            Op::More => Op::Less,
            Op::AtLeast => Op::AtMost,
            Op::Is | Op::IsNot | Op::In => self,
        }
    }
}
