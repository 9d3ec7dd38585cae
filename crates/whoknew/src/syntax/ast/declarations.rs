//! Facts, actions, rules and `extend`, and the lines of their blocks.

use super::{
    Call, Effect, Formula, Name, StringLiteral,
    items::{kinds_of, names_of},
    node::{AstNode, ast_node, block, child, child_of, children, has_word},
};
use crate::{
    source::FileId,
    syntax::{SyntaxKind, SyntaxNode},
};

ast_node! {
    /// `fact inside(what: thing): container "…"` and its lines.
    FactDeclaration, Fact
}

impl FactDeclaration {
    /// Its name; `fact "the safe is open"` has none.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// Its parameters, in groups of one kind.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterGroup> + use<> {
        parameters_of(self.syntax(), self.file())
    }

    /// The kinds of its value, as written after the colon; none: yes or no.
    pub fn value_kinds(&self) -> impl Iterator<Item = Name> + use<> {
        kinds_of(self.syntax(), self.file())
    }

    /// The pattern on its first line.
    pub fn pattern(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// The lines of its block.
    pub fn lines(&self) -> impl Iterator<Item = DeclarationLine> + use<> {
        block(self.syntax(), self.file())
    }
}

ast_node! {
    /// `action put(who: person) "…"` and its lines.
    ActionDeclaration, Action
}

impl ActionDeclaration {
    /// Its name.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// Its parameters, in groups of one kind.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterGroup> + use<> {
        parameters_of(self.syntax(), self.file())
    }

    /// The pattern on its first line.
    pub fn pattern(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// The lines of its block.
    pub fn lines(&self) -> impl Iterator<Item = DeclarationLine> + use<> {
        block(self.syntax(), self.file())
    }
}

ast_node! {
    /// `rule burn(v: vampire) "…"` and its lines.
    RuleDeclaration, Rule
}

impl RuleDeclaration {
    /// Its name.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// Its parameters, in groups of one kind.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterGroup> + use<> {
        parameters_of(self.syntax(), self.file())
    }

    /// The pattern on its first line.
    pub fn pattern(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// The lines of its block.
    pub fn lines(&self) -> impl Iterator<Item = DeclarationLine> + use<> {
        block(self.syntax(), self.file())
    }
}

ast_node! {
    /// `extend put` and the lines it adds.
    Extension, Extend
}

impl Extension {
    /// The name of what it adds to.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// The lines it adds.
    pub fn lines(&self) -> impl Iterator<Item = DeclarationLine> + use<> {
        block(self.syntax(), self.file())
    }
}

ast_node! {
    /// Parameters of the same kinds: `a, b: character or thing`.
    ParameterGroup, ParameterGroup
}

impl ParameterGroup {
    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = Name> + use<> {
        children(self.syntax(), self.file())
    }

    /// What they take: names of kinds, or `statement`, or `number`.
    pub fn kinds(&self) -> impl Iterator<Item = Name> + use<> {
        kinds_of(self.syntax(), self.file())
    }

    /// The only entity they take, after `only`.
    pub fn only(&self) -> Option<Name> {
        child_of(self.syntax(), SyntaxKind::Only).and_then(|only| child(&only, self.file()))
    }
}

/// A line in the block of a fact, action, rule or `extend`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeclarationLine {
    syntax: SyntaxNode,
    file: FileId,
}

impl AstNode for DeclarationLine {
    fn cast(syntax: SyntaxNode, file: FileId) -> Option<Self> {
        (SyntaxKind::AlsoLine..=SyntaxKind::WhenLine).contains(&syntax.kind()).then_some(Self { syntax, file })
    }
    fn syntax(&self) -> &SyntaxNode {
        &self.syntax
    }
    fn file(&self) -> FileId {
        self.file
    }
}

/// What a line of a declaration says.
#[derive(Clone, Debug)]
pub enum DeclarationLineKind {
    /// `also "…"`
    Also(Option<StringLiteral>),
    /// `past "…"`
    Past(Option<StringLiteral>),
    /// `not "…"`
    Not(Option<StringLiteral>),
    /// `none "…"`
    None(Option<StringLiteral>),
    /// `default V`
    Default(Option<Formula>),
    /// `means F`
    Means(Option<Formula>),
    /// `location`
    Location,
    /// `living`
    Living,
    /// `whereabouts`
    Whereabouts,
    /// `plain to c if F`
    Plain {
        /// A parameter, an entity, or a new name: every character.
        observer: Option<Name>,
        /// In which case.
        condition: Option<Formula>,
    },
    /// `guise to c if F`
    Guise {
        /// A parameter, an entity, or a new name: every character.
        observer: Option<Name>,
        /// In which case.
        condition: Option<Formula>,
    },
    /// `needs F`, `hidden needs F`
    Needs {
        /// Whether it says `hidden`.
        hidden: bool,
        /// What must be so.
        condition: Option<Formula>,
    },
    /// `makes EFFECT`
    Makes(Option<Effect>),
    /// `by X, Y`
    By(Vec<Name>),
    /// `seen by c openly as EVENT if F`
    Seen {
        /// A parameter, an entity, or a new name: every character.
        observer: Option<Name>,
        /// Whether no guise deceives them.
        openly: bool,
        /// What they notice, if not the action itself.
        noticed_as: Option<Call>,
        /// In which case.
        condition: Option<Formula>,
    },
    /// `takes 5 minutes`
    Takes(Option<Formula>),
    /// `mutual`
    Mutual,
    /// `unplanned`
    Unplanned,
    /// `entrance`
    Entrance,
    /// `exit`
    Exit,
    /// `thought`
    Thought,
    /// `when F`
    When(Option<Formula>),
}

impl DeclarationLine {
    /// What it says.
    pub fn kind(&self) -> DeclarationLineKind {
        use DeclarationLineKind as Line;
        match self.syntax.kind() {
            SyntaxKind::PastLine => Line::Past(StringLiteral::of(self)),
            SyntaxKind::NotLine => Line::Not(StringLiteral::of(self)),
            SyntaxKind::NoneLine => Line::None(StringLiteral::of(self)),
            SyntaxKind::DefaultLine => Line::Default(Formula::of(self)),
            SyntaxKind::MeansLine => Line::Means(Formula::of(self)),
            SyntaxKind::LocationLine => Line::Location,
            SyntaxKind::LivingLine => Line::Living,
            SyntaxKind::WhereaboutsLine => Line::Whereabouts,
            SyntaxKind::PlainLine => {
                Line::Plain { observer: child(&self.syntax, self.file), condition: Formula::of(self) }
            }
            SyntaxKind::GuiseLine => {
                Line::Guise { observer: child(&self.syntax, self.file), condition: Formula::of(self) }
            }
            SyntaxKind::NeedsLine => {
                Line::Needs { hidden: has_word(&self.syntax, "hidden"), condition: Formula::of(self) }
            }
            SyntaxKind::MakesLine => Line::Makes(Effect::of(self)),
            SyntaxKind::ByLine => Line::By(names_of(&self.syntax, self.file).collect()),
            SyntaxKind::SeenLine => self.seen(),
            SyntaxKind::TakesLine => Line::Takes(Formula::of(self)),
            SyntaxKind::MutualLine => Line::Mutual,
            SyntaxKind::UnplannedLine => Line::Unplanned,
            SyntaxKind::EntranceLine => Line::Entrance,
            SyntaxKind::ExitLine => Line::Exit,
            SyntaxKind::ThoughtLine => Line::Thought,
            SyntaxKind::WhenLine => Line::When(Formula::of(self)),
            _ => Line::Also(StringLiteral::of(self)),
        }
    }

    /// `seen by c [openly] [as EVENT] [if F]`: the event stands before `if`, the condition after it.
    fn seen(&self) -> DeclarationLineKind {
        let mut noticed_as = None;
        let mut condition = None;
        let mut after_if = false;
        let mut openly = false;
        for element in self.syntax.children_with_tokens() {
            match element {
                rowan::NodeOrToken::Token(token) => {
                    after_if |= super::node::is_word(&token, "if");
                    openly |= super::node::is_word(&token, "openly");
                }
                rowan::NodeOrToken::Node(node) if after_if => condition = condition.or(Formula::cast(node, self.file)),
                rowan::NodeOrToken::Node(node) => noticed_as = noticed_as.or(Call::cast(node, self.file)),
            }
        }
        DeclarationLineKind::Seen { observer: child(&self.syntax, self.file), openly, noticed_as, condition }
    }
}

/// The parameter groups in the brackets of a header.
fn parameters_of(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = ParameterGroup> + use<> {
    child_of(node, SyntaxKind::Parameters).into_iter().flat_map(move |list| children(&list, file))
}
