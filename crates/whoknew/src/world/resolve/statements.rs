//! Statements and told events, as sentences or formulas.

use super::{Resolved, Resolver, Scope};
use crate::syntax::ast;
use crate::world::sentences::{Reader, Token};
use crate::world::{Expression, Spanned};

impl Resolver<'_> {
    /// A statement in words or as a formula.
    pub(crate) fn statement(&mut self, statement: &ast::Statement) -> Resolved<Spanned<Expression>> {
        let span = statement.span();
        let value = match statement {
            ast::Statement::Formula(formula) => self.condition(formula, &mut Scope::default())?,
            ast::Statement::Sentence(sentence) => self.sentence(sentence)?,
        };
        Ok(Spanned { value, span })
    }

    fn sentence(&mut self, sentence: &ast::Sentence) -> Resolved<Expression> {
        let tokens: Vec<ast::Token> = sentence.tokens().collect();
        let words: Vec<Token<'_>> =
            tokens.iter().map(|token| Token { text: token.text(), span: token.span() }).collect();
        let Some(book) = &self.book else { return Err(super::Reported) };
        let reader = Reader { book, world: &self.world, suggests: self.suggesting() };
        match reader.statement(&words) {
            Ok(reading) => {
                for (symbol, span) in reading.uses {
                    self.used(symbol, span);
                }
                Ok(reading.value)
            }
            Err(_) if self.lacks_patterns => Err(super::Reported),
            Err(diagnostic) => Err(self.report(diagnostic)),
        }
    }
}
