//! Which file uses which: the order of definition, and cycles.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Sources, Span};

/// `E0214`: files that use each other.
pub static USE_CYCLE: Code = Code {
    id: "E0214",
    name: "cyclic use",
    severity: Severity::Error,
    summary: "a file uses itself, directly or through other files",
};

/// One `use`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    /// The used file.
    pub to: FileId,
    /// Where the `use` was written.
    pub span: Span,
}

/// The files with what they use.
#[derive(Debug, Default)]
pub(crate) struct UseGraph {
    edges: Vec<Vec<Edge>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    /// On the path from the file where the walk began.
    Open,
    Done,
}

impl UseGraph {
    /// Adds a file; they are numbered as in [`Sources`].
    pub fn add_file(&mut self) {
        self.edges.push(Vec::new());
    }

    /// Adds a `use` in `from`.
    pub fn add_edge(&mut self, from: FileId, edge: Edge) {
        self.edges[from.index()].push(edge);
    }

    /// All files, used ones before those that use them, otherwise in reading order. Reports each cycle.
    pub fn order(&self, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<FileId> {
        let mut marks = vec![Mark::New; self.edges.len()];
        let mut order = Vec::with_capacity(self.edges.len());
        for first in 0..self.edges.len() {
            let mut path: Vec<(usize, usize)> = Vec::new();
            if marks[first] == Mark::New {
                marks[first] = Mark::Open;
                path.push((first, 0));
            }
            while let Some((file, next)) = path.last_mut() {
                let Some(&edge) = self.edges[*file].get(*next) else {
                    marks[*file] = Mark::Done;
                    order.push(FileId::from_index(*file));
                    path.pop();
                    continue;
                };
                *next += 1;
                let to = edge.to.index();
                match marks[to] {
                    Mark::New => {
                        marks[to] = Mark::Open;
                        path.push((to, 0));
                    }
                    Mark::Open => diagnostics.push(self.cycle(&path, to, sources)),
                    Mark::Done => {}
                }
            }
        }
        order
    }

    /// The message for the cycle at the end of `path` that leads back to the file `to`.
    fn cycle(&self, path: &[(usize, usize)], to: usize, sources: &Sources) -> Diagnostic {
        let start = path.iter().position(|&(file, _)| file == to).unwrap_or(0);
        let members = &path[start..];
        let name = |file: usize| format!("`{}`", sources.get(FileId::from_index(file)).name);
        let spans: Vec<Span> = members.iter().map(|&(file, next)| self.edges[file][next - 1].span).collect();
        let title = if members.len() == 1 {
            format!("{} uses itself", name(to))
        } else {
            let names: Vec<String> = members.iter().map(|&(file, _)| name(file)).collect();
            format!("{} uses {}: a circle of `use`", names.join(" uses "), name(to))
        };
        let mut message = Diagnostic::new(&USE_CYCLE, title, spans.last().copied());
        for (index, span) in spans.iter().enumerate().take(spans.len() - 1) {
            message =
                message.label(*span, format!("{} uses {} here", name(members[index].0), name(members[index + 1].0)));
        }
        message.help(match members.len() {
            1 => "leave out this `use`",
            _ => "move what both need into a file of its own, and use that from both",
        })
    }
}
