//! The sentence book: all patterns and names of a world, indexed for matching.
//!
//! The patterns lie in one tree per use (facts, events as told, events as past), whose edges are sets of word forms or
//! slots; patterns that begin alike share nodes. So a line is compared with all patterns at once.

use rustc_hash::FxHashMap;

use super::name_tree::NameTree;
use super::negation;
use super::tokens::{fold, is_article};
use super::words::{FormsId, WordId, Words};
use crate::source::Span;
use crate::world::{
    ActionId, Fluent, FluentId, KindId, Parameter, ParameterKind, Sentence, SentencePart, ValueKind, World,
};

crate::define_id! {
    /// Names a [`Pattern`] of a book.
    pub struct PatternId;
}
crate::define_id! {
    /// Names a node of the pattern tree.
    pub struct NodeId;
}

/// Which patterns: one root of the tree each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tree {
    /// Facts and their opposites.
    Facts,
    /// Actions as told: `Sally puts the marble in the box`.
    Events,
    /// Actions as having happened: `Sally put the marble in the box`.
    Past,
}

/// What a pattern says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A fact, or its opposite.
    Fact {
        /// Which.
        fluent: FluentId,
        /// The opposite.
        negative: bool,
    },
    /// An action.
    Action(ActionId),
}

/// What a slot fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A parameter, by position.
    Parameter(usize),
    /// The value of a fact.
    Value,
}

/// What a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum SlotClass {
    Entity,
    Number,
    Statement,
}

/// A step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// One of these words.
    Word(FormsId),
    /// A slot.
    Slot(SlotClass),
}

impl Step {
    /// The forms of a word.
    pub(super) fn forms(&self) -> Option<FormsId> {
        match self {
            Self::Word(forms) => Some(*forms),
            Self::Slot(_) => None,
        }
    }
}

/// A pattern, ready to be matched.
#[derive(Debug)]
pub(super) struct Pattern {
    pub tree: Tree,
    pub subject: Subject,
    pub steps: Vec<Step>,
    /// What its slots fill, in order.
    pub targets: Vec<Target>,
    /// As a message shows it: `{who} puts the {what} in the {into}`.
    pub text: String,
    /// Where it was written.
    pub span: Span,
    /// Not written but built, as an opposite.
    pub built: bool,
}

#[derive(Debug, Default)]
pub(super) struct Node {
    /// Patterns that end here.
    pub ends: Vec<PatternId>,
    pub entity: Option<NodeId>,
    pub number: Option<NodeId>,
    pub statement: Option<NodeId>,
}

/// All patterns and names of a world.
///
/// It is made from the entities, facts and actions of a [`World`], and must be made anew when those change.
#[derive(Debug)]
pub struct SentenceBook {
    pub(super) words: Words,
    pub(super) names: NameTree,
    pub(super) patterns: Vec<Pattern>,
    pub(super) nodes: Vec<Node>,
    edges: FxHashMap<(NodeId, FormsId), NodeId>,
    pub(super) kind_words: FxHashMap<WordId, KindId>,
}

impl SentenceBook {
    /// The book of `world`.
    pub fn new(world: &World) -> Self {
        let mut words = Words::new();
        let names = NameTree::new(world, &mut words);
        let mut book = Self {
            words,
            names,
            patterns: Vec::new(),
            nodes: (0..3).map(|_| Node::default()).collect(),
            edges: FxHashMap::default(),
            kind_words: FxHashMap::default(),
        };
        book.add_kinds(world);
        for (index, fluent) in world.fluents.iter().enumerate() {
            book.add_fluent(FluentId::from_index(index), fluent);
        }
        for (index, action) in world.actions.iter().enumerate() {
            let subject = Subject::Action(ActionId::from_index(index));
            for (tree, sentences) in [(Tree::Events, &action.sentences), (Tree::Past, &action.past_sentences)] {
                for sentence in sentences {
                    book.add(&Source {
                        tree,
                        subject,
                        sentence,
                        parameters: &action.parameters,
                        value: None,
                        built: false,
                    });
                }
            }
        }
        book
    }

    /// The root of `tree`.
    pub(super) fn root(tree: Tree) -> NodeId {
        NodeId::from_index(tree as usize)
    }

    /// The node behind `node` over `forms`.
    pub(super) fn edge(&self, node: NodeId, forms: FormsId) -> Option<NodeId> {
        self.edges.get(&(node, forms)).copied()
    }

    fn add_kinds(&mut self, world: &World) {
        let mut folded = String::new();
        for (index, kind) in world.kinds.iter().enumerate() {
            fold(&kind.name, &mut folded);
            let word = self.words.intern(&folded);
            self.kind_words.insert(word, KindId::from_index(index));
        }
    }

    fn add_fluent(&mut self, id: FluentId, fluent: &Fluent) {
        for (sentences, negative) in [(&fluent.sentences, false), (&fluent.negative_sentences, true)] {
            for sentence in sentences {
                self.add(&Source::of_fact(id, fluent, sentence, negative));
            }
        }
        for sentence in &fluent.none_sentences {
            self.add(&Source::of_fact(id, fluent, sentence, false));
        }
        for (sentences, negative) in [(&fluent.sentences, true), (&fluent.negative_sentences, false)] {
            for opposite in sentences.iter().flat_map(negation::opposites) {
                self.add(&Source { built: true, ..Source::of_fact(id, fluent, &opposite, negative) });
            }
        }
    }

    fn add(&mut self, source: &Source<'_>) {
        let targets: Vec<Target> = source.sentence.parts.iter().filter_map(target).collect();
        for steps in self.steps(source) {
            let id = PatternId::from_index(self.patterns.len());
            let mut node = Self::root(source.tree);
            for &step in &steps {
                node = self.step(node, step);
            }
            self.nodes[node.index()].ends.push(id);
            self.patterns.push(Pattern {
                tree: source.tree,
                subject: source.subject,
                steps,
                targets: targets.clone(),
                text: pattern_text(source.sentence, source.parameters),
                span: source.sentence.span,
                built: source.built,
            });
        }
    }

    /// The steps of a pattern; two variants per word that is an article or something else (`the|his`).
    fn steps(&mut self, source: &Source<'_>) -> Vec<Vec<Step>> {
        const MAX_VARIANTS: usize = 16;
        let mut variants: Vec<Vec<Step>> = vec![Vec::new()];
        for part in &source.sentence.parts {
            let step = match part {
                SentencePart::Word(forms) => {
                    let (forms, article) = self.forms(forms);
                    let Some(forms) = forms else { continue };
                    if article && variants.len() < MAX_VARIANTS {
                        variants.extend(variants.clone());
                        let half = variants.len() / 2;
                        variants[half..].iter_mut().for_each(|steps| steps.push(Step::Word(forms)));
                        continue;
                    }
                    Step::Word(forms)
                }
                SentencePart::Slot(index) => Step::Slot(source.parameter_class(*index)),
                SentencePart::Value => Step::Slot(source.value_class()),
            };
            variants.iter_mut().for_each(|steps| steps.push(step));
        }
        variants.retain(|steps| !steps.is_empty());
        variants
    }

    /// The form set of a word, without articles, and whether an article was among them.
    fn forms(&mut self, forms: &[String]) -> (Option<FormsId>, bool) {
        let mut folded = String::new();
        let mut ids = Vec::new();
        let mut article = false;
        for form in forms {
            fold(form, &mut folded);
            if is_article(&folded) {
                article = true;
                continue;
            }
            ids.push(self.words.intern(&folded));
            if let Some(plural) = negation::plural(&folded) {
                ids.push(self.words.intern(plural));
            }
        }
        if ids.is_empty() { (None, article) } else { (Some(self.words.intern_forms(ids)), article) }
    }

    fn step(&mut self, node: NodeId, step: Step) -> NodeId {
        let fresh = NodeId::from_index(self.nodes.len());
        let next = match step {
            Step::Word(forms) => *self.edges.entry((node, forms)).or_insert(fresh),
            Step::Slot(class) => {
                let node = &mut self.nodes[node.index()];
                let slot = match class {
                    SlotClass::Entity => &mut node.entity,
                    SlotClass::Number => &mut node.number,
                    SlotClass::Statement => &mut node.statement,
                };
                *slot.get_or_insert(fresh)
            }
        };
        if next == fresh {
            self.nodes.push(Node::default());
        }
        next
    }
}

/// A pattern to be added.
struct Source<'a> {
    tree: Tree,
    subject: Subject,
    sentence: &'a Sentence,
    parameters: &'a [Parameter],
    value: Option<&'a ValueKind>,
    built: bool,
}

impl<'a> Source<'a> {
    fn of_fact(id: FluentId, fluent: &'a Fluent, sentence: &'a Sentence, negative: bool) -> Self {
        Source {
            tree: Tree::Facts,
            subject: Subject::Fact { fluent: id, negative },
            sentence,
            parameters: &fluent.parameters,
            value: Some(&fluent.value),
            built: false,
        }
    }

    fn parameter_class(&self, index: usize) -> SlotClass {
        match self.parameters.get(index).map(|parameter| &parameter.kind) {
            Some(ParameterKind::Statement) => SlotClass::Statement,
            Some(ParameterKind::Number) => SlotClass::Number,
            _ => SlotClass::Entity,
        }
    }

    fn value_class(&self) -> SlotClass {
        if self.value == Some(&ValueKind::Number) { SlotClass::Number } else { SlotClass::Entity }
    }
}

fn target(part: &SentencePart) -> Option<Target> {
    match part {
        SentencePart::Word(_) => None,
        SentencePart::Slot(index) => Some(Target::Parameter(*index)),
        SentencePart::Value => Some(Target::Value),
    }
}

/// A pattern as its author would write it, with the first form of each word.
pub(super) fn pattern_text(sentence: &Sentence, parameters: &[Parameter]) -> String {
    let mut text = String::new();
    for part in &sentence.parts {
        let word = match part {
            SentencePart::Word(forms) => forms.first().cloned().unwrap_or_default(),
            SentencePart::Slot(index) => {
                format!("{{{}}}", parameters.get(*index).map_or("", |parameter| &parameter.name))
            }
            SentencePart::Value => "{value}".to_owned(),
        };
        let attached = word == "," || super::tokens::is_possessive(&word);
        if !text.is_empty() && !attached {
            text.push(' ');
        }
        text.push_str(&word);
    }
    text
}
