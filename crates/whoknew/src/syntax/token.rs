//! Tokens as the lexer library sees them.

use logos::Logos;

use super::SyntaxKind;

/// A token before possessive endings are split off.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawToken {
    #[regex(r"[ \t\u{0B}\u{0C}\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]+")]
    #[token("\r")]
    Whitespace,
    #[token("\n")]
    #[token("\r\n")]
    Newline,
    #[regex(r"#[^\r\n]*", allow_greedy = true)]
    Comment,
    // Marks that nobody sees: of byte order, of joining and direction.
    #[regex(r"[\u{FEFF}\u{200B}\u{2060}\u{200E}\u{200F}]")]
    ByteOrderMark,
    // Runs of letters, marks, digits and `_`; apostrophes, hyphens and middle dots between letters.
    #[regex(
        r"([\p{L}\p{M}_\u{200C}\u{200D}\p{N}]*[\p{L}\p{M}_\u{200C}\u{200D}]['’\-\u{2010}\u{2011}\u{B7}\u{30FB}])*[\p{L}\p{M}_\u{200C}\u{200D}][\p{L}\p{M}_\u{200C}\u{200D}\p{N}]*",
        priority = 5
    )]
    #[regex(r"\p{N}+[\p{L}\p{M}_\u{200C}\u{200D}][\p{L}\p{M}_\u{200C}\u{200D}\p{N}]*", priority = 4)]
    #[regex(r"\p{N}+", priority = 3)]
    Word,
    #[token("'")]
    #[token("’")]
    Apostrophe,
    #[regex(r"[0-9]+(\.[0-9]+)?", priority = 10)]
    Number,
    #[regex(r"[0-9][0-9]?:[0-9][0-9]", priority = 11)]
    Clock,
    #[regex(r"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]", priority = 11)]
    Date,
    #[regex(r#""[^"\r\n]*""#)]
    #[regex(r"“[^”\r\n]*”")]
    #[regex(r"„[^“”\r\n]*[“”]")]
    // As other languages write them, and pairs of a straight and a typographic mark.
    #[regex(r"”[^“”\r\n]*”")]
    #[regex(r"«[^»\r\n]*»")]
    #[regex(r"»[^«\r\n]*«")]
    #[regex(r"「[^」\r\n]*」")]
    #[regex(r#""[^"“”\r\n]*[“”]"#)]
    #[regex(r#"[“„”][^"“”\r\n]*""#)]
    String,
    #[regex(r#""[^"\r\n]*"#, allow_greedy = true)]
    #[regex(r"“[^”\r\n]*", allow_greedy = true)]
    #[regex(r"„[^“”\r\n]*", allow_greedy = true)]
    #[regex(r"«[^»\r\n]*", allow_greedy = true)]
    #[regex(r"「[^」\r\n]*", allow_greedy = true)]
    OpenString,
    #[token("(")]
    OpenBracket,
    #[token(")")]
    CloseBracket,
    #[token(",")]
    Comma,
    #[token(":")]
    Colon,
    #[token("=")]
    Equal,
    #[token("!=")]
    NotEqual,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("?")]
    QuestionMark,
    #[token(".")]
    FullStop,
}

impl RawToken {
    /// The kind in the tree.
    pub fn kind(self) -> SyntaxKind {
        match self {
            Self::Whitespace => SyntaxKind::Whitespace,
            Self::Newline => SyntaxKind::Newline,
            Self::Comment => SyntaxKind::Comment,
            Self::ByteOrderMark => SyntaxKind::ByteOrderMark,
            Self::Word => SyntaxKind::Word,
            Self::Apostrophe => SyntaxKind::Stray,
            Self::Number => SyntaxKind::Number,
            Self::Clock => SyntaxKind::Clock,
            Self::Date => SyntaxKind::Date,
            Self::String => SyntaxKind::String,
            Self::OpenString => SyntaxKind::OpenString,
            Self::OpenBracket => SyntaxKind::OpenBracket,
            Self::CloseBracket => SyntaxKind::CloseBracket,
            Self::Comma => SyntaxKind::Comma,
            Self::Colon => SyntaxKind::Colon,
            Self::Equal => SyntaxKind::Equal,
            Self::NotEqual => SyntaxKind::NotEqual,
            Self::Less => SyntaxKind::Less,
            Self::LessOrEqual => SyntaxKind::LessOrEqual,
            Self::Greater => SyntaxKind::Greater,
            Self::GreaterOrEqual => SyntaxKind::GreaterOrEqual,
            Self::Plus => SyntaxKind::Plus,
            Self::Minus => SyntaxKind::Minus,
            Self::Star => SyntaxKind::Star,
            Self::Slash => SyntaxKind::Slash,
            Self::QuestionMark => SyntaxKind::QuestionMark,
            Self::FullStop => SyntaxKind::Stray,
        }
    }
}
