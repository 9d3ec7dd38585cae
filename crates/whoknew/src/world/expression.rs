//! Resolved formulas and effects. Every name is an id, every kind is checked; variables are not yet replaced.

use super::{ActionId, EntityId, FluentId, KindId, SceneId, VariableId};
use crate::source::Span;

/// A name in argument position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A certain entity.
    Entity(EntityId),
    /// A parameter or quantified variable.
    Variable(VariableId),
}

/// A fact with its arguments: `inside(marble)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FluentTerm {
    /// Which fact.
    pub fluent: FluentId,
    /// One per parameter.
    pub arguments: Vec<Term>,
}

/// An argument of an event or of an event pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum EventArgument {
    /// An entity, or a variable that holds one or a number.
    Term(Term),
    /// `someone`, `something`: in a pattern it matches anything; in an event it is the unknown entity
    /// [`World::someone`](super::World::someone).
    Anyone,
    /// A statement, for a parameter of kind `statement`: a literal or nested belief (see [`Expression`]).
    Statement(Box<Expression>),
    /// A statement parameter handed on: `as tell(Marlow, whom, what)`.
    StatementVariable(VariableId),
    /// A number, for a parameter of kind `number`.
    Number(f64),
}

/// An action with arguments, some of them perhaps open: `tell(someone, Anne, …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTerm {
    /// Which action.
    pub action: ActionId,
    /// One per parameter.
    pub arguments: Vec<EventArgument>,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Which quantifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// True for every entity of the kind.
    ForAll,
    /// True for at least one.
    Exists,
    /// The sum of the body's values.
    Sum,
    /// The product of the body's values.
    Product,
    /// How many make the body true.
    Count,
}

/// A variable bound by a quantifier, a `seen by` line or a `for all` effect.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The variable.
    pub variable: VariableId,
    /// The kinds it ranges over (their union, in entity order).
    pub kinds: Vec<KindId>,
    /// Its name as it was written; empty where it has none. It changes nothing.
    pub name: String,
}

impl Binding {
    /// A variable without a name.
    pub fn new(variable: VariableId, kinds: Vec<KindId>) -> Self {
        Self { variable, kinds, name: String::new() }
    }
}

/// What a variable is called makes no difference.
impl PartialEq for Binding {
    fn eq(&self, other: &Self) -> bool {
        (self.variable, &self.kinds) == (other.variable, &other.kinds)
    }
}

/// A formula: a condition, a value, or, without variables, a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `true`, `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// An entity as a value; of a parameter of kind `number`, the number.
    Entity(Term),
    /// `?`
    Unknown,
    /// The value of a fact; a yes/no fact is a condition.
    Fluent(FluentTerm),
    /// `happened(EVENT)`: an event that matches has happened.
    Happened(EventTerm),
    /// `times(EVENT [since scene N] [until scene M])`: how many matching events happened.
    Times {
        /// What is counted.
        event: EventTerm,
        /// Counted from the start of this scene.
        since: Option<SceneId>,
        /// Counted until the start of this scene.
        until: Option<SceneId>,
    },
    /// The minutes since the story's first moment; `?` where the telling does not fix them.
    Time,
    /// `not`
    Not(Box<Expression>),
    /// `and`
    And(Vec<Expression>),
    /// `or`
    Or(Vec<Expression>),
    /// A comparison of two values.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Arithmetic on two numbers.
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    /// `c believes F`: F, read in what c takes to be real. May stand around any expression.
    Believes(Term, Box<Expression>),
    /// `c knows F`: c believes F, and F.
    Knows(Term, Box<Expression>),
    /// `c knows whether F`, `c knows f(a)`: what c believes about it is so.
    KnowsWhether(Term, Box<Expression>),
    /// `c wonders whether F`, `c wonders f(a)`: some fact in it is unknown to c.
    Wonders(Term, Box<Expression>),
    /// A quantifier and its body.
    Quantified(Quantifier, Binding, Box<Expression>),
    /// `A if F, B if G, else C` as (test, value) pairs, here (F, A), (G, B), and C: the first test that is true decides.
    If(Vec<(Expression, Expression)>, Box<Expression>),
    /// `x is a K`; false for an unknown value.
    IsKind(Box<Expression>, KindId),
    /// A statement parameter used as a condition: what it says is so.
    Statement(VariableId),
}

/// What an event changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// `f(a) = value`
    Assign(FluentTerm, Expression),
    /// `c believes EFFECT`
    Believes(Term, Box<Effect>),
    /// A statement parameter made so: `c believes what`.
    Statement(VariableId),
    /// A statement without variables made so, as an assumption is: for what start sentences say beyond facts with
    /// values (`it happened that …`, `X knows that …`, opposites).
    Stated(Box<Expression>),
    /// `EFFECT if F`
    If(Expression, Box<Effect>),
    /// `for all x: kind (EFFECT)`
    ForAll(Binding, Box<Effect>),
    /// Several, written together.
    All(Vec<Effect>),
}

/// A formula with the place it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}
