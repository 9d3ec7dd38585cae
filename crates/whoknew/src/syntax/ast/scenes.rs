//! Scenes, their lines, and the lines below a line.

use super::{
    Call, Duration, Event, Name, SceneTime, Statement, StringLiteral, Token,
    items::names_of,
    node::{AstNode, ast_node, block, child, children, has_word, is_word, tokens},
    times::clock_in,
};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode},
};

ast_node! {
    /// `scene 7 "The warning", three weeks after scene 2` and its lines.
    SceneBlock, Scene
}

impl SceneBlock {
    /// Whether it says `offstage`.
    pub fn offstage(&self) -> bool {
        tokens(self.syntax()).next().is_some_and(|token| is_word(&token, "offstage"))
    }

    /// Its label: the number or word after `scene`.
    pub fn label(&self) -> Option<Token> {
        let after = tokens(self.syntax()).skip_while(|token| !is_word(token, "scene")).nth(1)?;
        matches!(after.kind(), SyntaxKind::Word | SyntaxKind::Number).then(|| Token::new(after, self.file()))
    }

    /// Its title.
    pub fn title(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// What its header says about its time, one value for each part between commas.
    pub fn times(&self) -> impl Iterator<Item = SceneTime> + use<> {
        children(self.syntax(), self.file())
    }

    /// Its lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = SceneLine> + use<> {
        block(self.syntax(), self.file())
    }
}

/// A line of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SceneLine {
    syntax: SyntaxNode,
    file: FileId,
}

impl AstNode for SceneLine {
    fn cast(syntax: SyntaxNode, file: FileId) -> Option<Self> {
        (SyntaxKind::PlaceLine..=SyntaxKind::AllowLine).contains(&syntax.kind()).then_some(Self { syntax, file })
    }
    fn syntax(&self) -> &SyntaxNode {
        &self.syntax
    }
    fn file(&self) -> FileId {
        self.file
    }
}

/// What a line of a scene says.
#[derive(Clone, Debug)]
pub enum SceneLineKind {
    /// `at …`: where the scene plays.
    Place(Option<Name>),
    /// `present …`: who is there, and nobody else.
    Present(Vec<Name>),
    /// `through …`: whose point of view.
    Through(Option<Name>),
    /// `lasts …`
    Lasts(Option<Duration>),
    /// Something happens.
    Event {
        /// Whether it says `offstage`.
        offstage: bool,
        /// What happens.
        event: Option<Event>,
    },
    /// `X concludes that S`; its premises stand below.
    Conclusion {
        /// Who thinks.
        thinker: Option<Name>,
        /// What they conclude.
        statement: Option<Statement>,
    },
    /// `claim S`
    Claim(Option<Statement>),
    /// `assume S "reason"`
    Assume {
        /// What is made so.
        statement: Option<Statement>,
        /// Why the author may assume it.
        reason: Option<StringLiteral>,
    },
    /// `reveal S`
    Reveal(Option<Statement>),
    /// `X drops "WANT"`
    Drops {
        /// Whose want.
        character: Option<Name>,
        /// Its name.
        want: Option<StringLiteral>,
    },
    /// `X forgets that S`, `X forgets f(a)`
    Forgets {
        /// Who.
        character: Option<Name>,
        /// What.
        what: Option<Forgotten>,
    },
    /// `X loses time`
    LosesTime(Option<Name>),
    /// `expect H02 "reason"` as a line of the scene: it speaks of the scene itself.
    Expect(Option<Expectation>),
    /// `allow H10 "reason"`: not told; see [`super::AllowLine`].
    Allow,
}

/// What is forgotten.
#[derive(Clone, Debug)]
pub enum Forgotten {
    /// After `that`.
    Statement(Statement),
    /// `f(a)`, whatever its value.
    Fact(Call),
}

/// `expect H02 "reason"`
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The code, as written.
    pub code: Token,
    /// Why the author accepts the finding.
    pub reason: Option<StringLiteral>,
    /// Where it is written.
    pub span: Span,
}

impl Expectation {
    fn of(node: &impl AstNode) -> Option<Self> {
        let code = tokens(node.syntax()).nth(1).filter(|token| token.kind() == SyntaxKind::Word)?;
        Some(Self { code: Token::new(code, node.file()), reason: StringLiteral::of(node), span: node.span() })
    }
}

impl SceneLine {
    /// What it says.
    pub fn kind(&self) -> SceneLineKind {
        use SceneLineKind as Line;
        let name = || child(&self.syntax, self.file);
        match self.syntax.kind() {
            SyntaxKind::PlaceLine => Line::Place(name()),
            SyntaxKind::PresentLine => Line::Present(names_of(&self.syntax, self.file).collect()),
            SyntaxKind::ThroughLine => Line::Through(name()),
            SyntaxKind::LastsLine => {
                Line::Lasts(self.syntax.children().find_map(|child| Duration::cast(&child, self.file)))
            }
            SyntaxKind::ConclusionLine => Line::Conclusion { thinker: name(), statement: Statement::of(self) },
            SyntaxKind::ClaimLine => Line::Claim(Statement::of(self)),
            SyntaxKind::AssumeLine => Line::Assume { statement: Statement::of(self), reason: StringLiteral::of(self) },
            SyntaxKind::RevealLine => Line::Reveal(Statement::of(self)),
            SyntaxKind::DropsLine => Line::Drops { character: name(), want: StringLiteral::of(self) },
            SyntaxKind::ForgetsLine => Line::Forgets { character: name(), what: self.forgotten() },
            SyntaxKind::LosesTimeLine => Line::LosesTime(name()),
            SyntaxKind::ExpectLine => Line::Expect(Expectation::of(self)),
            SyntaxKind::AllowLine => Line::Allow,
            _ => Line::Event { offstage: has_word(&self.syntax, "offstage"), event: Event::of(self) },
        }
    }

    /// The lines below it, in order.
    pub fn below(&self) -> impl Iterator<Item = BelowLine> + use<> {
        block(&self.syntax, self.file)
    }

    fn forgotten(&self) -> Option<Forgotten> {
        if has_word(&self.syntax, "that") {
            return Statement::of(self).map(Forgotten::Statement);
        }
        Call::of(self).map(Forgotten::Fact)
    }
}

/// A line below a line of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BelowLine {
    syntax: SyntaxNode,
    file: FileId,
}

impl AstNode for BelowLine {
    fn cast(syntax: SyntaxNode, file: FileId) -> Option<Self> {
        (SyntaxKind::ExpectLine..=SyntaxKind::ClockLine).contains(&syntax.kind()).then_some(Self { syntax, file })
    }
    fn syntax(&self) -> &SyntaxNode {
        &self.syntax
    }
    fn file(&self) -> FileId {
        self.file
    }
}

/// What a line below a line says.
#[derive(Clone, Debug)]
pub enum BelowLineKind {
    /// `from S`: a premise.
    From(Option<Statement>),
    /// `because "WANT"`
    Because(Option<StringLiteral>),
    /// `shown as EVENT`
    ShownAs(Option<Event>),
    /// `noticed by X, Y`
    NoticedBy(Vec<Name>),
    /// `unnoticed by X`
    UnnoticedBy(Vec<Name>),
    /// `clock 21:30`, in minutes after midnight.
    Clock(Option<u32>),
    /// `expect H02 "reason"`
    Expect(Option<Expectation>),
    /// `allow H10 "reason"`: see [`super::AllowLine`].
    Allow,
}

impl BelowLine {
    /// What it says.
    pub fn kind(&self) -> BelowLineKind {
        use BelowLineKind as Line;
        let names = || names_of(&self.syntax, self.file).collect();
        match self.syntax.kind() {
            SyntaxKind::FromLine => Line::From(Statement::of(self)),
            SyntaxKind::BecauseLine => Line::Because(StringLiteral::of(self)),
            SyntaxKind::ShownAsLine => Line::ShownAs(Event::of(self)),
            SyntaxKind::NoticedByLine => Line::NoticedBy(names()),
            SyntaxKind::UnnoticedByLine => Line::UnnoticedBy(names()),
            SyntaxKind::AllowLine => Line::Allow,
            SyntaxKind::ClockLine => Line::Clock(clock_in(
                tokens(&self.syntax).filter(|token| !is_word(token, "clock") && token.kind() != SyntaxKind::Colon),
            )),
            _ => Line::Expect(Expectation::of(self)),
        }
    }
}
