//! From syntax trees to a [`World`]: names resolved, kinds checked, one file per term.
//!
//! Passes, each over all files in definition order: kinds, entities, signatures and patterns of facts, actions and
//! rules, the sentence book, bodies (formulas, effects), wants, start, scenes and tests.
//! Invariant: a function that returns [`Reported`] has already told the author why; nobody tells it again.

mod actions;
mod arguments;
mod codes;
mod derived;
mod effects;
mod entities;
mod events;
mod facts;
mod fluents;
mod formulas;
mod kinds;
mod misfits;
mod repeats;
mod sayable;
mod sorts;
mod scene_codes;
mod scene_names;
mod scene_times;
mod scenes;
mod scope;
mod signatures;
mod start;
mod statements;
mod tests;
mod tree;
mod triggers;
mod unknown_terms;
mod utilities;
mod worded;

pub use codes::*;
pub use scene_codes::*;
use scenes::ToldPart;
pub(crate) use scope::{Scope, Variable, VariableKind};
pub(crate) use statements::canonical;
pub(crate) use tree::{BrokenPlaces, Tree};

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Sources, Span};
use crate::syntax::ast::{AstNode, Item};
use crate::world::allowances::allowances;
use crate::world::names::{NameKey, Names, is_article};
use crate::world::sentences::SentenceBook;
use crate::world::usage::{Symbol, Usage};
use crate::world::{FluentId, KindId, World};

/// What could not be resolved has been reported already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported;

/// A resolved thing, or the knowledge that its mistake is reported.
pub(crate) type Resolved<T> = Result<T, Reported>;

/// After so many mistakes no more names are suggested: searching them costs more than the reader gains.
const MOST_SUGGESTING: usize = 50;

/// The world that `trees` (in order of definition) declare and tell, and what it uses. Mistakes go to `diagnostics`;
/// the world is sound only if none of them is an error.
/// `lacks_files`: some file that they use was not read, so that what they lack may be declared there.
pub(crate) fn resolve(
    sources: &Sources,
    trees: &[Tree],
    lacks_files: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<World>, Usage) {
    let mut resolver = Resolver::new(sources, BrokenPlaces::new(trees));
    resolver.lacks_files = lacks_files;
    for tree in trees {
        resolver.diagnostics.extend_from_slice(tree.errors());
    }
    resolver.world.title = title(sources, trees);
    let packs = trees.iter().filter(|tree| sources.get(tree.file).origin != Origin::Story);
    resolver.world.packs = packs.map(|tree| tree.file).collect();
    resolver.world.allowances = allowances(sources, trees);
    resolver.declare_kinds(trees);
    resolver.declare_entities(trees);
    let signatures = resolver.signatures(trees);
    resolver.declare_fluents(&signatures.facts);
    resolver.declare_actions(&signatures.actions);
    resolver.declare_triggers(&signatures.rules);
    resolver.book = Some(SentenceBook::new(&resolver.world));
    let scenes: Vec<ToldPart> = trees
        .iter()
        .flat_map(|tree| tree.items())
        .filter_map(|item| if let Item::Scene(scene) = item { Some(ToldPart::Scene(scene)) } else { None })
        .collect();
    resolver.name_scenes(&scenes);
    resolver.resolve_fluents(&signatures.facts);
    resolver.break_derived_cycles();
    resolver.resolve_actions(&signatures.actions);
    resolver.resolve_triggers(&signatures.rules);
    resolver.resolve_utilities(trees);
    resolver.resolve_sayable(trees);
    resolver.resolve_start(trees);
    resolver.world.telling = resolver.telling(&scenes);
    resolver.resolve_tests(trees);
    resolver.say_repeats();
    diagnostics.append(&mut resolver.diagnostics);
    (Some(resolver.world), resolver.usage)
}

/// The title of the story: the first that its own files give.
fn title(sources: &Sources, trees: &[Tree]) -> Option<String> {
    let own = trees.iter().filter(|tree| sources.get(tree.file).origin == Origin::Story);
    own.flat_map(Tree::items).find_map(|item| match item {
        Item::Story(story) => story.title().map(|title| title.text().to_owned()),
        _ => None,
    })
}

/// The state of resolving: what is known so far and what was wrong.
pub(crate) struct Resolver<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// What is resolved so far.
    pub world: World,
    /// What names mean.
    pub names: Names,
    /// What is used where.
    pub usage: Usage,
    /// The declaration whose body is being resolved, for [`Usage`].
    pub inside: Option<Symbol>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the parser found mistakes.
    pub broken: BrokenPlaces,
    /// Some fact, action or rule could not be declared: sentences may lack their pattern for that reason alone.
    pub lacks_patterns: bool,
    /// Some used file was not read: what is missing may be declared there, so nothing is said to be missing.
    pub lacks_files: bool,
    /// What is missing, and where again.
    repeats: repeats::Repeats,
    /// The kinds that are asked for where a name stands alone, for messages.
    wanted: Vec<KindId>,
    /// The names of the scenes of the telling at hand.
    pub scene_names: scene_names::SceneNames,
    /// Some want could not be declared.
    pub lacks_wants: bool,
    /// Where the definitions of derived facts were written.
    pub derived: FxHashMap<FluentId, Vec<Span>>,
    /// All patterns and names, once facts and actions are declared.
    pub book: Option<SentenceBook>,
    /// Where a kind was put below another.
    parent_spans: FxHashMap<(KindId, KindId), Span>,
    /// Kinds whose parents are not all known: they fit everywhere, so that nothing follows from the mistake.
    loose_kinds: Vec<KindId>,
    /// Where aliases were written.
    alias_spans: FxHashMap<String, Span>,
}

impl<'a> Resolver<'a> {
    /// A resolver that knows the built-in kinds only.
    pub fn new(sources: &'a Sources, broken: BrokenPlaces) -> Self {
        let world = World::built_in(None);
        Self {
            sources,
            world,
            names: Names::default(),
            usage: Usage::default(),
            inside: None,
            diagnostics: Vec::new(),
            broken,
            lacks_patterns: false,
            lacks_files: false,
            repeats: repeats::Repeats::default(),
            wanted: Vec::new(),
            scene_names: scene_names::SceneNames::default(),
            lacks_wants: false,
            derived: FxHashMap::default(),
            book: None,
            parent_spans: FxHashMap::default(),
            loose_kinds: Vec::new(),
            alias_spans: FxHashMap::default(),
        }
    }

    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Notes that `symbol` is used at `span`.
    pub fn used(&mut self, symbol: Symbol, span: Span) {
        self.usage.record(symbol, span, self.inside);
    }

    /// Whether names near to an unknown one are still looked for.
    pub fn suggesting(&self) -> bool {
        self.diagnostics.len() < MOST_SUGGESTING
    }

    /// Whether the parser found a mistake in the line of `node`. If so, the names in it count as known.
    fn note_if_broken(&mut self, node: &impl AstNode) -> bool {
        let broken = self.broken.touch(node.span());
        if broken {
            self.note_broken_words(node);
        }
        broken
    }

    /// Treats all words of the line of `node` as known names, because it could not be understood.
    fn note_broken_words(&mut self, node: &impl AstNode) {
        let text = self.sources.slice(node.span());
        let words = text.split(|letter: char| !(letter.is_alphanumeric() || "_'’-".contains(letter)));
        let keys = words.filter(|word| !word.is_empty() && !is_article(word)).map(NameKey::new);
        self.names.broken_words.extend(keys);
    }
}
