//! The kinds of tokens and nodes of the syntax tree.

/// Defines [`SyntaxKind`] and the table that turns its numbers back into kinds.
macro_rules! syntax_kinds {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// What a token or node of the tree is. Tokens come first, then nodes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum SyntaxKind {
            $($(#[$meta])* $name,)*
        }

        const ALL: &[SyntaxKind] = &[$(SyntaxKind::$name,)*];
    };
}

syntax_kinds! {
    /// Spaces and tabs, and line ends inside a line that goes on.
    Whitespace,
    /// The end of a line.
    Newline,
    /// `# …` up to the end of the line.
    Comment,
    /// The byte order mark at the start of a file, and other marks that nobody sees.
    ByteOrderMark,
    /// The full stop at the end of a line, or the colon after its first word or at the end of a header: allowed, and
    /// without meaning.
    FullStop,
    /// A word of any script: `marble`, `don't`, `twenty-five`.
    Word,
    /// `'s` or `'` after a word.
    Possessive,
    /// `12`, `0.5`
    Number,
    /// `21:30`
    Clock,
    /// `1999-03-02`
    Date,
    /// Text in quotation marks, with them.
    String,
    /// A quotation mark without its partner, up to the end of the line.
    OpenString,
    /// `(`
    OpenBracket,
    /// `)`
    CloseBracket,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `?`
    QuestionMark,
    /// A character that has no meaning in this language.
    Stray,

    /// A part that could not be understood; an error speaks of it.
    Error,
    /// The whole file.
    SourceFile,
    /// The lines indented below a line.
    Block,
    /// A name of one or more words: `Miles's flat`.
    Name,
    /// Names joined by commas or `and`.
    Names,
    /// Kinds joined by `or`.
    Kinds,
    /// A path of a `use` line.
    Path,
    /// `story "…"`
    Story,
    /// `use …`
    Use,
    /// `kind …`
    Kind,
    /// `person Sally, Anne`
    Entities,
    /// One name of an entity line with its aliases.
    Entity,
    /// `fact …`
    Fact,
    /// `action …`
    Action,
    /// `rule …`
    Rule,
    /// `extend …`
    Extend,
    /// `want …`
    Want,
    /// `aim …`
    Aim,
    /// `sayable …`
    Sayable,
    /// `every thing t` of a `sayable` line.
    SayableEvery,
    /// `start`
    Start,
    /// `told`
    Told,
    /// `scene …`
    Scene,
    /// `test …`
    Test,
    /// `( … )` after the name of a fact, action or rule.
    Parameters,
    /// `a, b: character`
    ParameterGroup,
    /// `only Sally`, in the place of a parameter's kinds.
    Only,
    /// `also "…"`
    AlsoLine,
    /// `past "…"`
    PastLine,
    /// `not "…"`
    NotLine,
    /// `none "…"`
    NoneLine,
    /// `default …`
    DefaultLine,
    /// `means …`
    MeansLine,
    /// `location`
    LocationLine,
    /// `living`
    LivingLine,
    /// `whereabouts`
    WhereaboutsLine,
    /// `plain to c if F`
    PlainLine,
    /// `guise to c if F`
    GuiseLine,
    /// `needs …`
    NeedsLine,
    /// `makes …`
    MakesLine,
    /// `by …`
    ByLine,
    /// `seen by …`
    SeenLine,
    /// `takes …`
    TakesLine,
    /// `mutual`
    MutualLine,
    /// `unplanned`
    UnplannedLine,
    /// `entrance`
    EntranceLine,
    /// `exit`
    ExitLine,
    /// `thought`
    ThoughtLine,
    /// `when …`
    WhenLine,
    /// A line of a `start` block.
    StartLine,
    /// What a scene's header says about its time: one part of it.
    SceneTime,
    /// `scene 4` or a title in quotation marks, where a scene is named.
    SceneReference,
    /// `three weeks`
    Duration,
    /// `at …` in a scene.
    PlaceLine,
    /// `present …`
    PresentLine,
    /// `through …`
    ThroughLine,
    /// `lasts …`
    LastsLine,
    /// Something happens.
    EventLine,
    /// `X concludes that S`
    ConclusionLine,
    /// `claim S`
    ClaimLine,
    /// `assume S "…"`
    AssumeLine,
    /// `reveal S`
    RevealLine,
    /// `X drops "…"`
    DropsLine,
    /// `X forgets …`
    ForgetsLine,
    /// `X loses time`
    LosesTimeLine,
    /// `expect H02 "…"`
    ExpectLine,
    /// `allow H10 "…"`
    AllowLine,
    /// `from S`
    FromLine,
    /// `because "…"`
    BecauseLine,
    /// `shown as …`
    ShownAsLine,
    /// `noticed by …`
    NoticedByLine,
    /// `unnoticed by …`
    UnnoticedByLine,
    /// `clock 21:30`
    ClockLine,
    /// A line of words that the declared patterns will read.
    Sentence,
    /// `A or B`
    OrFormula,
    /// `A and B`
    AndFormula,
    /// `not A`
    NotFormula,
    /// `A = B`
    Comparison,
    /// `x is a K`
    IsKindFormula,
    /// `x believes F`, `x knows F`, `x wonders F`
    AttitudeFormula,
    /// `a + b - c`
    SumFormula,
    /// `a * b / c`
    ProductFormula,
    /// `-a`
    NegativeFormula,
    /// `12`, `14 days`
    NumberFormula,
    /// `?`
    UnknownFormula,
    /// `yes`
    YesFormula,
    /// `no`
    NoFormula,
    /// A name as a value.
    NameFormula,
    /// Words that the declared patterns will read, as a condition.
    SentenceFormula,
    /// `f(a, b)`
    Call,
    /// `( F )`
    BracketFormula,
    /// `exists x: K (F)` and its like.
    QuantifiedFormula,
    /// `A if F else B`
    IfFormula,
    /// `happened(EVENT)`
    HappenedFormula,
    /// `times(EVENT since …)`
    TimesFormula,
    /// `time()`
    TimeFormula,
    /// Effects joined by `and` or commas.
    AllEffects,
    /// `EFFECT if F`
    IfEffect,
    /// `f(a) = value`
    AssignEffect,
    /// `f(a)`
    MakeEffect,
    /// `not f(a)`
    UnmakeEffect,
    /// `x believes EFFECT`
    BelievesEffect,
    /// `x learns f(a)`
    LearnsEffect,
    /// `x forgets f(a)`
    ForgetsEffect,
    /// A statement parameter made so.
    StatementEffect,
    /// Words that the declared patterns will read, made so.
    SentenceEffect,
    /// `for all x: K (EFFECT)`
    ForAllEffect,
    /// `( EFFECT )`
    BracketEffect,
}

impl SyntaxKind {
    /// Whether it is white space, a comment or the full stop of a line: nothing that a sentence or formula is made of.
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Whitespace | Self::Newline | Self::Comment | Self::ByteOrderMark | Self::FullStop)
    }

    /// Whether it compares two values: `=`, `!=`, `<`, `<=`, `>`, `>=`.
    pub const fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal | Self::NotEqual | Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual
        )
    }
}

/// Ties the kinds to the tree library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StoryLanguage {}

impl rowan::Language for StoryLanguage {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        ALL.get(raw.0 as usize).copied().unwrap_or(SyntaxKind::Error)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

impl From<SyntaxKind> for rowan::SyntaxKind {
    fn from(kind: SyntaxKind) -> Self {
        Self(kind as u16)
    }
}
