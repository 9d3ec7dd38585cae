//! Unfolding formulas into ground conditions and amounts: variables replaced, quantifiers and derived facts written out,
//! negation pushed inwards.
//!
//! `not F` of a yes/no fact is `F = no`, false where the fact is unknown. `not (c believes F)` and `not (c knows F)` are
//! what the words say: true where c's belief is unknown.

use super::closing::{Bindings, Bound};
use super::comparisons;
use super::{Amount, Atom, ChainId, Condition, GroundError, GroundFluentId, Place, Problem, Value, errors};
use crate::diagnostic::grouped;
use crate::world::{Binding, Comparison, EntityId, Expression, FluentTerm, Quantifier, Term, ValueKind, World};

/// Formulas, and derived facts in them, may be this deep.
pub(crate) const MAX_DEPTH: usize = 200;

/// How a condition is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It holds.
    So,
    /// It is false: unknown will not do.
    Not,
    /// It does not hold: unknown will do.
    Unless,
    /// It is not false: unknown will do.
    Perhaps,
}

impl Sense {
    /// The sense of `not` inside this one.
    fn negated(self) -> Self {
        match self {
            Self::So => Self::Not,
            Self::Not => Self::So,
            Self::Unless => Self::Perhaps,
            Self::Perhaps => Self::Unless,
        }
    }

    /// Whether it is asked for, not against.
    fn is_positive(self) -> bool {
        matches!(self, Self::So | Self::Perhaps)
    }

    /// Whether unknown will do.
    fn allows_unknown(self) -> bool {
        matches!(self, Self::Unless | Self::Perhaps)
    }

    /// The sense of `not` around a belief.
    fn of_belief(self) -> Self {
        if self.is_positive() { Self::So } else { Self::Unless }
    }
}

/// Unfolds the formulas of one declaration.
pub(crate) struct Compiler<'a, 'w> {
    pub(crate) problem: &'a mut Problem<'w>,
    pub(crate) bindings: Bindings,
    /// A fact that is read as if it had this value; not in anybody's beliefs.
    supposed: Option<(GroundFluentId, Value)>,
    depth: usize,
    parts: usize,
}

pub(crate) type Compiled<T> = Result<T, GroundError>;

fn misplaced(what: &str) -> GroundError {
    GroundError::new(&errors::MISPLACED, what)
}

fn is(place: Place, value: Value, equal: bool) -> Condition {
    Condition::Atom(Atom::Is { place, value, equal })
}

impl<'a, 'w> Compiler<'a, 'w> {
    pub(crate) fn new(problem: &'a mut Problem<'w>, bindings: Bindings) -> Self {
        Self { problem, bindings, supposed: None, depth: 0, parts: 0 }
    }

    /// The condition that `expression` would hold, in the given sense, if the fact had the value.
    pub(crate) fn condition_supposing(
        &mut self,
        supposed: (GroundFluentId, Value),
        expression: &Expression,
        sense: Sense,
    ) -> Compiled<Condition> {
        let before = self.supposed.replace(supposed);
        let condition = self.condition(expression, ChainId::REAL, sense);
        self.supposed = before;
        condition
    }

    /// How many parts were written out.
    pub(crate) fn parts(&self) -> usize {
        self.parts
    }

    pub(crate) fn world(&self) -> &'w World {
        self.problem.world
    }

    /// Runs `body` one level deeper, within the limits.
    pub(crate) fn deeper<T>(&mut self, body: impl FnOnce(&mut Self) -> Compiled<T>) -> Compiled<T> {
        self.parts += 1;
        if self.depth >= MAX_DEPTH {
            let message = format!(
                "this is nested more than {MAX_DEPTH} deep, with the facts that follow from others written out"
            );
            return Err(GroundError::new(&errors::TOO_LARGE_FORMULA, message)
                .help("let fewer facts follow from facts that follow from others (`means`)"));
        }
        if self.parts > self.problem.limits.parts {
            let most = grouped(self.problem.limits.parts);
            let message = format!(
                "written out this has more than {most} parts: one for each choice of its `for all`, `exists`, `sum` and \
                 `count`, and of those in the facts that follow from others"
            );
            return Err(GroundError::new(&errors::TOO_LARGE_FORMULA, message)
                .help("fewer of these inside each other, or narrower kinds for them, make fewer parts"));
        }
        self.depth += 1;
        let result = body(self);
        self.depth -= 1;
        result
    }

    /// The condition that `expression` holds, in the given sense, in the beliefs of `chain`.
    pub(crate) fn condition(&mut self, expression: &Expression, chain: ChainId, sense: Sense) -> Compiled<Condition> {
        self.deeper(|this| this.condition_inside(expression, chain, sense))
    }

    fn condition_inside(&mut self, expression: &Expression, chain: ChainId, sense: Sense) -> Compiled<Condition> {
        let so = sense.is_positive();
        match expression {
            Expression::Boolean(holds) => Ok(Condition::Constant(*holds == so)),
            Expression::Unknown => Ok(Condition::Constant(sense.allows_unknown())),
            Expression::Not(inner) => self.condition(inner, chain, sense.negated()),
            Expression::And(parts) => {
                Condition::try_joined(so, parts.iter().map(|part| self.condition(part, chain, sense)))
            }
            Expression::Or(parts) => {
                Condition::try_joined(!so, parts.iter().map(|part| self.condition(part, chain, sense)))
            }
            Expression::Compare(comparison, left, right) => self.comparison((*comparison, left, right), chain, sense),
            Expression::Fluent(read) => self.yes_or_no(read, chain, sense),
            Expression::Happened(_) => {
                let amount = self.amount(expression, chain)?;
                Ok(boolean(&amount, sense))
            }
            Expression::Believes(who, inner) => {
                let chain = self.believed(chain, *who)?;
                self.condition(inner, chain, sense.of_belief())
            }
            Expression::Knows(who, inner) => {
                let believed = self.believed(chain, *who)?;
                let believed = self.condition(inner, believed, sense.of_belief())?;
                let real = self.condition(inner, chain, sense.of_belief())?;
                Ok(either(so, vec![believed, real]))
            }
            Expression::KnowsWhether(who, inner) => self.knows_whether(*who, inner, chain, so),
            Expression::Wonders(who, inner) => self.wonders(*who, inner, chain, so),
            Expression::Quantified(quantifier, binding, body) => match quantifier {
                Quantifier::ForAll => self.unfolded(binding, body, chain, sense),
                Quantifier::Exists => self.unfolded(binding, body, chain, sense),
                Quantifier::Sum | Quantifier::Product | Quantifier::Count => {
                    Err(misplaced("a number is used where a condition belongs"))
                }
            }
            .map(|parts| either(so == (*quantifier == Quantifier::ForAll), parts)),
            Expression::If(branches, otherwise) => self.condition_if(branches, otherwise, chain, sense),
            Expression::IsKind(inner, kind) => {
                let amount = self.amount(inner, chain)?;
                self.is_kind(&amount, *kind, so)
            }
            Expression::Statement(variable) => {
                let statement = self.bindings.statement(*variable)?;
                self.closed(Bindings::default(), |this| this.condition(&statement, chain, sense))
            }
            Expression::Number(_)
            | Expression::Entity(_)
            | Expression::Times { .. }
            | Expression::Time
            | Expression::Arithmetic(..) => Err(misplaced("a value is used where a condition belongs")),
        }
    }

    pub(crate) fn unfolded(
        &mut self,
        binding: &Binding,
        body: &Expression,
        chain: ChainId,
        sense: Sense,
    ) -> Compiled<Vec<Condition>> {
        self.for_each(binding, |this| this.condition(body, chain, sense))
    }

    /// Runs `body` with the variable bound to each entity in turn.
    pub(crate) fn for_each<T>(
        &mut self,
        binding: &Binding,
        mut body: impl FnMut(&mut Self) -> Compiled<T>,
    ) -> Compiled<Vec<T>> {
        let entities = self.problem.entities_of(&binding.kinds);
        let mut results = Vec::with_capacity(entities.len());
        for &entity in entities.iter() {
            let before = self.bindings.bind(binding.variable, Some(Bound::Entity(entity)));
            let result = body(self);
            self.bindings.bind(binding.variable, before);
            results.push(result?);
        }
        Ok(results)
    }

    /// Runs `body` with other bindings.
    pub(crate) fn closed<T>(&mut self, bindings: Bindings, body: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.bindings, bindings);
        let result = body(self);
        self.bindings = before;
        result
    }

    pub(crate) fn believed(&mut self, chain: ChainId, who: Term) -> Compiled<ChainId> {
        let who = self.bindings.entity(who)?;
        let depth = self.problem.chains.believers(chain).len();
        if depth >= self.problem.limits.nesting {
            return Err(GroundError::new(
                &errors::TOO_LARGE_FORMULA,
                format!("beliefs about beliefs are nested more than {} deep", self.problem.limits.nesting),
            )
            .help("say what fewer minds believe of each other, also in the facts that follow from others (`means`)"));
        }
        Ok(self.problem.chains.extend(chain, who))
    }

    fn yes_or_no(&mut self, read: &FluentTerm, chain: ChainId, sense: Sense) -> Compiled<Condition> {
        let fluent = &self.world().fluents[read.fluent.index()];
        if fluent.value != ValueKind::Boolean {
            return Err(misplaced("a fact with a value is used where a condition belongs"));
        }
        if let Some(definition) = &fluent.definition {
            let bindings = self.arguments(read)?;
            return self.closed(bindings, |this| this.condition(definition, chain, sense));
        }
        let amount = self.fact(read, chain)?;
        Ok(boolean(&amount, sense))
    }

    pub(crate) fn arguments(&self, read: &FluentTerm) -> Compiled<Bindings> {
        let entities =
            read.arguments.iter().map(|&term| self.bindings.entity(term)).collect::<Compiled<Vec<EntityId>>>()?;
        Ok(Bindings::of_entities(&entities))
    }

    /// The place of a fact that is not derived; a fact of `someone` is unknown.
    pub(crate) fn fact(&self, read: &FluentTerm, chain: ChainId) -> Compiled<Amount> {
        let entities = read.arguments.iter().map(|&term| self.bindings.entity(term));
        let fluent = self.problem.fluents.find_among(read.fluent, entities)?;
        Ok(fluent.map_or(Amount::Constant(Value::UNKNOWN), |fluent| self.place(fluent, chain)))
    }

    /// The place of a ground fact in the beliefs of `chain`; what `someone` believes is unknown.
    pub(crate) fn place(&self, fluent: GroundFluentId, chain: ChainId) -> Amount {
        let characters = self.world().characters;
        if self.problem.chains.believers(chain).iter().any(|believer| believer.index() >= characters) {
            return Amount::Constant(Value::UNKNOWN);
        }
        match self.supposed {
            Some((supposed, value)) if supposed == fluent && chain == ChainId::REAL => Amount::Constant(value),
            _ => Amount::Place(Place { chain, fluent }),
        }
    }

    fn comparison(
        &mut self,
        (comparison, left, right): (Comparison, &Expression, &Expression),
        chain: ChainId,
        sense: Sense,
    ) -> Compiled<Condition> {
        if let Expression::If(branches, otherwise) = left {
            let lift =
                |value: &Expression| Expression::Compare(comparison, Box::new(value.clone()), Box::new(right.clone()));
            let branches: Vec<_> = branches.iter().map(|(test, value)| (test.clone(), lift(value))).collect();
            return self.condition_if(&branches, &lift(otherwise), chain, sense);
        }
        if let Expression::If(branches, otherwise) = right {
            let lift =
                |value: &Expression| Expression::Compare(comparison, Box::new(left.clone()), Box::new(value.clone()));
            let branches: Vec<_> = branches.iter().map(|(test, value)| (test.clone(), lift(value))).collect();
            return self.condition_if(&branches, &lift(otherwise), chain, sense);
        }
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if equality && self.is_condition(left) && self.is_condition(right) {
            let equal = (comparison == Comparison::Equal) == sense.is_positive();
            if let Some(condition) = self.equal_conditions(left, right, chain, equal)? {
                return Ok(condition);
            }
        }
        let numeric = self.is_number(left) || self.is_number(right);
        let left = self.amount(left, chain)?;
        let right = self.amount(right, chain)?;
        let asked = if sense.is_positive() { comparison } else { comparisons::negated(comparison) };
        if equality || !sense.allows_unknown() {
            return Ok(comparisons::compared(asked, left, right, numeric));
        }
        let mut unknown = Vec::new();
        let mut add = |place| unknown.push(is(place, Value::UNKNOWN, true));
        left.places(&mut add);
        right.places(&mut add);
        Ok(Condition::any(std::iter::once(comparisons::compared(asked, left, right, numeric)).chain(unknown)))
    }

    /// Two conditions have, or have not, the same truth; `None` where both are plain facts or one is `?`.
    fn equal_conditions(
        &mut self,
        left: &Expression,
        right: &Expression,
        chain: ChainId,
        equal: bool,
    ) -> Compiled<Option<Condition>> {
        let sense = |so: bool| if so { Sense::So } else { Sense::Not };
        match (left, right) {
            (Expression::Unknown, _) | (_, Expression::Unknown) => Ok(None),
            (fact, Expression::Boolean(_)) | (Expression::Boolean(_), fact) if self.is_plain(fact) => Ok(None),
            (other, Expression::Boolean(yes)) | (Expression::Boolean(yes), other) => {
                self.condition(other, chain, sense(*yes == equal)).map(Some)
            }
            _ if self.is_plain(left) && self.is_plain(right) => Ok(None),
            _ => {
                let mut both = |first: bool, second: bool| {
                    let first = self.condition(left, chain, sense(first))?;
                    Ok(Condition::all([first, self.condition(right, chain, sense(second))?]))
                };
                Ok(Some(Condition::any([both(true, equal)?, both(false, !equal)?])))
            }
        }
    }

    /// A fact that is stored, perhaps as somebody believes it.
    pub(crate) fn is_plain(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Fluent(read) => self.world().fluents[read.fluent.index()].definition.is_none(),
            Expression::Happened(_) | Expression::Times { .. } | Expression::Time => true,
            Expression::Believes(_, inner) => self.is_plain(inner),
            _ => false,
        }
    }

    /// Whether `expression` is yes or no.
    pub(crate) fn is_condition(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Fluent(read) => self.world().fluents[read.fluent.index()].value == ValueKind::Boolean,
            Expression::Believes(_, inner) => self.is_condition(inner),
            Expression::If(_, otherwise) => self.is_condition(otherwise),
            Expression::Quantified(quantifier, ..) => {
                matches!(quantifier, Quantifier::ForAll | Quantifier::Exists)
            }
            Expression::Number(_)
            | Expression::Entity(_)
            | Expression::Unknown
            | Expression::Times { .. }
            | Expression::Time
            | Expression::Arithmetic(..) => false,
            _ => true,
        }
    }

    fn is_number(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Fluent(read) => self.world().fluents[read.fluent.index()].value == ValueKind::Number,
            Expression::Believes(_, inner) => self.is_number(inner),
            Expression::Number(_) | Expression::Times { .. } | Expression::Time | Expression::Arithmetic(..) => true,
            Expression::Quantified(quantifier, ..) => !matches!(quantifier, Quantifier::ForAll | Quantifier::Exists),
            _ => false,
        }
    }

    fn knows_whether(&mut self, who: Term, inner: &Expression, chain: ChainId, so: bool) -> Compiled<Condition> {
        let believed = self.believed(chain, who)?;
        if self.is_condition(inner) && !self.is_plain(inner) {
            let mut both = |sense| {
                let believed = self.condition(inner, believed, sense)?;
                Ok(either(so, vec![believed, self.condition(inner, chain, sense)?]))
            };
            let senses = if so { [Sense::So, Sense::Not] } else { [Sense::Unless, Sense::Unless] };
            if so {
                return Ok(Condition::any([both(senses[0])?, both(senses[1])?]));
            }
            let yes = self.knows_whether_not(inner, believed, chain)?;
            return Ok(yes);
        }
        let thought = self.amount(inner, believed)?;
        let real = self.amount(inner, chain)?;
        let (same, known) =
            if so { (Comparison::Equal, Comparison::NotEqual) } else { (Comparison::NotEqual, Comparison::Equal) };
        let known = comparisons::compared(known, thought.clone(), Amount::Constant(Value::UNKNOWN), false);
        Ok(either(so, vec![known, comparisons::compared(same, thought, real, false)]))
    }

    /// Neither both so nor both not so.
    fn knows_whether_not(&mut self, inner: &Expression, believed: ChainId, real: ChainId) -> Compiled<Condition> {
        let opposite = Expression::Not(Box::new(inner.clone()));
        let mut not_both = |expression: &Expression| {
            let first = self.condition(expression, believed, Sense::Unless)?;
            Ok(Condition::any([first, self.condition(expression, real, Sense::Unless)?]))
        };
        Ok(Condition::all([not_both(inner)?, not_both(&opposite)?]))
    }

    fn wonders(&mut self, who: Term, inner: &Expression, chain: ChainId, so: bool) -> Compiled<Condition> {
        let places = self.read_by(who, inner, chain)?;
        Ok(either(!so, places.into_iter().map(|place| is(place, Value::UNKNOWN, so)).collect()))
    }

    /// The places that `inner` reads in what `who` believes.
    pub(crate) fn read_by(&mut self, who: Term, inner: &Expression, chain: ChainId) -> Compiled<Vec<Place>> {
        let believed = self.believed(chain, who)?;
        let mut places = Vec::new();
        if self.is_condition(inner) {
            self.condition(inner, believed, Sense::So)?.places(&mut |place| places.push(place));
        } else {
            self.amount(inner, believed)?.places(&mut |place| places.push(place));
        }
        places.dedup();
        Ok(places)
    }

    fn condition_if(
        &mut self,
        branches: &[(Expression, Expression)],
        otherwise: &Expression,
        chain: ChainId,
        sense: Sense,
    ) -> Compiled<Condition> {
        let mut cases = Vec::new();
        let mut failed = Vec::new();
        for (test, value) in branches {
            let holds = self.condition(test, chain, Sense::So)?;
            let value = self.condition(value, chain, sense)?;
            cases.push(Condition::all(failed.iter().cloned().chain([holds, value])));
            failed.push(self.condition(test, chain, Sense::Not)?);
        }
        let otherwise = self.condition(otherwise, chain, sense)?;
        cases.push(Condition::all(failed.into_iter().chain([otherwise])));
        Ok(Condition::any(cases))
    }

    fn is_kind(&mut self, amount: &Amount, kind: crate::world::KindId, so: bool) -> Compiled<Condition> {
        let world = self.world();
        match amount {
            Amount::Constant(value) => {
                let fits = value.as_entity().is_some_and(|entity| world.is_of_kind(entity, kind));
                Ok(Condition::Constant(fits == so))
            }
            Amount::Place(place) => {
                let entities = world.entities_of(std::slice::from_ref(&kind));
                Ok(either(!so, entities.map(|entity| is(*place, Value::entity(entity), so)).collect()))
            }
            _ => Err(misplaced("a number is asked for its kind")),
        }
    }
}

/// All of `parts`, or any.
pub(crate) fn either(all: bool, parts: Vec<Condition>) -> Condition {
    Condition::joined(all, parts)
}

pub(crate) fn one_if(condition: Condition, yes: Value, no: Value) -> Amount {
    match condition {
        Condition::Constant(true) => Amount::Constant(yes),
        Condition::Constant(false) => Amount::Constant(no),
        other => Amount::If(vec![(other, Amount::Constant(yes))], Box::new(Amount::Constant(no))),
    }
}

/// A yes/no value as a condition.
fn boolean(amount: &Amount, sense: Sense) -> Condition {
    let (value, equal) = match sense {
        Sense::So => (Value::YES, true),
        Sense::Not => (Value::NO, true),
        Sense::Unless => (Value::YES, false),
        Sense::Perhaps => (Value::NO, false),
    };
    match amount {
        Amount::Place(place) => is(*place, value, equal),
        Amount::Constant(constant) => Condition::Constant((*constant == value) == equal),
        other => Condition::Atom(Atom::Amounts(Box::new((
            if equal { Comparison::Equal } else { Comparison::NotEqual },
            other.clone(),
            Amount::Constant(value),
        )))),
    }
}
