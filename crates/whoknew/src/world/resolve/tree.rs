//! A parsed file, with what the parser found wrong in it.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::{
    self,
    ast::{Item, SourceFile},
};
use crate::world::load::UsedPath;

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Which.
    pub file: FileId,
    syntax: SourceFile,
    errors: Vec<Diagnostic>,
}

impl Tree {
    /// Parses `text`.
    pub fn parse(file: FileId, text: &str) -> Self {
        let parse = syntax::parse(file, text);
        Self { file, syntax: parse.file(), errors: parse.errors }
    }

    /// Its items, in order.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        self.syntax.items()
    }

    /// Whether it holds nothing at all: no item, and nothing that was meant as one.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.items().all(|item| matches!(item, Item::Use(_) | Item::Told(_) | Item::Story(_)))
    }

    /// What the parser found wrong.
    pub fn errors(&self) -> &[Diagnostic] {
        &self.errors
    }

    /// Its `allow` lines.
    pub fn allowances(&self) -> impl Iterator<Item = crate::syntax::ast::AllowLine> + use<> {
        self.syntax.allowances()
    }

    /// Whether a mistake lies in a `use` line, so that it cannot be known what is used.
    pub fn has_broken_use(&self) -> bool {
        use crate::syntax::ast::AstNode;
        let lines = self.items().filter_map(|item| if let Item::Use(line) = item { Some(line.span()) } else { None });
        let errors: Vec<Span> = self.errors.iter().filter_map(|error| Some(error.primary.as_ref()?.span)).collect();
        let touches = |line: Span| errors.iter().any(|error| error.start <= line.end && error.end >= line.start);
        lines.into_iter().any(touches)
    }

    /// The files that it uses.
    pub fn uses(&self) -> Vec<UsedPath> {
        use crate::syntax::ast::AstNode;
        let lines = self.items().filter_map(|item| if let Item::Use(line) = item { Some(line) } else { None });
        lines.flat_map(|line| line.paths()).map(|path| UsedPath { path: path.text(), span: path.span() }).collect()
    }
}

/// The places of all syntax errors, to tell broken declarations.
#[derive(Debug, Default)]
pub(crate) struct BrokenPlaces {
    /// By file: the errors' spans, by start.
    by_file: Vec<Vec<Span>>,
}

impl BrokenPlaces {
    /// The places of the errors of `trees`.
    pub fn new(trees: &[Tree]) -> Self {
        let files = trees.iter().map(|tree| tree.file.index() + 1).max().unwrap_or(0);
        let mut by_file = vec![Vec::new(); files];
        for tree in trees {
            let places: &mut Vec<Span> = &mut by_file[tree.file.index()];
            let labels = tree.errors.iter().flat_map(|error| error.primary.iter().chain(&error.secondary));
            places.extend(labels.map(|label| label.span));
            places.sort();
        }
        Self { by_file }
    }

    /// Whether an error lies in `span` or touches it.
    pub fn touch(&self, span: Span) -> bool {
        let Some(places) = self.by_file.get(span.file.index()) else { return false };
        let after = places.partition_point(|place| place.start <= span.end);
        places[..after].iter().rev().take(LOOKED_BACK).any(|place| place.end >= span.start)
    }
}

/// Errors are short and hardly overlap, so that the last few before a place tell whether it is broken.
const LOOKED_BACK: usize = 4;
