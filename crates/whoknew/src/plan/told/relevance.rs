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
    /// What the changes of an event read that write a certain fact.
    reading: FxHashMap<(EventId, ChainId, GroundFluentId), Rc<[(Place, Should)]>>,
    /// What each want of somebody reads.
    motives: FxHashMap<Purpose, Rc<[Box<[Place]>]>>,
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
    noticed: FxHashMap<(u32, ChainId), Rc<[EventId]>>,
    /// Who is to believe something, where that is all that is wanted.
    hearers: Vec<EntityId>,
    /// How many acts there were then.
    acts: u32,
}

impl Found {
    fn into_relevant(self, seeker: &Seeker, purpose: Purpose, steps: usize) -> Relevant {
        let mut acts: Vec<((usize, bool), u32, usize)> = Vec::new();
        for (&act, &from) in &self.by_steps {
            let known = seeker.acts.get(act);
            let others = known.actors.iter().filter(|&&actor| Some(actor) != purpose.holder).count();
            // Whoever is to believe something had better be told it or shown it than find it out by chance.
            let aside = !self.hearers.is_empty() && !self.hearers.iter().all(|hearer| known.names.contains(hearer));
            acts.push(((others, aside), act, from));
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
            for wanted in &self.found.list {
                self.found.hearers.extend(situations.problem().believers(wanted.chain).first());
            }
            self.found.hearers.dedup();
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
        wanted_by(condition, hold, &mut wanted);
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
        let acts = self.seeker.acts.list.len() as u32;
        // What matters before the first act of all matters only to those who imagine what others imagine.
        let outermost = usize::from(self.nesting) >= self.seeker.limits.nesting;
        let last = step >= usize::from(self.steps) && (!self.purpose.willing || self.nesting == 0 || outermost);
        // Facts wanted since the last step, and all others again for acts that were said in between.
        for index in 0..until {
            let wanted = self.found.list[index];
            let from = if index >= self.found.for_acts { 0 } else { self.found.acts };
            for chain in self.written_chains(situations.problem_mut(), wanted.chain) {
                let writing = self.seeker.acts.writing(chain, wanted.fluent).iter();
                let fresh: Vec<(u32, u32)> = writing.copied().filter(|&(act, _)| act >= from).collect();
                for (act, write) in fresh {
                    let write = self.seeker.acts.get(act).writes[write as usize];
                    self.matched(situations, (act, write), wanted, (step, last))?;
                }
            }
        }
        self.found.acts = acts;
        self.found.for_acts = until;
        Ok(())
    }

    /// Takes in an act that may change a wanted fact.
    fn matched(
        &mut self,
        situations: &mut Situations<'_>,
        (act, write): (u32, Write),
        wanted: Wanted,
        (step, last): (usize, bool),
    ) -> Result<(), Halt> {
        let known = self.found.by_steps.contains_key(&act);
        let fits = fits(wanted.should, write.value);
        if self.found.refused.contains(&act) || !known && !fits || known && last {
            return Ok(());
        }
        let prefixes = prefixes(situations.problem(), self.purpose.holder, &write, wanted);
        let Some(prefixes) = prefixes else { return Ok(()) };
        if !known {
            if !self.may_agree(situations, act)? {
                self.found.refused.insert(act);
                return Ok(());
            }
            self.found.by_steps.insert(act, step);
            if !last {
                self.needs_of(situations, act)?;
            }
        }
        if !last {
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
        let purpose = self.seeker.wants_of(situations, other);
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
            if self.nesting <= 1 || self.steps <= 1 {
                self.motives_of(situations, act, other);
                continue;
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

    /// What somebody else who takes part must believe so that the act, by itself, serves a want of theirs: all that the
    /// wants which it touches read, and what decides what it writes there.
    fn motives_of(&mut self, situations: &mut Situations<'_>, act: u32, other: EntityId) {
        let writes = self.seeker.acts.get(act).writes.clone();
        let mut served = false;
        let mut read: Vec<Place> = Vec::new();
        for places in self.motives(situations, other).iter() {
            let problem = situations.problem_mut();
            let mut touched: Vec<Write> = Vec::new();
            for write in &writes {
                let touches = |place: &Place| {
                    let wanted = Wanted { chain: place.chain, fluent: place.fluent, should: Should::Matter };
                    place.fluent == write.fluent && prefixes(problem, Some(other), write, wanted).is_some()
                };
                if places.iter().any(touches) {
                    touched.push(*write);
                }
            }
            if touched.is_empty() {
                read.extend(places.iter());
                continue;
            }
            served = true;
            for &place in places {
                self.want(problem, &[other], place, Should::Matter);
            }
            for write in touched {
                self.reads(problem, act, (&write, true), &[other]);
            }
        }
        // By way of rules, then.
        for place in read.into_iter().filter(|_| !served) {
            self.want(situations.problem_mut(), &[other], place, Should::Matter);
        }
    }

    /// What each want of somebody reads.
    fn motives(&mut self, situations: &Situations<'_>, other: EntityId) -> Rc<[Box<[Place]>]> {
        let purpose = self.seeker.wants_of(situations, other);
        if let Some(known) = self.seeker.relevance.motives.get(&purpose) {
            return Rc::clone(known);
        }
        let mut motives: Vec<Box<[Place]>> = Vec::new();
        for want in self.seeker.purposes.wants(situations, purpose) {
            let mut places: Vec<Place> = Vec::new();
            situations.problem().utility(want).places(&mut |place| places.push(place));
            places.sort_unstable();
            places.dedup();
            motives.push(places.into());
        }
        let motives: Rc<[Box<[Place]>]> = motives.into();
        self.seeker.relevance.motives.insert(purpose, Rc::clone(&motives));
        motives
    }

    /// What decides whether, and what, the act writes there.
    fn reads(&mut self, problem: &mut Problem<'_>, act: u32, (write, fits): (&Write, bool), prefix: &[EntityId]) {
        let event = self.seeker.acts.get(act).event;
        let chain = problem.place(prefix, write.fluent).chain;
        if !self.found.read.insert((act, chain, write.fluent)) {
            return;
        }
        for &event in self.noticed(problem, act, event, prefix).iter() {
            for &(place, should) in self.reading(problem, event, write).iter() {
                let should = match should {
                    Should::Be(value) if !fits => Should::NotBe(value),
                    Should::NotBe(value) if !fits => Should::Be(value),
                    should => should,
                };
                self.want(problem, prefix, place, should);
            }
        }
    }

    /// What the changes of an event read that write there.
    fn reading(&mut self, problem: &Problem<'_>, event: EventId, write: &Write) -> Rc<[(Place, Should)]> {
        let key = (event, write.chain, write.fluent);
        if let Some(known) = self.seeker.relevance.reading.get(&key) {
            return Rc::clone(known);
        }
        let mut reading: Vec<(Place, Should)> = Vec::new();
        for change in problem.get(event).changes_of(write.fluent, &problem.events.joins) {
            if change.place.chain == write.chain {
                wanted_by(&change.condition, true, &mut reading);
                change.value.places(&mut |place| reading.push((place, Should::Matter)));
            }
        }
        let mut known = FxHashSet::default();
        reading.retain(|one| known.insert(*one));
        let reading: Rc<[(Place, Should)]> = reading.into();
        self.seeker.relevance.reading.insert(key, Rc::clone(&reading));
        reading
    }

    /// What those of a chain take an event for; who notices what depends on facts that matter then.
    fn noticed(&mut self, problem: &mut Problem<'_>, act: u32, event: EventId, prefix: &[EntityId]) -> Rc<[EventId]> {
        let any = GroundFluentId::from_index(0);
        let key = (act, problem.place(prefix, any).chain);
        if let Some(known) = self.found.noticed.get(&key) {
            return Rc::clone(known);
        }
        let mut noticed: Vec<EventId> = vec![event];
        for (position, &who) in prefix.iter().enumerate() {
            let mut next: Vec<EventId> = Vec::new();
            for event in noticed {
                let ground = problem.get(event).clone();
                for (viewing, seen) in ground.sights_of(who) {
                    let condition = match viewing {
                        Viewing::If(condition) => condition.clone(),
                        Viewing::ByFacts(decisions) => decisions.condition(who),
                    };
                    self.condition(problem, &prefix[..position], &condition, true);
                    if condition != Condition::Constant(false) && !next.contains(&seen) {
                        next.push(seen);
                    }
                }
            }
            noticed = next;
        }
        let noticed: Rc<[EventId]> = noticed.into();
        self.found.noticed.insert(key, Rc::clone(&noticed));
        noticed
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

/// What would make `condition` hold or fail.
fn wanted_by(condition: &Condition, hold: bool, wanted: &mut Vec<(Place, Should)>) {
    condition.atoms(&mut |atom| match atom {
        Atom::Is { place, value, equal } if *equal == hold => wanted.push((*place, Should::Be(*value))),
        Atom::Is { place, value, .. } => wanted.push((*place, Should::NotBe(*value))),
        other => other.places(&mut |place| wanted.push((place, Should::Matter))),
    });
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
