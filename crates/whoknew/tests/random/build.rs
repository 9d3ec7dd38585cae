//! Random formulas, effects and statements over the facts of the random worlds.

use super::tape::Tape;
use whoknew::source::{FileId, Span};
use whoknew::world::*;

/// Positions of the facts in every random world.
pub mod facts {
    pub const AT: usize = 0;
    pub const HOLDS: usize = 1;
    pub const MERRY: usize = 2;
    pub const SHUT: usize = 3;
    pub const COUNT: usize = 4;
    pub const TRUSTS: usize = 5;
    pub const ALARM: usize = 6;
    pub const CHIEF: usize = 7;
    pub const NEAR: usize = 8;
    pub const RICH: usize = 9;
    pub const LOOKS: usize = 10;
}

pub const PLACE: usize = 2;
pub const ITEM: usize = 3;

/// What variables of each kind are in scope.
#[derive(Clone, Default)]
pub struct Scope {
    pub characters: Vec<Term>,
    pub places: Vec<Term>,
    pub items: Vec<Term>,
    pub statement: Option<VariableId>,
    pub variables: usize,
}

pub fn span() -> Span {
    Span::new(FileId::from_index(0), 0..0)
}

pub fn kind(index: usize) -> Vec<KindId> {
    vec![KindId::from_index(index)]
}

pub fn variable(index: usize) -> Term {
    Term::Variable(VariableId::from_index(index))
}

pub fn read(fact: usize, arguments: &[Term]) -> Expression {
    Expression::Fluent(term(fact, arguments))
}

pub fn term(fact: usize, arguments: &[Term]) -> FluentTerm {
    FluentTerm { fluent: FluentId::from_index(fact), arguments: arguments.to_vec() }
}

pub fn compare(comparison: Comparison, left: Expression, right: Expression) -> Expression {
    Expression::Compare(comparison, Box::new(left), Box::new(right))
}

/// Builds formulas and effects from choices.
pub struct Build<'b, 't> {
    pub world: &'b World,
    pub tape: &'b mut Tape<'t>,
    pub scope: Scope,
    pub depth: usize,
}

impl Build<'_, '_> {
    pub fn entities(&self, of: usize) -> Vec<Term> {
        self.world.entities_of(&kind(of)).map(Term::Entity).collect()
    }

    pub fn of_kind(&mut self, of: usize) -> Term {
        let variables = match of {
            1 => &self.scope.characters,
            PLACE => &self.scope.places,
            _ => &self.scope.items,
        };
        let options: Vec<Term> = variables.iter().copied().chain(self.entities(of)).collect();
        self.tape.pick(&options)
    }

    pub fn somebody(&mut self) -> Term {
        self.of_kind(1)
    }

    pub fn bound(&mut self, of: usize) -> Binding {
        let variable = VariableId::from_index(self.scope.variables);
        self.scope.variables += 1;
        let list = if of == 1 { &mut self.scope.characters } else { &mut self.scope.items };
        list.insert(0, Term::Variable(variable));
        Binding::new(variable, kind(of))
    }

    pub fn unbound(&mut self, of: usize) {
        if of == 1 {
            self.scope.characters.remove(0);
        } else {
            self.scope.items.remove(0);
        }
    }

    pub fn yes_or_no_fact(&mut self) -> FluentTerm {
        match self.tape.choose(4) {
            0 => term(facts::MERRY, &[self.somebody()]),
            1 => term(facts::SHUT, &[self.of_kind(ITEM)]),
            2 => term(facts::TRUSTS, &[self.somebody(), self.somebody()]),
            _ => term(facts::ALARM, &[]),
        }
    }

    pub fn entity_fact(&mut self) -> (FluentTerm, usize) {
        match self.tape.choose(4) {
            0 => (term(facts::AT, &[self.somebody()]), PLACE),
            1 => (term(facts::HOLDS, &[self.of_kind(ITEM)]), PLACE),
            2 => (term(facts::LOOKS, &[self.somebody()]), 1),
            _ => (term(facts::CHIEF, &[]), 1),
        }
    }

    pub fn number_fact(&mut self) -> FluentTerm {
        term(facts::COUNT, &[self.somebody()])
    }

    pub fn inner<T>(&mut self, body: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let made = body(self);
        self.depth -= 1;
        made
    }

    pub fn condition(&mut self) -> Expression {
        let simple = 9;
        let choice = self.tape.choose(if self.depth < 3 { 19 } else { simple });
        match choice {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Not(Box::new(Expression::Fluent(self.yes_or_no_fact()))),
            2 | 3 => self.entity_comparison(),
            4 => self.number_comparison(),
            5 => read(facts::NEAR, &[self.somebody(), self.somebody()]),
            6 => read(facts::RICH, &[self.somebody()]),
            7 => {
                let [left, right] = [self.somebody(), self.somebody()].map(Expression::Entity);
                compare(Comparison::NotEqual, left, right)
            }
            8 => self.remembered(),
            9 => Expression::Not(Box::new(self.inner(Self::condition))),
            10 => Expression::And(vec![self.inner(Self::condition), self.inner(Self::condition)]),
            11 => Expression::Or(vec![self.inner(Self::condition), self.inner(Self::condition)]),
            12 | 13 => {
                let who = self.somebody();
                Expression::Believes(who, Box::new(self.inner(Self::condition)))
            }
            14 => {
                let who = self.somebody();
                Expression::Knows(who, Box::new(self.inner(Self::condition)))
            }
            15 => self.asked(),
            16 => {
                let of = self.tape.pick(&[1, ITEM]);
                let quantifier = self.tape.pick(&[Quantifier::Exists, Quantifier::ForAll]);
                let binding = self.bound(of);
                let body = self.inner(Self::condition);
                self.unbound(of);
                Expression::Quantified(quantifier, binding, Box::new(body))
            }
            17 => {
                let (fact, _) = self.entity_fact();
                Expression::IsKind(Box::new(Expression::Fluent(fact)), KindId::from_index(self.tape.pick(&[PLACE, 1])))
            }
            _ => self.equivalence(),
        }
    }

    /// `knows whether`, `wonders`: of a condition or of a value.
    pub fn asked(&mut self) -> Expression {
        let who = self.somebody();
        let inner = match self.tape.choose(3) {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Fluent(self.entity_fact().0),
            _ => self.entity_comparison(),
        };
        if self.tape.once_in(2) {
            Expression::Wonders(who, Box::new(inner))
        } else {
            Expression::KnowsWhether(who, Box::new(inner))
        }
    }

    pub fn equivalence(&mut self) -> Expression {
        let comparison = self.tape.pick(&[Comparison::Equal, Comparison::NotEqual]);
        let left = Expression::Fluent(self.yes_or_no_fact());
        let right = match self.tape.choose(3) {
            0 => Expression::Boolean(self.tape.once_in(2)),
            1 => Expression::Fluent(self.yes_or_no_fact()),
            _ => self.entity_comparison(),
        };
        compare(comparison, left, right)
    }

    pub fn entity_comparison(&mut self) -> Expression {
        let comparison = self.tape.pick(&[Comparison::Equal, Comparison::NotEqual]);
        let (fact, of) = self.entity_fact();
        let mut left = Expression::Fluent(fact);
        if self.tape.once_in(4) {
            left = Expression::Believes(self.somebody(), Box::new(left));
        }
        let right = match self.tape.choose(5) {
            0..3 => Expression::Entity(self.of_kind(of)),
            3 => Expression::Fluent(self.entity_fact().0),
            _ => Expression::Unknown,
        };
        compare(comparison, left, right)
    }

    pub fn number_comparison(&mut self) -> Expression {
        let comparison = self.tape.pick(&[
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ]);
        let mut left = Expression::Fluent(self.number_fact());
        if self.tape.once_in(4) {
            left = Expression::Believes(self.somebody(), Box::new(left));
        }
        let right = match self.tape.choose(5) {
            0..3 => Expression::Number(self.tape.choose(3) as f64),
            3 => self.sum(),
            _ => Expression::Unknown,
        };
        compare(comparison, left, right)
    }

    pub fn sum(&mut self) -> Expression {
        let operator = self.tape.pick(&[Arithmetic::Add, Arithmetic::Subtract]);
        let left = Expression::Fluent(self.number_fact());
        Expression::Arithmetic(operator, Box::new(left), Box::new(Expression::Number(1.0)))
    }

    pub fn remembered(&mut self) -> Expression {
        let event = self.pattern();
        if self.tape.once_in(2) {
            let times = Expression::Times { event, since: None, until: None };
            compare(Comparison::GreaterOrEqual, times, Expression::Number(self.tape.choose(3) as f64))
        } else {
            Expression::Happened(event)
        }
    }

    pub fn pattern(&mut self) -> EventTerm {
        let action = self.tape.choose(self.world.actions.len());
        let mut arguments = Vec::new();
        for parameter in &self.world.actions[action].parameters {
            arguments.push(match &parameter.kind {
                ParameterKind::Entity(kinds) if !self.tape.once_in(2) => {
                    let of = kinds[0].index();
                    EventArgument::Term(self.of_kind(of))
                }
                _ => EventArgument::Anyone,
            });
        }
        EventTerm { action: ActionId::from_index(action), arguments }
    }

    /// One assignment, of any kind of value.
    pub fn assignment(&mut self) -> Effect {
        match self.tape.choose(5) {
            0 => Effect::Assign(self.yes_or_no_fact(), Expression::Boolean(!self.tape.once_in(3))),
            1 | 2 => {
                let (fact, of) = self.entity_fact();
                let value = match self.tape.choose(6) {
                    0..4 => Expression::Entity(self.of_kind(of)),
                    4 => Expression::Fluent(if of == 1 {
                        term(facts::CHIEF, &[])
                    } else {
                        term(facts::AT, &[self.somebody()])
                    }),
                    _ => Expression::Unknown,
                };
                Effect::Assign(fact, value)
            }
            3 => {
                let fact = self.number_fact();
                let value = match self.tape.choose(5) {
                    0..2 => Expression::Number(self.tape.choose(3) as f64),
                    2 => self.sum(),
                    3 => Expression::Fluent(self.number_fact()),
                    _ => Expression::Unknown,
                };
                Effect::Assign(fact, value)
            }
            _ => {
                let fact = self.yes_or_no_fact();
                let value = match self.tape.choose(3) {
                    0 => Expression::Fluent(self.yes_or_no_fact()),
                    1 => Expression::Believes(self.somebody(), Box::new(Expression::Fluent(self.yes_or_no_fact()))),
                    _ => self.inner(Self::condition),
                };
                Effect::Assign(fact, value)
            }
        }
    }

    pub fn effect(&mut self) -> Effect {
        match self.tape.choose(if self.depth < 3 { 8 } else { 1 }) {
            0 | 1 => self.assignment(),
            2..5 => {
                let who = self.somebody();
                Effect::Believes(who, Box::new(self.inner(Self::effect)))
            }
            5 => {
                let test = self.inner(Self::condition);
                Effect::If(test, Box::new(self.inner(Self::effect)))
            }
            6 => {
                let of = self.tape.pick(&[1, ITEM]);
                let binding = self.bound(of);
                let body = self.inner(Self::effect);
                self.unbound(of);
                Effect::ForAll(binding, Box::new(body))
            }
            _ => {
                // Somebody learns what is so.
                let fact = self.yes_or_no_fact();
                let learned = Effect::Assign(fact.clone(), Expression::Fluent(fact));
                Effect::Believes(self.somebody(), Box::new(learned))
            }
        }
    }

    pub fn seeing(&mut self, thing: bool) -> (Expression, Effect) {
        let [who, other, place] = [variable(0), variable(1), variable(2)];
        let seen = if thing { facts::HOLDS } else { facts::AT };
        let is = |fact, subject| compare(Comparison::Equal, read(fact, &[subject]), Expression::Entity(place));
        let believed = Expression::Believes(who, Box::new(read(seen, &[other])));
        let unbelieved = compare(Comparison::NotEqual, believed, Expression::Entity(place));
        let learned = Effect::Assign(term(seen, &[other]), Expression::Entity(place));
        let condition = Expression::And(vec![is(facts::AT, who), is(seen, other), unbelieved]);
        (condition, Effect::Believes(who, Box::new(learned)))
    }

    pub fn observation(&mut self, action: usize) -> Observation {
        let (observer, condition) = self.observer();
        let noticed_as = self.tape.once_in(3).then(|| self.appearance(action));
        self.observed(observer, condition, noticed_as)
    }

    /// To whom a fact is plain, or whom a guise deceives.
    pub fn plain(&mut self) -> Observation {
        let (observer, condition) = self.observer();
        self.observed(observer, condition, None)
    }

    fn observer(&mut self) -> (Observer, Expression) {
        let observer = if self.tape.once_in(4) && !self.scope.characters.is_empty() {
            Observer::One(self.tape.pick(&self.scope.characters.clone()))
        } else {
            Observer::Every(self.bound(1))
        };
        let condition = if self.tape.once_in(3) { Expression::Boolean(true) } else { self.inner(Self::condition) };
        (observer, condition)
    }

    fn observed(&mut self, observer: Observer, condition: Expression, noticed_as: Option<EventTerm>) -> Observation {
        if matches!(observer, Observer::Every(_)) {
            self.unbound(1);
        }
        Observation { observer, condition, openly: self.tape.once_in(5), noticed_as, span: span() }
    }

    /// What somebody takes an action for: the same with other arguments, or another.
    pub fn appearance(&mut self, own: usize) -> EventTerm {
        let others: Vec<usize> =
            (0..self.world.actions.len()).filter(|&other| other != 0 || self.scope.statement.is_some()).collect();
        let action = if self.tape.once_in(2) { self.tape.pick(&others) } else { own };
        let mut arguments = Vec::new();
        for parameter in &self.world.actions[action].parameters {
            arguments.push(match (&parameter.kind, self.scope.statement) {
                (ParameterKind::Entity(_), _) if self.tape.once_in(4) => EventArgument::Anyone,
                (ParameterKind::Entity(kinds), _) => {
                    let of = kinds[0].index();
                    EventArgument::Term(self.of_kind(of))
                }
                (_, Some(statement)) => EventArgument::StatementVariable(statement),
                _ => EventArgument::Anyone,
            });
        }
        EventTerm { action: ActionId::from_index(action), arguments }
    }

    /// A literal, nested in beliefs.
    pub fn statement(&mut self) -> Expression {
        let mut statement = match self.tape.choose(8) {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Not(Box::new(Expression::Fluent(self.yes_or_no_fact()))),
            2 => {
                let (fact, of) = self.entity_fact();
                compare(Comparison::Equal, Expression::Fluent(fact), Expression::Entity(self.of_kind(of)))
            }
            3 => {
                let fact = Expression::Fluent(self.number_fact());
                compare(Comparison::Equal, fact, Expression::Number(self.tape.choose(3) as f64))
            }
            4 => {
                let fact = self.entity_fact().0;
                compare(Comparison::Equal, Expression::Fluent(fact), Expression::Unknown)
            }
            5 => Expression::Happened(self.pattern()),
            6 => Expression::Not(Box::new(Expression::Happened(self.pattern()))),
            _ => {
                let (fact, of) = self.entity_fact();
                let equal = compare(Comparison::Equal, Expression::Fluent(fact), Expression::Entity(self.of_kind(of)));
                Expression::Not(Box::new(equal))
            }
        };
        for _ in 0..self.tape.choose(4) {
            statement = Expression::Believes(self.somebody(), Box::new(statement));
        }
        statement
    }
}
