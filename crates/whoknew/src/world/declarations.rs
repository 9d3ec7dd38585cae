//! What a world declares: kinds, entities, fluents, actions, triggers, utilities, start.

use super::allowances::Allowance;
use super::{Binding, Effect, EntityId, EventTerm, Expression, KindId, Sentence, Spanned, Telling, Term, VariableId};
use crate::source::{FileId, Span};

/// Everything a story declares and tells (the field: domain and problem).
#[derive(Clone, Debug)]
pub struct World {
    /// The story's title, if it has one.
    pub title: Option<String>,
    /// All kinds; [`World::ENTITY_KIND`] and [`World::CHARACTER_KIND`] are the first two.
    pub kinds: Vec<Kind>,
    /// All entities, characters first, each group in order of definition. The last is [`World::someone`].
    pub entities: Vec<Entity>,
    /// How many of the entities are characters (they come first).
    pub characters: usize,
    /// All facts.
    pub fluents: Vec<Fluent>,
    /// All actions.
    pub actions: Vec<Action>,
    /// All rules, in definition order.
    pub triggers: Vec<Trigger>,
    /// The aim and all wants.
    pub utilities: Vec<Utility>,
    /// What may be said in plans beyond what conditions and wants speak of.
    pub sayable: Vec<Sayable>,
    /// The start statements, in order; later ones win.
    pub start: Vec<StartStatement>,
    /// The told story.
    pub telling: Telling,
    /// The `test` blocks.
    pub tests: Vec<StoryTest>,
    /// What the author allows.
    pub allowances: Vec<Allowance>,
    /// The files that are packs.
    pub packs: Vec<FileId>,
    /// The story's own facts, actions and rules that stand in place of those of packs.
    pub replacements: Vec<Replacement>,
}

/// A declaration of the story's own that stands in place of a pack's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Where the story declares it.
    pub span: Span,
    /// The pack's name, such as `std/places`.
    pub pack: String,
}

impl World {
    /// The built-in kind of everything.
    pub const ENTITY_KIND: KindId = KindId::from_index(0);
    /// The built-in kind of those who believe and act.
    pub const CHARACTER_KIND: KindId = KindId::from_index(1);

    /// A world with the built-in kinds and nothing else, not even [`World::someone`]: the readers of stories fill it.
    pub(crate) fn built_in(title: Option<String>) -> Self {
        let kind = |name: &str, parents| Kind { name: name.to_owned(), parents, span: None };
        Self {
            title,
            kinds: vec![kind("entity", Vec::new()), kind("character", vec![Self::ENTITY_KIND])],
            entities: Vec::new(),
            characters: 0,
            fluents: Vec::new(),
            actions: Vec::new(),
            triggers: Vec::new(),
            utilities: Vec::new(),
            sayable: Vec::new(),
            start: Vec::new(),
            telling: Telling::default(),
            tests: Vec::new(),
            allowances: Vec::new(),
            packs: Vec::new(),
            replacements: Vec::new(),
        }
    }

    /// The built-in entity that stands for somebody or something unknown. No quantifier or parameter ranges
    /// over it.
    pub fn someone(&self) -> EntityId {
        EntityId::from_index(self.entities.len() - 1)
    }

    /// Whether `parameter` takes `entity`.
    pub fn takes(&self, parameter: &Parameter, entity: EntityId) -> bool {
        match &parameter.kind {
            ParameterKind::Entity(kinds) => kinds.iter().any(|&kind| self.is_of_kind(entity, kind)),
            ParameterKind::Constant(constant) => *constant == entity,
            ParameterKind::Statement | ParameterKind::Number => false,
        }
    }

    /// Whether `entity` is of `kind` or of a kind below it. `someone` is of every kind.
    pub fn is_of_kind(&self, entity: EntityId, kind: KindId) -> bool {
        entity == self.someone() || self.entities[entity.index()].kinds.iter().any(|&own| self.is_subkind(own, kind))
    }

    /// Whether `span` lies in the story's own files, not in a pack.
    pub fn is_own(&self, span: Span) -> bool {
        !self.packs.contains(&span.file)
    }

    /// Whether `kind` is `ancestor` or lies below it.
    pub fn is_subkind(&self, kind: KindId, ancestor: KindId) -> bool {
        let parents = |kind: KindId| self.kinds[kind.index()].parents.as_slice();
        if kind == ancestor || parents(kind).contains(&ancestor) {
            return true;
        }
        let mut seen = vec![false; self.kinds.len()];
        let mut pending = parents(kind).to_vec();
        while let Some(current) = pending.pop() {
            if current == ancestor {
                return true;
            }
            if !std::mem::replace(&mut seen[current.index()], true) {
                pending.extend(parents(current));
            }
        }
        false
    }

    /// The entities of any of `kinds`, in entity order, without `someone`.
    pub fn entities_of<'a>(&'a self, kinds: &'a [KindId]) -> impl Iterator<Item = EntityId> + 'a {
        (0..self.entities.len() - 1)
            .map(EntityId::from_index)
            .filter(move |&entity| kinds.iter().any(|&kind| self.is_of_kind(entity, kind)))
    }
}

/// A type of entity. The kinds form an acyclic graph.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// The kinds it lies directly below.
    pub parents: Vec<KindId>,
    /// Where it was declared; `None` for the built-in ones.
    pub span: Option<Span>,
}

/// A person, place, thing.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name, as messages show it.
    pub name: String,
    /// Its other names, as `the teacher` for Miles.
    pub aliases: Vec<String>,
    /// The kinds it was declared with.
    pub kinds: Vec<KindId>,
    /// Declared `minor`: no loose end is reported for it.
    pub minor: bool,
    /// Where it was declared; `None` for `someone`.
    pub span: Option<Span>,
}

/// The values a fluent may take; all may also be unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Yes or no; no by default.
    Boolean,
    /// A number; 0 by default.
    Number,
    /// An entity of one of these kinds; unknown by default.
    Entity(Vec<KindId>),
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterKind {
    /// An entity of one of these kinds.
    Entity(Vec<KindId>),
    /// This entity only.
    Constant(EntityId),
    /// A statement (actions only): such actions are never enumerated, only made on demand.
    Statement,
    /// A number (actions only): likewise made on demand only.
    Number,
}

/// A parameter of a fluent, action or trigger. Its variable is its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: ParameterKind,
}

/// A fact with arguments and a value.
#[derive(Clone, Debug)]
pub struct Fluent {
    /// Its name; several fluents may share one if no arguments fit both.
    pub name: String,
    /// Its parameters (entities only).
    pub parameters: Vec<Parameter>,
    /// Its values.
    pub value: ValueKind,
    /// The value before anything is said; `None`: false, 0 or unknown.
    pub default: Option<Expression>,
    /// The formula that defines it, if derived. Its variables 0.. are the parameters.
    pub definition: Option<Expression>,
    /// How it is said. Slot names are parameter names and `value`.
    pub sentences: Vec<Sentence>,
    /// How its opposite is said, where the author gave that; otherwise built from `sentences`.
    pub negative_sentences: Vec<Sentence>,
    /// How it is said that it has no value, where the author gave that.
    pub none_sentences: Vec<Sentence>,
    /// This fact says where somebody or something is.
    pub location: bool,
    /// `everyone` and `nobody` speak of those alone of whom this fact is so.
    pub living: bool,
    /// This fact says in another way where something is, as that somebody has it. Who comes to believe
    /// one of these facts, or those that are locations, no longer believes another.
    pub whereabouts: bool,
    /// Who can see for themselves whether it is so, in which case: no words change what they believe of it.
    pub plain: Vec<Observation>,
    /// This fact says whom somebody looks like; whom they deceive by that who are only acted upon, in which case.
    pub guise: Option<Observation>,
    /// Where it was declared.
    pub span: Span,
}

/// A part of an action's needs.
#[derive(Clone, Debug)]
pub struct Precondition {
    /// What must be so.
    pub condition: Spanned<Expression>,
    /// Declared `hidden`: those who are surprised do not learn it.
    pub hidden: bool,
}

/// Who notices an action, and as what.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Who: one character, or a variable over all characters.
    pub observer: Observer,
    /// In which case; judged in the state before the action.
    pub condition: Expression,
    /// Whether they see who it truly is, whatever the guise.
    pub openly: bool,
    /// The event that they notice; `None`: the action itself.
    pub noticed_as: Option<EventTerm>,
    /// Where it was written.
    pub span: Span,
}

/// The character or characters a `seen by` line speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Observer {
    /// This one.
    One(Term),
    /// Every character, bound to a variable.
    Every(Binding),
}

/// What an action does for the staging of scenes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Staging {
    /// `entrance`: used, with arguments (who, place), when a scene says that somebody is present.
    Entrance,
    /// `exit`: used, with argument (who), when a scene says who is present and somebody else would be there.
    Exit,
    /// `thought`: its needs, with argument (who), are those of every conclusion.
    Thought,
}

impl Staging {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Entrance, Self::Exit, Self::Thought];

    /// The word for it.
    ///
    /// ```
    /// assert_eq!(whoknew::world::Staging::Exit.word(), "exit");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::Exit => "exit",
            Self::Thought => "thought",
        }
    }
}

/// Something that somebody chooses to do, or, without actors, fate.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name; overloading as for fluents.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// How it is told; the first is used for printing.
    pub sentences: Vec<Sentence>,
    /// How it is said to have happened ("{who} told {whom} that {what}").
    pub past_sentences: Vec<Sentence>,
    /// All must hold.
    pub preconditions: Vec<Precondition>,
    /// Written together.
    pub effect: Effect,
    /// Those whose choice it is; empty: fate.
    pub actors: Vec<Term>,
    /// In order; the first whose condition holds decides. Empty: the actors notice it.
    pub observations: Vec<Observation>,
    /// How long it takes, in minutes (an expression over the parameters), if that matters.
    pub duration: Option<Expression>,
    /// Whether it stages scenes.
    pub staging: Option<Staging>,
    /// `mutual`: its first two parameters may be exchanged; both orders are one event when counted.
    pub mutual: bool,
    /// `unplanned`: plans leave it out.
    pub unplanned: bool,
    /// Where it was declared.
    pub span: Span,
}

/// A rule: what happens by itself whenever it can.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// How it is said, if the author gave a sentence.
    pub sentences: Vec<Sentence>,
    /// When it applies.
    pub condition: Spanned<Expression>,
    /// What it changes.
    pub effect: Effect,
    /// Where it was declared.
    pub span: Span,
}

/// Whose number is to be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The author's aim.
    Author,
    /// A character's want.
    Character(EntityId),
}

/// A number that its holder tries to raise; several of one holder add up.
#[derive(Clone, Debug)]
pub struct Utility {
    /// Whose it is.
    pub holder: Holder,
    /// Its name, for `because` and `drops`.
    pub label: Option<String>,
    /// The number; a condition counts 1 or 0.
    pub value: Expression,
    /// Where it was written.
    pub span: Span,
}

/// Statements that may be said in plans: one for each choice of entities.
#[derive(Clone, Debug)]
pub struct Sayable {
    /// What it ranges over (entities only); its variables are their positions.
    pub parameters: Vec<Parameter>,
    /// What may be said.
    pub statement: Expression,
    /// Where it was written.
    pub span: Span,
}

/// What a start statement says, and for whom.
#[derive(Clone, Debug)]
pub enum StartStatement {
    /// Common knowledge, or with `Believes` around it what somebody believes.
    Common(Spanned<Effect>),
    /// `known to X, Y: S`
    KnownTo(Vec<EntityId>, Spanned<Effect>),
    /// `told to reader: S`
    ToldToReader(Spanned<Expression>),
}

/// A `test` block: a short telling of its own from the story's start.
#[derive(Clone, Debug)]
pub struct StoryTest {
    /// Its title.
    pub title: String,
    /// Start statements on top of the story's.
    pub start: Vec<StartStatement>,
    /// What it tells.
    pub telling: Telling,
    /// Where it was written.
    pub span: Span,
}

/// A variable that a declaration binds beyond its parameters, for messages.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableName {
    /// The variable.
    pub variable: VariableId,
    /// Its name.
    pub name: String,
}

/// A term list, as for actors.
pub type Terms = Vec<Term>;
