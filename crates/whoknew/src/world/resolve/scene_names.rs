//! How scenes are named: by labels, by their positions, by titles.

use rustc_hash::FxHashMap;

use super::scene_codes::{E0401, E0402, E0403};
use super::scenes::ToldPart;
use super::{Resolved, Resolver};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, SceneBlock, SceneName, SceneReference};
use crate::world::SceneId;
use crate::world::names::NameKey;
use crate::world::suggest::{nearest, nearest_names};

/// The scenes of one telling by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct SceneNames {
    by_label: FxHashMap<NameKey, SceneId>,
    by_title: FxHashMap<NameKey, Vec<SceneId>>,
    labels: Vec<String>,
    titles: Vec<Option<String>>,
    spans: Vec<Span>,
}

impl SceneNames {
    /// The label of a scene: as written, or else its position, if no scene is labelled so.
    pub(super) fn label(&self, scene: SceneId) -> &str {
        self.labels.get(scene.index()).map_or("", String::as_str)
    }

    /// The label of a scene without a written one: its position, unless another scene is labelled so; then its title.
    fn unwritten(&self, scene: SceneId) -> String {
        let position = (scene.index() + 1).to_string();
        let is_free = |label: &String| !self.by_label.contains_key(&NameKey::new(label));
        let title = self.titles[scene.index()].clone();
        let unlabelled = format!("unlabelled {position}");
        [Some(position), title].into_iter().flatten().find(is_free).unwrap_or(unlabelled)
    }

    /// How a message names a scene.
    fn described(&self, scene: SceneId) -> String {
        match self.titles.get(scene.index()).and_then(Option::as_ref) {
            Some(title) if title == self.label(scene) => format!("scene \"{title}\""),
            Some(title) => format!("scene {} \"{title}\"", self.label(scene)),
            None => format!("scene {}", self.label(scene)),
        }
    }
}

impl Resolver<'_> {
    /// Makes the names of the scenes of one telling known, in told order, and forgets those of another.
    pub(crate) fn name_scenes(&mut self, parts: &[ToldPart]) {
        let scenes: Vec<Option<&SceneBlock>> = parts.iter().map(ToldPart::scene).collect();
        let mut names = SceneNames::default();
        for (index, scene) in scenes.iter().enumerate() {
            let label = scene.and_then(SceneBlock::label);
            let span = scene.map(AstNode::span);
            if let (Some(label), Some(span)) = (&label, span) {
                let id = SceneId::from_index(index);
                match names.by_label.get(&NameKey::new(label.text())) {
                    Some(first) => self.report_doubled(label.text(), label.span(), names.spans[first.index()]),
                    None => {
                        names.by_label.insert(NameKey::new(label.text()), id);
                    }
                }
                names.spans.push(span);
            } else {
                names.spans.push(span.or(names.spans.last().copied()).unwrap_or(NOWHERE));
            }
            names.labels.push(label.map_or_else(String::new, |label| label.text().to_owned()));
            names.titles.push(scene.and_then(SceneBlock::title).map(|title| title.text().to_owned()));
        }
        for (index, scene) in scenes.iter().enumerate() {
            let id = SceneId::from_index(index);
            if scene.is_none_or(|scene| scene.label().is_none()) {
                names.labels[index] = names.unwritten(id);
            }
            if scene.is_some_and(|scene| scene.label().is_none()) {
                names.by_label.entry(NameKey::new(&names.labels[index])).or_insert(id);
            }
            if let Some(title) = &names.titles[index] {
                names.by_title.entry(NameKey::new(title)).or_default().push(id);
            }
        }
        self.scene_names = names;
    }

    /// The scene that `reference` names.
    pub(crate) fn scene_named(&mut self, reference: &SceneReference) -> Resolved<SceneId> {
        let Some(name) = reference.name() else { return Err(super::Reported) };
        let (text, span, known) = match &name {
            SceneName::Label(label) => {
                let known = self.scene_names.by_label.get(&NameKey::new(label.text()));
                (label.text().to_owned(), label.span(), known.map(|&scene| vec![scene]))
            }
            SceneName::Title(title) => {
                let known = self.scene_names.by_title.get(&NameKey::new(title.text()));
                (title.text().to_owned(), title.span(), known.cloned())
            }
        };
        match known.as_deref() {
            Some([only]) => Ok(*only),
            Some([first, rest @ ..]) => Err(self.report_unclear(&text, span, *first, rest)),
            _ => Err(self.report_unknown(&text, span, matches!(name, SceneName::Title(_)))),
        }
    }

    fn report_doubled(&mut self, label: &str, span: Span, first: Span) {
        let title = format!("there are two scenes labelled {label}");
        self.report(Diagnostic::new(&E0401, title, Some(span)).at("labelled again here").label(first, "first here").help(
            "give it another label, or none: a scene without a label is named by its number in the order of telling",
        ));
    }

    fn report_unknown(&mut self, text: &str, span: Span, title: bool) -> super::Reported {
        let names = &self.scene_names;
        let titles = || names.titles.iter().flatten().map(String::as_str);
        let labels = || names.labels.iter().map(String::as_str);
        let count = number_in_words(text).map_or(String::new(), |number| number.to_string());
        let near_titles = nearest_names(text, titles()).into_iter().map(|near| format!("\"{near}\""));
        let same_label = labels().filter(|label| *label == text || *label == count);
        let near_labels = if title { Vec::new() } else { nearest(text, labels()) };
        let near_labels = same_label.chain(near_labels).map(|near| format!("scene {near}"));
        let near: Vec<String> =
            if title { near_titles.chain(near_labels).collect() } else { near_labels.chain(near_titles).collect() };
        let what = if title { format!("no scene is titled \"{text}\"") } else { format!("there is no scene {text}") };
        let message = Diagnostic::new(&E0402, what, Some(span));
        let message = match (near.as_slice(), names.labels.as_slice()) {
            ([], [only]) => message.help(format!("the only scene told is scene {only}")),
            ([], labels) if labels.len() <= MOST_LISTED => {
                message.help(format!("the labels of the scenes are {}", crate::world::say::list(labels)))
            }
            ([], [first, .., last]) => message.help(format!("the scenes told are labelled from {first} to {last}")),
            ([], _) => message,
            (near, _) => message.help(format!("did you mean {}?", near.join(" or "))),
        };
        self.report(message)
    }

    fn report_unclear(&mut self, text: &str, span: Span, first: SceneId, rest: &[SceneId]) -> super::Reported {
        let names = &self.scene_names;
        let mut message = Diagnostic::new(&E0403, format!("several scenes are titled \"{text}\""), Some(span));
        for scene in std::iter::once(&first).chain(rest) {
            message = message.label(names.spans[scene.index()], names.described(*scene));
        }
        self.report(message.help("name the scene by its label"))
    }
}

/// So many labels are listed one by one.
const MOST_LISTED: usize = 8;

/// The number that a word is.
fn number_in_words(text: &str) -> Option<usize> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.iter().position(|word| word.eq_ignore_ascii_case(text)).map(|position| position + 1)
}

/// The place of lines before any scene.
const NOWHERE: Span = Span { file: crate::source::FileId::from_index(0), start: 0, end: 0 };
