//! The file and its items.

use super::{
    Formula, Name, SceneBlock, SceneLine, Statement, StringLiteral,
    declarations::{ActionDeclaration, Extension, FactDeclaration, RuleDeclaration},
    effects::Effect,
    node::{AstNode, ast_node, block, child, child_of, children, has_word, tokens},
    sayable::SayableDeclaration,
};
use crate::{
    source::FileId,
    syntax::{SyntaxKind, SyntaxNode},
};

ast_node! {
    /// A whole file.
    SourceFile, SourceFile
}

impl SourceFile {
    pub(in crate::syntax) fn new(syntax: SyntaxNode, file: FileId) -> Self {
        Self { syntax, file }
    }

    /// Its items, in order.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        children(self.syntax(), self.file())
    }
}

/// An item of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// `story "…"`
    Story(StoryTitle),
    /// `use …`
    Use(Use),
    /// `kind …`
    Kind(KindDeclaration),
    /// `person Sally, Anne`
    Entities(EntityDeclaration),
    /// `fact …`
    Fact(FactDeclaration),
    /// `action …`
    Action(ActionDeclaration),
    /// `rule …`
    Rule(RuleDeclaration),
    /// `extend …`
    Extend(Extension),
    /// `want …`
    Want(WantDeclaration),
    /// `aim …`
    Aim(AimDeclaration),
    /// `sayable …`
    Sayable(SayableDeclaration),
    /// `start`
    Start(StartBlock),
    /// `told`
    Told(ToldMarker),
    /// `scene …`
    Scene(SceneBlock),
    /// `test …`
    Test(TestBlock),
}

impl AstNode for Item {
    fn cast(syntax: SyntaxNode, file: FileId) -> Option<Self> {
        Some(match syntax.kind() {
            SyntaxKind::Story => Self::Story(StoryTitle { syntax, file }),
            SyntaxKind::Use => Self::Use(Use { syntax, file }),
            SyntaxKind::Kind => Self::Kind(KindDeclaration { syntax, file }),
            SyntaxKind::Entities => Self::Entities(EntityDeclaration { syntax, file }),
            SyntaxKind::Fact => Self::Fact(FactDeclaration::cast(syntax, file)?),
            SyntaxKind::Action => Self::Action(ActionDeclaration::cast(syntax, file)?),
            SyntaxKind::Rule => Self::Rule(RuleDeclaration::cast(syntax, file)?),
            SyntaxKind::Extend => Self::Extend(Extension::cast(syntax, file)?),
            SyntaxKind::Want => Self::Want(WantDeclaration { syntax, file }),
            SyntaxKind::Aim => Self::Aim(AimDeclaration { syntax, file }),
            SyntaxKind::Sayable => Self::Sayable(SayableDeclaration::cast(syntax, file)?),
            SyntaxKind::Start => Self::Start(StartBlock { syntax, file }),
            SyntaxKind::Told => Self::Told(ToldMarker { syntax, file }),
            SyntaxKind::Scene => Self::Scene(SceneBlock::cast(syntax, file)?),
            SyntaxKind::Test => Self::Test(TestBlock { syntax, file }),
            _ => return None,
        })
    }

    fn syntax(&self) -> &SyntaxNode {
        match self {
            Self::Story(node) => node.syntax(),
            Self::Use(node) => node.syntax(),
            Self::Kind(node) => node.syntax(),
            Self::Entities(node) => node.syntax(),
            Self::Fact(node) => node.syntax(),
            Self::Action(node) => node.syntax(),
            Self::Rule(node) => node.syntax(),
            Self::Extend(node) => node.syntax(),
            Self::Want(node) => node.syntax(),
            Self::Aim(node) => node.syntax(),
            Self::Sayable(node) => node.syntax(),
            Self::Start(node) => node.syntax(),
            Self::Told(node) => node.syntax(),
            Self::Scene(node) => node.syntax(),
            Self::Test(node) => node.syntax(),
        }
    }

    fn file(&self) -> FileId {
        match self {
            Self::Story(node) => node.file(),
            Self::Use(node) => node.file(),
            Self::Kind(node) => node.file(),
            Self::Entities(node) => node.file(),
            Self::Fact(node) => node.file(),
            Self::Action(node) => node.file(),
            Self::Rule(node) => node.file(),
            Self::Extend(node) => node.file(),
            Self::Want(node) => node.file(),
            Self::Aim(node) => node.file(),
            Self::Sayable(node) => node.file(),
            Self::Start(node) => node.file(),
            Self::Told(node) => node.file(),
            Self::Scene(node) => node.file(),
            Self::Test(node) => node.file(),
        }
    }
}

ast_node! {
    /// `story "The basket and the box"`
    StoryTitle, Story
}

impl StoryTitle {
    /// The title.
    pub fn title(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }
}

ast_node! {
    /// `use std/places, std/talk`
    Use, Use
}

impl Use {
    /// The paths, as written: `std/places`.
    pub fn paths(&self) -> impl Iterator<Item = UsePath> + use<> {
        children(self.syntax(), self.file())
    }
}

ast_node! {
    /// One path of a `use` line.
    UsePath, Path
}

impl UsePath {
    /// As written, with white space between words alone.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for token in tokens(self.syntax()) {
            let follows = |end: Option<char>| end.is_some_and(char::is_alphanumeric);
            if follows(text.chars().next_back()) && follows(token.text().chars().next()) {
                text.push(' ');
            }
            text.push_str(token.text());
        }
        text
    }
}

ast_node! {
    /// `kind golem : character, thing`
    KindDeclaration, Kind
}

impl KindDeclaration {
    /// Its name.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// The kinds it lies below.
    pub fn parents(&self) -> impl Iterator<Item = Name> + use<> {
        names_of(self.syntax(), self.file())
    }
}

ast_node! {
    /// `minor person and witch Marlow, Miles (the teacher)`
    EntityDeclaration, Entities
}

impl EntityDeclaration {
    /// Whether it says `minor`.
    pub fn minor(&self) -> bool {
        has_word(self.syntax(), "minor")
    }

    /// The kinds.
    pub fn kinds(&self) -> impl Iterator<Item = Name> + use<> {
        kinds_of(self.syntax(), self.file())
    }

    /// The entities.
    pub fn entities(&self) -> impl Iterator<Item = DeclaredEntity> + use<> {
        children(self.syntax(), self.file())
    }
}

ast_node! {
    /// One name of an entity line: `Miles (the teacher, Robert)`.
    DeclaredEntity, Entity
}

impl DeclaredEntity {
    /// Its name.
    pub fn name(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }

    /// Its other names.
    pub fn aliases(&self) -> impl Iterator<Item = Name> + use<> {
        children(self.syntax(), self.file()).skip(1)
    }
}

ast_node! {
    /// `want Anne "the trick": …`, `want every vampire v: …`
    WantDeclaration, Want
}

/// Whose want it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WantHolder {
    /// Of these.
    Characters(Vec<Name>),
    /// `every vampire v`: of each of these kinds, bound to a variable.
    Every {
        /// The kinds.
        kinds: Vec<Name>,
        /// The variable.
        variable: Name,
    },
}

impl WantDeclaration {
    /// Whose it is.
    pub fn holder(&self) -> Option<WantHolder> {
        let node = self.syntax();
        if child_of(node, SyntaxKind::Names).is_some() {
            return Some(WantHolder::Characters(names_of(node, self.file()).collect()));
        }
        let variable = child(node, self.file())?;
        Some(WantHolder::Every { kinds: kinds_of(node, self.file()).collect(), variable })
    }

    /// Its name.
    pub fn label(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// The number that is to be raised.
    pub fn value(&self) -> Option<Formula> {
        Formula::of(self)
    }
}

ast_node! {
    /// `aim: …`
    AimDeclaration, Aim
}

impl AimDeclaration {
    /// Its name.
    pub fn label(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// The number that is to be raised.
    pub fn value(&self) -> Option<Formula> {
        Formula::of(self)
    }
}

ast_node! {
    /// `start` and its lines.
    StartBlock, Start
}

impl StartBlock {
    /// Its lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = StartLine> + use<> {
        block(self.syntax(), self.file())
    }
}

ast_node! {
    /// A line of a `start` block.
    StartLine, StartLine
}

/// Whom a line of a `start` block speaks to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StartScope {
    /// Common knowledge.
    Everybody,
    /// `known to X, Y: …`
    KnownTo(Vec<Name>),
    /// `told to reader: …`
    ToldToReader,
}

/// What a line of a `start` block says.
#[derive(Clone, Debug)]
pub enum StartContent {
    /// A statement: a sentence, or a formula after `told to reader:`.
    Statement(Statement),
    /// What is made so: any other line with a bracket or comparison sign.
    Effect(Effect),
}

impl StartLine {
    /// For whom it holds.
    pub fn scope(&self) -> StartScope {
        if has_word(self.syntax(), "known") {
            StartScope::KnownTo(names_of(self.syntax(), self.file()).collect())
        } else if has_word(self.syntax(), "told") {
            StartScope::ToldToReader
        } else {
            StartScope::Everybody
        }
    }

    /// What it says.
    pub fn content(&self) -> Option<StartContent> {
        Statement::of(self).map(StartContent::Statement).or_else(|| Effect::of(self).map(StartContent::Effect))
    }
}

ast_node! {
    /// `told`
    ToldMarker, Told
}

ast_node! {
    /// `test "…"` and its lines.
    TestBlock, Test
}

/// A part of a test.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TestPart {
    /// Start statements on top of the story's.
    Start(StartBlock),
    /// A scene.
    Scene(SceneBlock),
    /// A line outside any scene.
    Line(SceneLine),
}

impl TestBlock {
    /// Its title.
    pub fn title(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// Its parts, in order.
    pub fn parts(&self) -> impl Iterator<Item = TestPart> + use<> {
        let file = self.file();
        let block = child_of(self.syntax(), SyntaxKind::Block);
        block.into_iter().flat_map(|block| block.children()).filter_map(move |node| {
            StartBlock::cast(node.clone(), file)
                .map(TestPart::Start)
                .or_else(|| SceneBlock::cast(node.clone(), file).map(TestPart::Scene))
                .or_else(|| SceneLine::cast(node, file).map(TestPart::Line))
        })
    }
}

/// The names of the first list of names in a node.
pub(super) fn names_of(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = Name> + use<> {
    child_of(node, SyntaxKind::Names).into_iter().flat_map(move |list| children(&list, file))
}

/// The names of the first list of kinds in a node.
pub(super) fn kinds_of(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = Name> + use<> {
    child_of(node, SyntaxKind::Kinds).into_iter().flat_map(move |list| children(&list, file))
}
