//! Unfolding effects, and statements made so, into ground changes.

use super::compile::{Compiled, Compiler, Sense};
use super::templates::StatedChange;
use super::whereabouts;
use super::{Amount, Atom, ChainId, Change, Condition, GroundError, Place, Value, errors};
use crate::world::everybody::{self, Instance};
use crate::world::{Comparison, Effect, Expression, FluentTerm, Quantifier, Term, VariableId};

fn not_a_change(what: &str) -> GroundError {
    GroundError::new(&errors::NOT_A_CHANGE, what)
}

/// Collects the changes of one effect.
pub(crate) struct Changing<'c, 'a, 'w> {
    compiler: &'c mut Compiler<'a, 'w>,
    changes: Vec<Change>,
    /// What must hold for the changes being collected.
    conditions: Vec<Condition>,
    /// Statements without bindings are left open.
    open: bool,
    /// What is collected comes from a statement that is taken over from somebody.
    hearsay: bool,
    stated: Vec<StatedChange>,
}

impl<'c, 'a, 'w> Changing<'c, 'a, 'w> {
    pub(crate) fn new(compiler: &'c mut Compiler<'a, 'w>) -> Self {
        Self { compiler, changes: Vec::new(), conditions: Vec::new(), open: false, hearsay: false, stated: Vec::new() }
    }

    pub(crate) fn leave_statements_open(&mut self, open: bool) {
        self.open = open;
    }

    /// The changes, and those of open statements.
    pub(crate) fn finish_open(self) -> (Vec<Change>, Vec<StatedChange>) {
        let is_belief = |change: &Change| change.place.chain != ChainId::REAL;
        (whereabouts::completed(self.compiler.problem, self.changes, is_belief), self.stated)
    }

    fn push_stated(&mut self, statement: VariableId, chain: ChainId) -> Compiled<()> {
        let believers = self.compiler.problem.believers(chain);
        let own = believers.len() == 1;
        let Some(&head) = believers.first() else {
            return Err(not_a_change("an open statement is made so outright"));
        };
        let condition = Condition::all(self.conditions.iter().cloned());
        if condition != Condition::Constant(false) {
            self.stated.push(StatedChange { condition, chain, head, statement, own });
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Vec<Change> {
        whereabouts::completed(self.compiler.problem, self.changes, |_| true)
    }

    fn push(&mut self, place: Place, value: Amount) -> Compiled<()> {
        let mut condition = Condition::all(self.conditions.iter().cloned());
        if self.hearsay
            && let &[hearer] = self.compiler.problem.believers(place.chain)
        {
            let told = if let &Amount::Constant(value) = &value { value } else { Value::UNKNOWN };
            let heeded = self.compiler.problem.heeded((place.fluent, told))?;
            let heeded = heeded.and_then(|heeded| heeded.get(hearer.index()).cloned());
            condition = Condition::all([condition].into_iter().chain(heeded));
        }
        self.changes.push(Change { condition, place, value });
        Ok(())
    }

    /// Makes the statement bound to `variable` so, or not so, as it is taken over from somebody.
    fn heard(
        &mut self,
        variable: VariableId,
        chain: ChainId,
        make: fn(&mut Self, &Expression, ChainId) -> Compiled<()>,
    ) -> Compiled<()> {
        let statement = self.compiler.bindings.statement(variable)?;
        let before = std::mem::replace(&mut self.hearsay, true);
        let result = make(self, &statement, chain);
        self.hearsay = before;
        result
    }

    fn under(&mut self, condition: Condition, body: impl FnOnce(&mut Self) -> Compiled<()>) -> Compiled<()> {
        self.conditions.push(condition);
        let result = body(self);
        self.conditions.pop();
        result
    }

    /// `effect` on what `chain` believes; conditions and values are read at the level of the event.
    pub(crate) fn effect(&mut self, effect: &Effect, chain: ChainId) -> Compiled<()> {
        match effect {
            Effect::Assign(written, value) => self.assign(written, value, chain),
            Effect::Believes(who, inner) => {
                let chain = self.compiler.believed(chain, *who)?;
                self.effect(inner, chain)
            }
            Effect::Statement(variable) if self.open && self.compiler.bindings.get(*variable).is_none() => {
                self.push_stated(*variable, chain)
            }
            Effect::Statement(variable) => self.heard(*variable, chain, Self::made_so),
            Effect::Stated(statement) => self.made_so(statement, chain),
            Effect::If(test, inner) => {
                let test = self.compiler.condition(test, ChainId::REAL, Sense::So)?;
                if test == Condition::Constant(false) {
                    return Ok(());
                }
                self.under(test, |this| this.effect(inner, chain))
            }
            Effect::ForAll(binding, inner) => {
                let entities = self.compiler.problem.entities_of(&binding.kinds);
                for &entity in entities.iter() {
                    let bound = Some(super::closing::Bound::Entity(entity));
                    let before = self.compiler.bindings.bind(binding.variable, bound);
                    let result = self.effect(inner, chain);
                    self.compiler.bindings.bind(binding.variable, before);
                    result?;
                }
                Ok(())
            }
            Effect::All(parts) => parts.iter().try_for_each(|part| self.effect(part, chain)),
        }
    }

    /// The place that `written` names; `None` for a fact of `someone`, which nothing changes.
    fn place(&mut self, written: &FluentTerm, chain: ChainId) -> Compiled<Option<Place>> {
        let fluent = &self.compiler.problem.world.fluents[written.fluent.index()];
        if fluent.definition.is_some() {
            return Err(not_a_change(&format!("“{}” follows from other facts and cannot be made so", fluent.name)));
        }
        match self.compiler.amount(&Expression::Fluent(written.clone()), chain)? {
            Amount::Place(place) => Ok(Some(place)),
            _ => Ok(None),
        }
    }

    fn assign(&mut self, written: &FluentTerm, value: &Expression, chain: ChainId) -> Compiled<()> {
        let Some(place) = self.place(written, chain)? else { return Ok(()) };
        self.value(place, value, ChainId::REAL)
    }

    /// `place` gets `value`, read in what `reader` believes; branches and conditions become cases of their own.
    fn value(&mut self, place: Place, value: &Expression, reader: ChainId) -> Compiled<()> {
        if let Expression::If(branches, otherwise) = value {
            let mut failed = Vec::new();
            for (test, value) in branches {
                let holds = self.compiler.condition(test, reader, Sense::So)?;
                let case = Condition::all(failed.iter().cloned().chain([holds]));
                self.under(case, |this| this.value(place, value, reader))?;
                failed.push(self.compiler.condition(test, reader, Sense::Not)?);
            }
            return self.under(Condition::all(failed), |this| this.value(place, otherwise, reader));
        }
        let literal = matches!(value, Expression::Boolean(_) | Expression::Unknown);
        if self.compiler.is_condition(value) && !literal && !self.compiler.is_plain(value) {
            let yes = self.compiler.condition(value, reader, Sense::So)?;
            let no = self.compiler.condition(value, reader, Sense::Not)?;
            self.under(yes, |this| this.push(place, Amount::Constant(Value::YES)))?;
            return self.under(no, |this| this.push(place, Amount::Constant(Value::NO)));
        }
        let value = self.compiler.amount(value, reader)?;
        self.push(place, value)
    }

    /// Makes `statement` so in what `chain` believes; its values are read there too.
    pub(crate) fn made_so(&mut self, statement: &Expression, chain: ChainId) -> Compiled<()> {
        if let Some(instances) = everybody::instances(self.compiler.problem.world, statement) {
            return instances.iter().try_for_each(|instance| self.made_so_of(instance, chain));
        }
        match statement {
            Expression::Boolean(true) => Ok(()),
            Expression::Fluent(_) | Expression::Happened(_) => self.constant(statement, Value::YES, chain),
            Expression::Not(inner) => self.made_not_so(inner, chain),
            Expression::And(parts) => parts.iter().try_for_each(|part| self.made_so(part, chain)),
            Expression::Compare(Comparison::Equal, left, right) => self.made_equal(left, right, chain),
            Expression::Compare(Comparison::NotEqual, left, right) => {
                let equal = Expression::Compare(Comparison::Equal, left.clone(), right.clone());
                self.unmade(&equal, chain)
            }
            Expression::Believes(who, inner) => {
                let chain = self.compiler.believed(chain, *who)?;
                self.made_so(inner, chain)
            }
            Expression::Knows(who, inner) => {
                self.made_so(inner, chain)?;
                let chain = self.compiler.believed(chain, *who)?;
                self.made_so(inner, chain)
            }
            Expression::KnowsWhether(who, inner) => self.learned(*who, inner, chain),
            Expression::Wonders(who, inner) => self.forgotten(*who, inner, chain),
            Expression::Quantified(Quantifier::ForAll, binding, body) => {
                let entities = self.compiler.problem.entities_of(&binding.kinds);
                for &entity in entities.iter() {
                    let bound = Some(super::closing::Bound::Entity(entity));
                    let before = self.compiler.bindings.bind(binding.variable, bound);
                    let result = self.made_so(body, chain);
                    self.compiler.bindings.bind(binding.variable, before);
                    result?;
                }
                Ok(())
            }
            Expression::Statement(variable) => self.heard(*variable, chain, Self::made_so),
            _ => Err(not_a_change("the statement does not say which fact gets which value, so it cannot be made so")),
        }
    }

    fn made_so_of(&mut self, instance: &Instance, chain: ChainId) -> Compiled<()> {
        let counted = match &instance.counted {
            Some(counted) => self.compiler.condition(counted, chain, Sense::So)?,
            None => Condition::Constant(true),
        };
        self.under(counted, |this| this.made_so(&instance.held, chain))
    }

    fn constant(&mut self, fact: &Expression, value: Value, chain: ChainId) -> Compiled<()> {
        if let Some(place) = self.statement_place(fact, chain)? {
            self.push(place, Amount::Constant(value))?;
        }
        Ok(())
    }

    fn statement_place(&mut self, fact: &Expression, chain: ChainId) -> Compiled<Option<Place>> {
        match fact {
            Expression::Fluent(written) => self.place(written, chain),
            Expression::Believes(who, inner) => {
                let chain = self.compiler.believed(chain, *who)?;
                self.statement_place(inner, chain)
            }
            Expression::Happened(_) | Expression::Times { .. } | Expression::Time => {
                match self.compiler.amount(fact, chain)? {
                    Amount::Place(place) => Ok(Some(place)),
                    _ => Ok(None),
                }
            }
            _ => Err(not_a_change("only a fact can be given a value")),
        }
    }

    fn made_equal(&mut self, left: &Expression, right: &Expression, chain: ChainId) -> Compiled<()> {
        let is_fact = |side: &Expression| {
            matches!(
                side,
                Expression::Fluent(_)
                    | Expression::Believes(..)
                    | Expression::Happened(_)
                    | Expression::Times { .. }
                    | Expression::Time
            )
        };
        let (fact, value) = if is_fact(left) { (left, right) } else { (right, left) };
        match self.statement_place(fact, chain)? {
            Some(place) => self.value(place, value, chain),
            None => Ok(()),
        }
    }

    fn made_not_so(&mut self, inner: &Expression, chain: ChainId) -> Compiled<()> {
        match inner {
            Expression::Boolean(false) => Ok(()),
            Expression::Fluent(_) | Expression::Happened(_) => self.constant(inner, Value::NO, chain),
            Expression::Not(inner) => self.made_so(inner, chain),
            Expression::Or(parts) => parts.iter().try_for_each(|part| self.made_not_so(part, chain)),
            Expression::Compare(Comparison::NotEqual, left, right) => self.made_equal(left, right, chain),
            Expression::Compare(Comparison::Equal, ..) => self.unmade(inner, chain),
            Expression::Believes(who, inner) | Expression::Knows(who, inner) => {
                let chain = self.compiler.believed(chain, *who)?;
                self.unmade(inner, chain)
            }
            Expression::KnowsWhether(who, inner) => self.forgotten(*who, inner, chain),
            Expression::Wonders(who, inner) => self.learned(*who, inner, chain),
            Expression::Statement(variable) => self.heard(*variable, chain, Self::made_not_so),
            _ => Err(not_a_change("the opposite of the statement does not say which fact gets which value")),
        }
    }

    /// Where `statement` is so, its fact becomes unknown.
    fn unmade(&mut self, statement: &Expression, chain: ChainId) -> Compiled<()> {
        match statement {
            Expression::Believes(who, inner) | Expression::Knows(who, inner) => {
                let chain = self.compiler.believed(chain, *who)?;
                return self.unmade(inner, chain);
            }
            Expression::Statement(variable) => return self.heard(*variable, chain, Self::unmade),
            _ => {}
        }
        let holds = self.compiler.condition(statement, chain, Sense::So)?;
        let place = match &holds {
            Condition::Atom(Atom::Is { place, equal: true, .. }) => *place,
            Condition::Atom(Atom::Same { left, equal: true, .. }) => *left,
            Condition::Constant(false) => return Ok(()),
            _ => return Err(not_a_change("only a fact with its value can be made not so")),
        };
        self.under(holds, |this| this.push(place, Amount::Constant(Value::UNKNOWN)))
    }

    /// `who` gets to know what `inner` reads.
    fn learned(&mut self, who: Term, inner: &Expression, chain: ChainId) -> Compiled<()> {
        let believer = self.compiler.bindings.entity(who)?;
        for place in self.compiler.read_by(who, inner, chain)? {
            // The chain of `place` is that of `inner` seen by `who`; what is so is read one believer further out.
            let mut believers = self.compiler.problem.chains.believers(place.chain).to_vec();
            if let Some(position) = believers.iter().position(|&one| one == believer) {
                believers.remove(position);
            }
            let real = Place { chain: self.compiler.problem.chains.intern(&believers), fluent: place.fluent };
            self.push(place, Amount::Place(real))?;
        }
        Ok(())
    }

    /// What `inner` reads becomes unknown to `who`.
    fn forgotten(&mut self, who: Term, inner: &Expression, chain: ChainId) -> Compiled<()> {
        for place in self.compiler.read_by(who, inner, chain)? {
            self.push(place, Amount::Constant(Value::UNKNOWN))?;
        }
        Ok(())
    }
}
