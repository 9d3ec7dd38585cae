//! What a check returns, and how findings are collected, ordered and matched with what the author expects.

use crate::diagnostic::{Diagnostic, Severity};
use crate::world::{Expectation, SceneId, Telling};

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All findings, in told order.
    pub findings: Vec<Diagnostic>,
    /// What could not be checked: unusable input, or a limit reached.
    pub input_errors: Vec<Diagnostic>,
    /// Counts.
    pub summary: Summary,
}

/// The counts of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors that the author does not expect.
    pub errors: usize,
    /// Warnings that the author does not expect.
    pub warnings: usize,
    /// Notes, the listed assumptions among them.
    pub notes: usize,
    /// Findings that the author expects.
    pub expected: usize,
    /// Warnings and notes that the author allows.
    pub allowed: usize,
    /// Told scenes.
    pub scenes: usize,
    /// Told events.
    pub events: usize,
    /// Characters.
    pub characters: usize,
    /// Assumptions that the story rests on.
    pub assumptions: usize,
    /// `test` blocks.
    pub tests: usize,
    /// `test` blocks with a finding that is not expected.
    pub failed_tests: usize,
}

/// What a finding is about, for order and expectations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// A scene's header.
    Scene(SceneId),
    /// A line of a scene.
    Line(SceneId, usize),
    /// A declaration or the story as a whole.
    Story,
}

impl Anchor {
    /// Its scene.
    pub fn scene(self) -> Option<SceneId> {
        match self {
            Self::Scene(scene) | Self::Line(scene, _) => Some(scene),
            Self::Story => None,
        }
    }

    fn key(self) -> (usize, usize) {
        match self {
            Self::Scene(scene) => (scene.index(), 0),
            Self::Line(scene, line) => (scene.index(), line + 1),
            Self::Story => (usize::MAX, 0),
        }
    }
}

/// Names a finding while they are collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FindingId(usize);

struct Finding {
    diagnostic: Diagnostic,
    anchor: Anchor,
    /// The finding that it follows from.
    under: Option<FindingId>,
}

/// The findings of one telling.
#[derive(Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, anchor: Anchor, diagnostic: Diagnostic) -> FindingId {
        self.list.push(Finding { diagnostic, anchor, under: None });
        FindingId(self.list.len() - 1)
    }

    /// A finding.
    pub fn get(&self, id: FindingId) -> &Diagnostic {
        &self.list[id.0].diagnostic
    }

    /// The same, to add to it.
    pub fn get_mut(&mut self, id: FindingId) -> &mut Diagnostic {
        &mut self.list[id.0].diagnostic
    }

    /// Adds a note that follows from another finding.
    pub fn add_under(&mut self, under: FindingId, anchor: Anchor, diagnostic: Diagnostic) {
        self.list.push(Finding { diagnostic, anchor, under: Some(under) });
    }

    /// Whether a finding with this code is there already.
    pub fn has(&self, anchor: Anchor, code: &str) -> bool {
        self.list.iter().any(|finding| finding.anchor == anchor && finding.diagnostic.code.id == code)
    }

    /// The codes of findings that nobody expects, at places that fit.
    pub fn unexpected(&self, fits: impl Fn(Anchor) -> bool) -> impl Iterator<Item = &'static str> {
        let open =
            self.list.iter().filter(move |finding| finding.diagnostic.expected.is_none() && fits(finding.anchor));
        open.filter(|finding| finding.diagnostic.code.id != super::expectation::CODE.id)
            .map(|finding| finding.diagnostic.code.id)
    }

    /// Marks what the author expects, and returns the expectations that nothing meets.
    pub fn expect<'a>(&mut self, telling: &'a Telling) -> Vec<(Anchor, &'a Expectation)> {
        let mut unmet = Vec::new();
        let mut judge = |anchor: Anchor, expectation: &'a Expectation| {
            let mut met = false;
            let fits = |finding: &&mut Finding| {
                finding.anchor == anchor && finding.diagnostic.code.id.eq_ignore_ascii_case(&expectation.code)
            };
            for finding in self.list.iter_mut().filter(fits) {
                finding.diagnostic.expected = Some(expectation.reason.clone().unwrap_or_default());
                met = true;
            }
            if !met {
                unmet.push((anchor, expectation));
            }
        };
        for (index, scene) in telling.scenes.iter().enumerate() {
            let id = SceneId::from_index(index);
            scene.expectations.iter().for_each(|expectation| judge(Anchor::Scene(id), expectation));
            for (position, line) in scene.lines.iter().enumerate() {
                line.expectations.iter().for_each(|expectation| judge(Anchor::Line(id, position), expectation));
            }
        }
        unmet
    }

    /// The findings in told order, each followed by the notes that follow from it.
    pub fn into_ordered(self) -> Vec<Diagnostic> {
        let root = |finding: &Finding, index: usize| finding.under.map_or(index, |under| under.0);
        let anchors: Vec<(usize, usize)> = self.list.iter().map(|finding| finding.anchor.key()).collect();
        let keyed = self.list.into_iter().enumerate().map(|(index, finding)| {
            let root = root(&finding, index);
            ((anchors[root], root, finding.under.is_some(), anchors[index], index), finding.diagnostic)
        });
        let mut keyed: Vec<_> = keyed.collect();
        keyed.sort_by_key(|entry| entry.0);
        keyed.into_iter().map(|entry| entry.1).collect()
    }
}

impl Summary {
    /// Counts findings by severity.
    pub(super) fn count(&mut self, findings: &[Diagnostic]) {
        for finding in findings {
            match finding.severity {
                _ if finding.expected.is_some() => self.expected += 1,
                _ if finding.allowed.is_some() => self.allowed += 1,
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }
}
