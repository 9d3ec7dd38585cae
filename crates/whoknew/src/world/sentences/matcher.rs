//! Exact matching: all distinct readings of a line, as statements or as an event.
//!
//! The grammar (see `docs/language.md`, "Statements") is read top down from a position to the end of the line, since
//! statements end where lines end. Invariant: what begins at a position is read once ([`Matcher::statements`] is
//! memoised, and a node of the pattern tree from which a position leads nowhere is not entered again), so the work is
//! bounded by nodes times positions times readings, and readings are capped.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::book::{NodeId, PatternId, SentenceBook, Target, Tree};
use super::build;
use super::line::{Filling, Line};
use super::trouble::{Stranger, Trouble};
use super::words::{self, WordId};
use crate::source::Span;
use crate::world::usage::Symbol;
use crate::world::{EntityId, EventTerm, Expression, Term, World};

/// The most distinct readings that are told apart.
pub(super) const MAX_READINGS: usize = 16;
/// The deepest nesting of statements in one line.
pub(super) const MAX_DEPTH: usize = 32;

/// What a line was found to say, with what it mentions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found<T> {
    /// The statements it stands for, or the events.
    pub parts: Vec<T>,
    /// The patterns and names it uses, with the positions of their words.
    pub mentions: Vec<Mention>,
    /// Words that name nothing (only when looking for the trouble).
    pub strangers: Vec<Stranger>,
}

impl<T> Found<T> {
    /// Where the pattern that reads it was written.
    pub(super) fn pattern(&self) -> Option<Span> {
        self.mentions.iter().find_map(|mention| match mention.symbol {
            Symbol::Sentence(span) => Some(span),
            _ => None,
        })
    }
}

/// Something used between two positions of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub symbol: Symbol,
    pub from: usize,
    pub to: usize,
}

/// All readings from one position on.
pub(super) type Readings<T> = Rc<Vec<Found<T>>>;

/// A filled slot.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub filling: SlotFilling,
    pub from: usize,
    pub to: usize,
}

/// What fills a slot.
#[derive(Clone, Debug)]
pub(super) enum SlotFilling {
    Simple(Filling),
    Statement(Readings<Expression>),
}

/// A pattern with its slots filled.
#[derive(Debug)]
pub(super) struct Match<'m> {
    pub pattern: PatternId,
    pub targets: &'m [Target],
    pub slots: &'m [Slot],
    pub from: usize,
    pub to: usize,
}

/// Reads one line.
pub(super) struct Matcher<'a> {
    pub book: &'a SentenceBook,
    pub world: &'a World,
    pub line: &'a Line<'a>,
    /// What kept matching patterns from being readings.
    pub trouble: Trouble,
    memo: FxHashMap<usize, Readings<Expression>>,
    dead: FxHashSet<(NodeId, usize, bool)>,
    slots: Vec<Slot>,
    depth: usize,
}

/// What introducing words make of a statement; `None` if they cannot stand before it.
type Change = fn(Expression) -> Option<Expression>;

/// Where the pattern tree is being walked for.
struct Walk<'w, T> {
    from: usize,
    lists: bool,
    found: &'w mut Vec<Found<T>>,
    build: fn(&mut Matcher<'_>, &Match<'_>) -> Vec<Found<T>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(book: &'a SentenceBook, world: &'a World, line: &'a Line<'a>) -> Self {
        Self {
            book,
            world,
            line,
            trouble: Trouble::default(),
            memo: FxHashMap::default(),
            dead: FxHashSet::default(),
            slots: Vec::new(),
            depth: 0,
        }
    }

    /// All readings of the words from `position` as an event, told or past.
    pub(super) fn events(&mut self, tree: Tree, position: usize, lists: bool) -> Vec<Found<EventTerm>> {
        let mut found = Vec::new();
        self.walk_tree(tree, Walk { from: position, lists, found: &mut found, build: build::events });
        found
    }

    /// All readings of the words from `position` to the end as statements.
    pub(super) fn statements(&mut self, position: usize) -> Readings<Expression> {
        if let Some(known) = self.memo.get(&position) {
            return Rc::clone(known);
        }
        if self.depth == MAX_DEPTH {
            self.trouble.too_rich = true;
            return Rc::default();
        }
        self.depth += 1;
        let mut found = Vec::new();
        self.introduced(position, &mut found);
        self.attitudes(position, &mut found);
        self.crowds(position, &mut found);
        self.walk_tree(Tree::Facts, Walk { from: position, lists: true, found: &mut found, build: build::facts });
        for event in self.events(Tree::Past, position, true) {
            add(&mut found, build::happened(event, true));
        }
        self.depth -= 1;
        if found.is_empty() {
            self.trouble.nothing_from(position, &[Tree::Facts, Tree::Past]);
        }
        let readings = Rc::new(found);
        self.memo.insert(position, Rc::clone(&readings));
        readings
    }

    /// `it is not so that S`, `it is unknown whether S`, `it happened that E`, `it never happened that E`.
    fn introduced(&mut self, position: usize, found: &mut Vec<Found<Expression>>) {
        use words::{HAPPENED, IS, IT, NEVER, NOT, SO, THAT, UNKNOWN, WHETHER};
        let Some(start) = self.line.after(position, &[IT]) else { return };
        let forms: [(&[WordId], Change); 2] = [
            (&[IS, NOT, SO, THAT], |statement| Some(build::opposite(statement))),
            (&[IS, UNKNOWN, WHETHER], build::unknown),
        ];
        for (words, change) in forms {
            if let Some(inner) = self.line.after(start, words) {
                for statement in self.statements(inner).iter() {
                    let parts: Option<Vec<Expression>> = statement.parts.iter().cloned().map(change).collect();
                    let Some(parts) = parts else { continue };
                    add(found, Found { parts, ..statement.clone() });
                }
            }
        }
        let forms: [(&[WordId], bool); 2] = [(&[HAPPENED, THAT], true), (&[NEVER, HAPPENED, THAT], false)];
        for (words, happened) in forms {
            if let Some(inner) = self.line.after(start, words) {
                self.trouble.nothing_from(inner, &[Tree::Events, Tree::Past]);
                for tree in [Tree::Events, Tree::Past] {
                    for event in self.events(tree, inner, true) {
                        add(found, build::happened(event, happened));
                    }
                }
            }
        }
    }

    /// The thing of `where the letter is`, to the end of the line, after `knows` or `wonders`.
    pub(super) fn thing_sought(&self, attitude: Attitude, position: usize) -> Option<(EntityId, Mention)> {
        let from = self.line.after(position, &[words::WHERE])?;
        let verb = self.line.len() - 1;
        let is_verb = ["is", "are", "was", "were"].contains(&self.line.folded(verb).as_str());
        if !is_verb || attitude.kind == AttitudeKind::Believes {
            return None;
        }
        let mut things = self.line.names(from, false).into_iter().filter(|(_, end)| *end == verb);
        let (Filling::Name(Term::Entity(thing)), to) = things.next()? else { return None };
        let mention = Mention { symbol: Symbol::Entity(thing), from, to };
        (thing != self.world.someone()).then_some((thing, mention))
    }

    /// `X and Y believe that S` and its kin.
    fn attitudes(&mut self, position: usize, found: &mut Vec<Found<Expression>>) {
        for (filling, end) in self.holders(position) {
            let Some((attitude, inner)) = Attitude::read(self.line, end) else { continue };
            if let Some((thing, mention)) = self.thing_sought(attitude, inner) {
                if build::check_holders(self, &filling, position, end) {
                    let held = |holder| build::where_held(self.world, attitude, holder, thing);
                    let parts = build::holders(&filling).into_iter().map(held).collect();
                    let mut mentions = build::mentions(&filling, position, end);
                    mentions.push(mention);
                    add(found, Found { parts, mentions, strangers: Vec::new() });
                }
                continue;
            }
            let readings = self.statements(inner);
            if readings.is_empty() || !build::check_holders(self, &filling, position, end) {
                continue;
            }
            for statement in readings.iter() {
                if let Some(parts) = build::held(self, attitude, &filling, &statement.parts) {
                    let mut mentions = build::mentions(&filling, position, end);
                    mentions.extend(&statement.mentions);
                    let mut strangers = statement.strangers.clone();
                    if filling == Filling::Stranger {
                        let kinds = vec![World::CHARACTER_KIND];
                        strangers.insert(0, Stranger { from: position, to: end, kinds, pattern: None });
                    }
                    add(found, Found { parts, mentions, strangers });
                }
            }
        }
    }

    pub(super) fn holders(&mut self, position: usize) -> Vec<(Filling, usize)> {
        let mut names = self.line.names(position, true);
        self.trouble.add_strangers(self.line, position, &mut names);
        names
    }

    fn walk_tree<T: PartialEq>(&mut self, tree: Tree, mut walk: Walk<'_, T>) {
        let outer = std::mem::take(&mut self.slots);
        let position = walk.from;
        self.walk(SentenceBook::root(tree), position, &mut walk);
        self.slots = outer;
    }

    /// Follows the tree from `node`, with the words before `position` consumed. Returns whether any pattern fits.
    fn walk<T: PartialEq>(&mut self, node: NodeId, position: usize, walk: &mut Walk<'_, T>) -> bool {
        if self.dead.contains(&(node, position, walk.lists))
            || walk.found.len() >= MAX_READINGS
            || !self.trouble.spend()
        {
            return false;
        }
        let mut fits = position == self.line.len() && self.end(node, walk);
        fits |= self.walk_word(node, position, walk);
        fits |= self.walk_entity(node, position, walk);
        fits |= self.walk_number(node, position, walk);
        fits |= self.walk_statement(node, position, walk);
        if self.line.is_optional(position) {
            fits |= self.walk(node, position + 1, walk);
        }
        // Short lines are done sooner than they are remembered.
        if !fits && self.trouble.steps() > 100 {
            self.dead.insert((node, position, walk.lists));
        }
        fits
    }

    fn end<T: PartialEq>(&mut self, node: NodeId, walk: &mut Walk<'_, T>) -> bool {
        let book = self.book;
        let ends = &book.nodes[node.index()].ends;
        for &pattern in ends {
            let slots = std::mem::take(&mut self.slots);
            let targets = &book.patterns[pattern.index()].targets;
            let fitting = Match { pattern, targets, slots: &slots, from: walk.from, to: self.line.len() };
            for found in (walk.build)(self, &fitting) {
                add(walk.found, found);
            }
            self.slots = slots;
        }
        !ends.is_empty()
    }

    fn walk_word<T: PartialEq>(&mut self, node: NodeId, position: usize, walk: &mut Walk<'_, T>) -> bool {
        let book = self.book;
        let Some(word) = self.line.word(position) else { return false };
        let mut fits = false;
        for &forms in book.words.forms_of(word) {
            if let Some(next) = book.edge(node, forms) {
                fits |= self.walk(next, position + 1, walk);
            }
        }
        fits
    }

    fn walk_entity<T: PartialEq>(&mut self, node: NodeId, position: usize, walk: &mut Walk<'_, T>) -> bool {
        let Some(next) = self.book.nodes[node.index()].entity else { return false };
        let mut fillings = self.line.names(position, walk.lists);
        let placeholder = self.line.placeholder(position);
        let is_nobody = matches!(placeholder, Some((Filling::Nobody | Filling::Nothing, _)));
        if let (true, true, Some((_, end))) = (is_nobody, self.trouble.lenient, &placeholder) {
            // Only the value of a fact can be nobody.
            fillings.push((Filling::Stranger, *end));
        }
        fillings.extend(placeholder);
        self.trouble.add_strangers(self.line, position, &mut fillings);
        let mut fits = false;
        for (filling, end) in fillings {
            fits |= self.fill(SlotFilling::Simple(filling), position, end, |matcher| matcher.walk(next, end, walk));
        }
        fits
    }

    fn walk_number<T: PartialEq>(&mut self, node: NodeId, position: usize, walk: &mut Walk<'_, T>) -> bool {
        let Some(next) = self.book.nodes[node.index()].number else { return false };
        let number = self.line.number(position).map(|(number, end)| (Filling::Number(number), end));
        let Some((filling, end)) = number.or_else(|| self.line.placeholder(position)) else { return false };
        self.fill(SlotFilling::Simple(filling), position, end, |matcher| matcher.walk(next, end, walk))
    }

    fn walk_statement<T: PartialEq>(&mut self, node: NodeId, position: usize, walk: &mut Walk<'_, T>) -> bool {
        let Some(next) = self.book.nodes[node.index()].statement else { return false };
        let start = self.line.after(position, &[words::THAT]).unwrap_or(position);
        let slots = std::mem::take(&mut self.slots);
        let readings = self.statements(start);
        self.slots = slots;
        let end = self.line.len();
        if readings.is_empty() {
            return false;
        }
        self.fill(SlotFilling::Statement(readings), start, end, |matcher| matcher.walk(next, end, walk))
    }

    fn fill(&mut self, filling: SlotFilling, from: usize, to: usize, go_on: impl FnOnce(&mut Self) -> bool) -> bool {
        self.slots.push(Slot { filling, from, to });
        let fits = go_on(self);
        self.slots.pop();
        fits
    }
}

/// Adds a reading unless the same is there; of two ways to the same reading the first is kept.
pub(super) fn add<T: PartialEq>(found: &mut Vec<Found<T>>, reading: Found<T>) {
    if found.len() < MAX_READINGS
        && !found.iter().any(|other| other.parts == reading.parts && other.strangers == reading.strangers)
    {
        found.push(reading);
    }
}

/// How somebody takes a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttitudeKind {
    Believes,
    Knows,
    KnowsWhether,
    Wonders,
}

/// How somebody takes, or does not take, a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attitude {
    pub kind: AttitudeKind,
    pub negative: bool,
}

impl Attitude {
    /// The attitude whose words begin at `position`, and the position of the statement after it.
    pub(super) fn read(line: &Line<'_>, position: usize) -> Option<(Self, usize)> {
        use words::{DO, DO_NOT, DOES, DOES_NOT, NOT};
        let plain = line.after(position, &[DOES]).or_else(|| line.after(position, &[DO]));
        let short = line.after(position, &[DOES_NOT]).or_else(|| line.after(position, &[DO_NOT]));
        let negated = short.or_else(|| line.after(plain?, &[NOT]));
        let verb = line.word(negated.unwrap_or(position))?;
        let next = negated.unwrap_or(position) + 1;
        let (kind, inner) = Self::kind(line, verb, next)?;
        Some((Self { kind, negative: negated.is_some() }, inner))
    }

    /// `position`, if `who`, `what` or `where` stands there.
    fn asks(line: &Line<'_>, position: usize) -> Option<usize> {
        use words::{WHAT, WHERE, WHO, WHOM};
        matches!(line.word(position)?, WHO | WHOM | WHAT | WHERE).then_some(position)
    }

    fn kind(line: &Line<'_>, verb: WordId, next: usize) -> Option<(AttitudeKind, usize)> {
        use words::{BELIEVE, BELIEVES, KNOW, KNOWS, THAT, THINK, THINKS, WHETHER, WONDER, WONDERS};
        let that = line.after(next, &[THAT]).unwrap_or(next);
        let whether = line.after(next, &[WHETHER]);
        match verb {
            BELIEVES | BELIEVE | THINKS | THINK => Some((AttitudeKind::Believes, that)),
            KNOWS | KNOW => {
                let asked = whether.or_else(|| Self::asks(line, next));
                Some(asked.map_or((AttitudeKind::Knows, that), |after| (AttitudeKind::KnowsWhether, after)))
            }
            WONDERS | WONDER => whether.or_else(|| Self::asks(line, next)).map(|after| (AttitudeKind::Wonders, after)),
            _ => None,
        }
    }
}
