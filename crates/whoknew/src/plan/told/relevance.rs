//! What can matter: back from what is wanted, the facts, as somebody believes them perhaps, that can matter so many steps
//! before the end, and the acts that may change them.
//!
//! An act of which this knows nothing cannot be part of a minimal plan of that length; one that it lists may still be of
//! no use. Who notices what is left open, and so is what is the case now.

use super::acts::{Act, Write};
use super::purpose::Purpose;
use super::{Halt, Seeker};
use crate::ground::{Amount, Atom, ChainId, Condition, EventId, GroundFluentId, Place, Problem, Value, Viewing};
use crate::state::Situations;
use crate::world::{Arithmetic, EntityId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Beliefs about beliefs that are nested deeper than this are not looked at.
const DEEPEST: usize = 4;

/// What a fact should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Should {
    /// This.
    Be(Value),
    /// Anything but this.
    NotBe(Value),
    /// It matters what it is.
    Matter,
}

/// A fact that matters, as the holder of the purpose sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub(super) chain: ChainId,
    pub(super) fluent: GroundFluentId,
    pub(super) should: Should,
}

/// What can matter for one purpose.
#[derive(Debug, Default)]
pub(super) struct Relevant {
    /// By the steps left, this one included, less one: the acts that can matter, the holder's own first.
    acts: Vec<Rc<[u32]>>,
    /// What is wanted, with the steps from which on it can matter.
    wanted: FxHashMap<Wanted, usize>,
    by_fluent: FxHashMap<GroundFluentId, Vec<(Wanted, usize)>>,
}

impl Relevant {
    /// The acts that can matter when so many steps are left, that of the act included.
    pub(super) fn within(&self, left: usize) -> Rc<[u32]> {
        match self.acts.get(left.saturating_sub(1)).or(self.acts.last()) {
            Some(acts) => Rc::clone(acts),
            None => Rc::new([]),
        }
    }

    /// Whether the fact is wanted so.
    pub(super) fn wants(&self, wanted: &Wanted) -> bool {
        self.wanted.contains_key(wanted)
    }

    /// The fewest acts of a plan that can begin with this one, whatever others whose act it is think of it; `None` if no
    /// plan can.
    pub(super) fn fewest(&self, problem: &Problem<'_>, act: &Act, holder: Option<EntityId>) -> Option<usize> {
        let mut fewest: Option<usize> = None;
        for write in &act.writes {
            for &(wanted, step) in self.by_fluent.get(&write.fluent).into_iter().flatten() {
                let sooner = fewest.is_none_or(|fewest| step < fewest);
                if sooner && fits(wanted.should, write.value) && prefixes(problem, holder, write, wanted).is_some() {
                    fewest = Some(step);
                }
            }
        }
        fewest
    }
}

/// What is known of relevance, by purpose, steps and nesting.
#[derive(Debug, Default)]
pub(super) struct Relevance {
    known: FxHashMap<(Purpose, u8, u8), Rc<Relevant>>,
    /// By fact: rules that may change it, with the position of the change. And how many rules that covers.
    rules: FxHashMap<GroundFluentId, Vec<(usize, usize)>>,
    indexed: usize,
}

impl Relevance {
    fn index_rules(&mut self, problem: &Problem<'_>) {
        let instances = &problem.triggers.instances;
        for (index, instance) in instances.iter().enumerate().skip(self.indexed) {
            for (position, change) in instance.changes.iter().enumerate() {
                self.rules.entry(change.place.fluent).or_default().push((index, position));
            }
        }
        self.indexed = instances.len();
    }
}

impl Seeker {
    /// What can matter for a purpose within so many steps.
    pub(super) fn relevant(
        &mut self,
        situations: &mut Situations<'_>,
        purpose: Purpose,
        steps: u8,
        nesting: u8,
    ) -> Result<Rc<Relevant>, Halt> {
        let alone = purpose.holder.is_some() && (steps <= 1 || nesting == 0);
        let key = if alone { (purpose, 1, 0) } else { (purpose, steps, nesting) };
        if let Some(known) = self.relevance.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        self.relevance.index_rules(situations.problem());
        let mut finder = Finder { seeker: self, purpose, steps: key.1, nesting: key.2, found: Found::default() };
        finder.begin(situations);
        for step in 1..=usize::from(key.1) {
            finder.step(situations, step)?;
        }
        let found = Rc::new(finder.found.into_relevant(self, purpose, usize::from(key.1)));
        self.relevance.known.insert(key, Rc::clone(&found));
        Ok(found)
    }
}

#[derive(Default)]
struct Found {
    /// In the order in which they were found.
    list: Vec<Wanted>,
    known: FxHashMap<Wanted, usize>,
    by_steps: FxHashMap<u32, usize>,
    /// Acts that others would have no reason for.
    refused: FxHashSet<u32>,
    /// The steps from which on what is found now can matter.
    now: usize,
    read: FxHashSet<(u32, ChainId, GroundFluentId)>,
    /// How much of the list was looked at for rules, and for acts.
    for_rules: usize,
    for_acts: usize,
    /// How many acts there were then.
    acts: u32,
}

impl Found {
    fn into_relevant(self, seeker: &Seeker, purpose: Purpose, steps: usize) -> Relevant {
        let mut acts: Vec<(usize, u32, usize)> = Vec::new();
        for (&act, &from) in &self.by_steps {
            let others = seeker.acts.get(act).actors.iter().filter(|&&actor| Some(actor) != purpose.holder).count();
            acts.push((others, act, from));
        }
        acts.sort_unstable();
        let within = |left: usize| {
            acts.iter().filter(|&&(_, _, from)| from <= left).map(|&(_, act, _)| act).collect::<Rc<[u32]>>()
        };
        let acts = (1..=steps).map(within).collect();
        let mut by_fluent: FxHashMap<GroundFluentId, Vec<(Wanted, usize)>> = FxHashMap::default();
        for wanted in &self.list {
            by_fluent.entry(wanted.fluent).or_default().push((*wanted, self.known[wanted]));
        }
        Relevant { acts, wanted: self.known, by_fluent }
    }
}

struct Finder<'s> {
    seeker: &'s mut Seeker,
    purpose: Purpose,
    steps: u8,
    nesting: u8,
    found: Found,
}

impl Finder<'_> {
    fn begin(&mut self, situations: &mut Situations<'_>) {
        self.found.now = 1;
        if let Some(condition) = self.seeker.purposes.condition(self.purpose).cloned() {
            self.condition(situations.problem_mut(), &[], &condition, true);
            return;
        }
        for want in self.seeker.purposes.wants(situations, self.purpose) {
            let amount = situations.problem().utility(want).clone();
            self.raise(situations.problem_mut(), &amount);
        }
    }

    /// What would raise an amount.
    fn raise(&mut self, problem: &mut Problem<'_>, amount: &Amount) {
        match amount {
            Amount::Constant(_) => {}
            Amount::Arithmetic(Arithmetic::Add, left, right) => {
                self.raise(problem, left);
                self.raise(problem, right);
            }
            Amount::If(branches, otherwise) => match (branches.as_slice(), &**otherwise) {
                ([(condition, Amount::Constant(then))], Amount::Constant(other)) => {
                    let (then, other) = (number(*then), number(*other));
                    self.condition(problem, &[], condition, then >= other);
                }
                _ => self.matter(problem, &[], amount),
            },
            Amount::Place(place) if problem.value_kind(place.fluent) == crate::world::ValueKind::Boolean => {
                self.want(problem, &[], *place, Should::Be(Value::YES));
            }
            other => self.matter(problem, &[], other),
        }
    }

    fn matter(&mut self, problem: &mut Problem<'_>, before: &[EntityId], amount: &Amount) {
        let mut places = Vec::new();
        amount.places(&mut |place| places.push(place));
        for place in places {
            self.want(problem, before, place, Should::Matter);
        }
    }

    /// What would make `condition`, in the beliefs of those `before`, hold or fail.
    fn condition(&mut self, problem: &mut Problem<'_>, before: &[EntityId], condition: &Condition, hold: bool) {
        let mut wanted: Vec<(Place, Should)> = Vec::new();
        condition.atoms(&mut |atom| match atom {
            Atom::Is { place, value, equal } if *equal == hold => wanted.push((*place, Should::Be(*value))),
            Atom::Is { place, value, .. } => wanted.push((*place, Should::NotBe(*value))),
            other => other.places(&mut |place| wanted.push((place, Should::Matter))),
        });
        for (place, should) in wanted {
            self.want(problem, before, place, should);
        }
    }

    fn want(&mut self, problem: &mut Problem<'_>, before: &[EntityId], place: Place, should: Should) {
        let mut believers = before.to_vec();
        believers.extend_from_slice(problem.believers(place.chain));
        believers.dedup();
        if believers.first().copied() == self.purpose.holder && !believers.is_empty() {
            believers.remove(0);
        }
        if believers.len() > DEEPEST {
            return;
        }
        let chain = problem.place(&believers, place.fluent).chain;
        let wanted = |should| Wanted { chain, fluent: place.fluent, should };
        if !self.found.known.contains_key(&wanted(Should::Matter)) && !self.found.known.contains_key(&wanted(should)) {
            self.found.known.insert(wanted(should), self.found.now);
            self.found.list.push(wanted(should));
        }
    }

    /// Finds the acts that can matter when `step` steps are left.
    fn step(&mut self, situations: &mut Situations<'_>, step: usize) -> Result<(), Halt> {
        self.follow_rules(situations.problem_mut());
        self.found.now = step + 1;
        let until = self.found.list.len();
        for index in self.found.for_acts..until {
            let wanted = self.found.list[index];
            self.seeker.say_for(situations, (self.purpose, self.steps, self.nesting), wanted)?;
        }
        // Facts wanted since the last step, and all others again for acts that were said in between.
        let mut matched: Vec<(u32, u32, Wanted)> = Vec::new();
        for index in 0..until {
            let wanted = self.found.list[index];
            let new = index >= self.found.for_acts;
            for chain in self.written_chains(situations.problem_mut(), wanted.chain) {
                let writing = self.seeker.acts.writing(chain, wanted.fluent).iter();
                let fresh = writing.filter(|(act, _)| new || *act >= self.found.acts);
                matched.extend(fresh.map(|&(act, write)| (act, write, wanted)));
            }
        }
        self.found.acts = self.seeker.acts.list.len() as u32;
        self.found.for_acts = until;
        // What matters before the first act of all matters only to those who may imagine that others act.
        let last = step >= usize::from(self.steps) && !self.purpose.willing;
        for (act, write, wanted) in matched {
            if self.found.refused.contains(&act) {
                continue;
            }
            let write = self.seeker.acts.get(act).writes[write as usize];
            let prefixes = prefixes(situations.problem(), self.purpose.holder, &write, wanted);
            let Some(prefixes) = prefixes else { continue };
            let fits = fits(wanted.should, write.value);
            if !self.found.by_steps.contains_key(&act) {
                if !fits {
                    continue;
                }
                if !self.may_agree(situations, act)? {
                    self.found.refused.insert(act);
                    continue;
                }
                self.found.by_steps.insert(act, step);
                if !last {
                    self.needs_of(situations, act)?;
                }
            }
            if last {
                continue;
            }
            for prefix in prefixes {
                self.reads(situations.problem_mut(), act, (&write, fits), &prefix);
            }
        }
        Ok(())
    }

    /// The chains of beliefs in which a write may become one of `chain` if somebody notices it.
    fn written_chains(&self, problem: &mut Problem<'_>, chain: ChainId) -> Vec<ChainId> {
        let believers = problem.believers(chain).to_vec();
        let any = GroundFluentId::from_index(0);
        let mut chains: Vec<ChainId> =
            (0..=believers.len()).map(|from| problem.place(&believers[from..], any).chain).collect();
        if let Some(holder) = self.purpose.holder {
            let own: Vec<EntityId> = std::iter::once(holder).chain(believers).collect();
            chains.push(problem.place(&own, any).chain);
        }
        chains.dedup();
        chains
    }

    /// Whether the act could ever serve the wants of all others whose act it is.
    fn may_agree(&mut self, situations: &mut Situations<'_>, act: u32) -> Result<bool, Halt> {
        if !self.purpose.willing {
            return Ok(true);
        }
        for other in self.others(act) {
            let Some(relevant) = self.relevant_to(situations, other)? else { return Ok(false) };
            let known = self.seeker.acts.get(act);
            if relevant.fewest(situations.problem(), known, Some(other)).is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn others(&self, act: u32) -> Vec<EntityId> {
        let actors = self.seeker.acts.get(act).actors.iter();
        actors.copied().filter(|&actor| Some(actor) != self.purpose.holder).collect()
    }

    /// What can matter for somebody else who takes part.
    fn relevant_to(&mut self, situations: &mut Situations<'_>, other: EntityId) -> Result<Option<Rc<Relevant>>, Halt> {
        let purpose = self.seeker.others_purpose(self.purpose, other);
        if self.seeker.purposes.wants(situations, purpose).is_empty() {
            return Ok(None);
        }
        let nesting = match self.purpose.holder {
            Some(_) if self.nesting == 0 => return Ok(None),
            Some(_) => self.nesting - 1,
            None => self.nesting,
        };
        self.seeker.relevant(situations, purpose, self.steps, nesting).map(Some)
    }

    /// What the act needs, and what the others whose act it is need for a reason.
    fn needs_of(&mut self, situations: &mut Situations<'_>, act: u32) -> Result<(), Halt> {
        let event = self.seeker.acts.get(act).event;
        let needs: Vec<Condition> =
            situations.problem().get(event).needs().iter().map(|need| need.condition.clone()).collect();
        for need in &needs {
            self.condition(situations.problem_mut(), &[], need, true);
        }
        if !self.purpose.willing {
            return Ok(());
        }
        for other in self.others(act) {
            for need in &needs {
                self.condition(situations.problem_mut(), &[other], need, true);
            }
            let Some(relevant) = self.relevant_to(situations, other)? else { continue };
            let mut wanted: Vec<Wanted> = relevant.wanted.keys().copied().collect();
            wanted.sort_unstable_by_key(|wanted| (wanted.chain, wanted.fluent, order(wanted.should)));
            for Wanted { chain, fluent, should } in wanted {
                self.want(situations.problem_mut(), &[other], Place { chain, fluent }, should);
            }
        }
        Ok(())
    }

    /// What decides whether, and what, the act writes there.
    fn reads(&mut self, problem: &mut Problem<'_>, act: u32, (write, fits): (&Write, bool), prefix: &[EntityId]) {
        let event = self.seeker.acts.get(act).event;
        let chain = problem.place(prefix, write.fluent).chain;
        if !self.found.read.insert((act, chain, write.fluent)) {
            return;
        }
        let mut noticed: Vec<EventId> = vec![event];
        for position in 0..prefix.len() {
            let mut next: Vec<EventId> = Vec::new();
            for &event in &noticed {
                let ground = problem.get(event).clone();
                for (viewing, seen) in ground.sights_of(prefix[position]) {
                    let condition = match viewing {
                        Viewing::If(condition) => condition.clone(),
                        Viewing::ByFacts(decisions) => decisions.condition(prefix[position]),
                    };
                    self.condition(problem, &prefix[..position], &condition, true);
                    if condition != Condition::Constant(false) && !next.contains(&seen) {
                        next.push(seen);
                    }
                }
            }
            noticed = next;
        }
        for event in noticed {
            let changes = self.seeker.acts.changes(problem, event);
            for change in changes.iter().filter(|change| change.place.fluent == write.fluent) {
                if change.place.chain == write.chain {
                    self.condition(problem, prefix, &change.condition, fits);
                    self.matter(problem, prefix, &change.value);
                }
            }
        }
    }

    /// What rules may make of facts: their conditions matter as what they change does.
    fn follow_rules(&mut self, problem: &mut Problem<'_>) {
        while self.found.for_rules < self.found.list.len() {
            let wanted = self.found.list[self.found.for_rules];
            self.found.for_rules += 1;
            let Some(rules) = self.seeker.relevance.rules.get(&wanted.fluent).cloned() else { continue };
            for (instance, position) in rules {
                let triggers = std::sync::Arc::clone(&problem.triggers);
                let instance = &triggers.instances[instance];
                let Some(change) = instance.changes.iter().nth(position) else { continue };
                let value = if let Amount::Constant(value) = &change.value { Some(*value) } else { None };
                let write = Write { chain: change.place.chain, fluent: change.place.fluent, value, noticed: false };
                let fits = fits(wanted.should, value);
                for prefix in prefixes(problem, self.purpose.holder, &write, wanted).into_iter().flatten() {
                    self.condition(problem, &prefix, &instance.own, fits);
                    self.condition(problem, &prefix, &instance.believed, fits);
                    self.condition(problem, &prefix, &change.condition, fits);
                    self.matter(problem, &prefix, &change.value);
                }
            }
        }
    }
}

/// Whether writing that value may be what is wanted.
fn fits(should: Should, written: Option<Value>) -> bool {
    match (should, written) {
        (Should::Be(value), Some(written)) => value == written,
        (Should::NotBe(value), Some(written)) => value != written,
        _ => true,
    }
}

/// In whose beliefs the write may be what is wanted: what stands before it in the chain; `None` if in nobody's.
fn prefixes(
    problem: &Problem<'_>,
    holder: Option<EntityId>,
    write: &Write,
    wanted: Wanted,
) -> Option<Vec<Vec<EntityId>>> {
    let (chain, written) = (problem.believers(wanted.chain), problem.believers(write.chain));
    let own = holder.is_some() && written.first().copied() == holder;
    let mut prefixes = Vec::new();
    if let Some(prefix) = chain.strip_suffix(written)
        && !(write.noticed && prefix.is_empty() && !own)
    {
        prefixes.push(prefix.to_vec());
    }
    if let Some((&first, rest)) = written.split_first() {
        // What somebody believes that they believe is what they believe.
        if let Some(prefix) = chain.strip_suffix(rest)
            && (prefix.last() == Some(&first) || prefix.is_empty() && own)
        {
            prefixes.push(prefix.to_vec());
        }
    }
    (!prefixes.is_empty()).then_some(prefixes)
}

fn number(value: Value) -> f64 {
    value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes)))).unwrap_or(0.0)
}

/// Any fixed order.
fn order(should: Should) -> (u8, String) {
    match should {
        Should::Be(value) => (0, format!("{value:?}")),
        Should::NotBe(value) => (1, format!("{value:?}")),
        Should::Matter => (2, String::new()),
    }
}
