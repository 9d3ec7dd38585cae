//! What the author of a line that fits no pattern may have meant: a mistyped word, or something not yet declared.

use super::book::{PatternId, Subject, Target, Tree};
use super::failure::Failure;
use super::line::Line;
use super::matcher::Matcher;
use super::nearest;
use super::tokens::is_article;
use super::trouble::Stranger;
use super::verbs;
use super::words::{self, WordId};
use super::{Reader, Wanted};
use crate::world::{KindId, Term, World, suggest};

/// Longer lines are not read again with other words.
const LONGEST_LINE: usize = 60;
/// At most so many beginnings of a line are read.
const MOST_JOINTS: usize = 4;
/// A line says something new with at most so many words of its own, names not counted,
const MOST_WORDS: usize = 6;
/// and so many names.
const MOST_NAMES: usize = 3;
/// A declaration is named by the last so many of its words.
const LONGEST_NAME: usize = 3;
/// Words that begin a line below another of a scene.
const BELOW_WORDS: &[&str] = &["from", "because", "shown", "noticed", "unnoticed", "clock"];
/// Words that begin a line of a scene.
pub(super) const LINE_WORDS: &[&str] =
    &["claim", "assume", "reveal", "offstage", "present", "through", "lasts", "expect", "allow"];
/// The verbs of a scene's own lines.
const VERBS: &[&str] = &["concludes", "forgets", "drops"];
/// Words that ask, as no pattern should.
pub(super) const QUESTION_WORDS: &[&str] = &["where", "who", "whom", "whose", "what", "which", "when", "why", "how"];
/// Words in which two patterns agree without being near.
pub(super) const COPULAS: &[&str] = &["is", "are", "was", "were", "has", "have", "not"];
/// Words that say little about what is declared.
pub(super) const SMALL_WORDS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "not", "does", "do", "and", "that", "to", "of", "in", "on", "at",
    "with", "by", "for", "from", "into", "onto",
];

/// Words behind a verb that many verbs have.
pub(super) const PARTICLES: &[&str] = &["up", "out", "off", "down", "away", "back", "over"];

/// A word that nothing mentions, near to words with which the line has a reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mistyped {
    pub position: usize,
    pub meant: Vec<String>,
}

impl Reader<'_> {
    /// The one unknown word of the line, if near words give the line a reading.
    pub(super) fn mistyped(&self, line: &Line<'_>, wanted: Wanted) -> Option<Mistyped> {
        if line.len() > LONGEST_LINE {
            return None;
        }
        let mut unknown = (0..line.len()).filter(|&position| line.word(position).is_none());
        let (position, None) = (unknown.next()?, unknown.next()) else { return None };
        let word = line.folded(position);
        let mut meant = suggest::nearest(&word, self.book.words.all());
        meant.retain(|other| {
            let tokens = line.with_word(position, other);
            self.reads(&Line::new(self, &tokens), wanted)
        });
        let mut kept: Vec<&str> = Vec::new();
        for word in meant {
            if !kept.iter().any(|other| self.book.words.are_forms(word, other)) {
                kept.push(word);
            }
        }
        let meant: Vec<String> = kept.into_iter().map(str::to_owned).collect();
        (!meant.is_empty()).then_some(Mistyped { position, meant })
    }

    /// Whether the line begins with what would be a line of its own, before an `and` or comma.
    pub(super) fn says_several(&self, line: &Line<'_>, wanted: Wanted) -> bool {
        let is_joint = |position: &usize| matches!(line.word(*position), Some(words::AND | words::COMMA));
        let joints = (1..line.len().min(LONGEST_LINE)).filter(is_joint).take(MOST_JOINTS);
        joints.into_iter().any(|position| self.reads(&Line::new(self, line.before(position)), wanted))
    }

    /// The words in a list of names that name nothing, if the line is read without them: `Zed` in `Ann and Zed are in the hall`.
    pub(super) fn stranger_in_list(&self, line: &Line<'_>, wanted: Wanted) -> Option<Vec<Stranger>> {
        let is_joint = |position: &usize| matches!(line.word(*position), Some(words::AND | words::COMMA));
        let mut joints = (1..line.len().min(LONGEST_LINE)).filter(is_joint).take(MOST_JOINTS);
        joints.find_map(|joint| {
            let is_name = |from: usize| {
                line.article_before(from).is_some() || line.text(from, from + 1).starts_with(char::is_uppercase)
            };
            let unknown =
                |from: usize, to: usize| is_name(from) && (from..to).any(|position| line.word(position).is_none());
            let reads =
                |from: usize, length: usize| self.reads(&Line::new(self, &line.without(from, length, None)), wanted);
            let mut before = (0..joint).map(|from| (from, joint));
            let mut after = (joint + 2..=line.len().min(joint + 1 + LONGEST_NAME)).map(|to| (joint + 1, to));
            let (from, to) = before
                .find(|&(from, to)| unknown(from, to) && reads(from, to + 1 - from))
                .or_else(|| after.find(|&(from, to)| unknown(from, to) && reads(joint, to - joint)))?;
            let positions = if from < joint { joint + 1..joint + 2 } else { 0..joint };
            let mut kinds = Vec::new();
            for position in positions {
                line.each_name(position, |term, end| {
                    if from < joint || end == joint {
                        kinds = line.kinds_of(self.world, term).to_vec();
                    }
                });
            }
            Some(vec![Stranger { from, to, kinds, pattern: None }])
        })
    }

    /// Whether the line would be read without its `does not`: `Sally does not love Anne`.
    pub(super) fn denies(&self, line: &Line<'_>, wanted: Wanted) -> bool {
        let length = |position: usize| match (line.word(position), line.word(position + 1)) {
            (Some(words::DOES | words::DO), Some(words::NOT)) => Some(2),
            (Some(words::DOES_NOT | words::DO_NOT), _) => Some(1),
            _ => None,
        };
        let mut denials = (1..line.len().min(LONGEST_LINE)).filter_map(|at| Some((at, length(at)?)));
        let Some((position, length)) = denials.next() else { return false };
        let verb = format!("{}s", line.folded(position + length));
        [None, Some(verb.as_str())].into_iter().any(|verb| {
            let tokens = line.without(position, length, verb);
            self.reads(&Line::new(self, &tokens), wanted)
        })
    }

    /// What is said in the past of a line that would state something if it said `is` for `was`.
    pub(super) fn in_the_present(&self, line: &Line<'_>) -> Option<String> {
        let was = (1..line.len().min(LONGEST_LINE)).find_map(|at| match line.folded(at).as_str() {
            "was" => Some((at, "is")),
            "were" => Some((at, "are")),
            "had" => Some((at, "has")),
            _ => None,
        });
        let (at, now) = was?;
        let tokens = line.with_word(at, now);
        let present = Line::new(self, &tokens);
        self.reads(&present, Wanted::Statement).then(|| present.text_with_article(0, present.len()))
    }

    fn reads(&self, line: &Line<'_>, wanted: Wanted) -> bool {
        let mut matcher = Matcher::new(self.book, self.world, line);
        match wanted {
            Wanted::Statement => !matcher.statements(0).is_empty(),
            Wanted::Event => !matcher.events(Tree::Events, 0, false).is_empty(),
        }
    }
}

/// What to write below a new action, with how it is said in the past if that is known.
pub(crate) fn lines_below_action(world: &World, past: Option<&str>) -> String {
    let facts = &world.fluents;
    let seen = match facts.iter().find(|fact| fact.location) {
        _ if facts.iter().any(|fact| fact.name == "notices" && fact.parameters.len() == 2) => {
            " if notices(c, who)".to_owned()
        }
        Some(location) => format!(" if {0}(c) = {0}(who)", location.name),
        None => String::new(),
    };
    let past = past.map_or_else(|| "…".to_owned(), |past| format!("\"{past}\""));
    format!(
        "below it, indented: `past {past}`, how it is said afterwards; `makes …`, what it changes, if anything; `by who`, whose \
         choice it is; `seen by c{seen}`, who notices it: without such a line those alone who do it"
    )
}

/// A declaration being made up.
#[derive(Default)]
struct Draft {
    pattern: Vec<String>,
    words: Vec<String>,
    parameters: Vec<(&'static str, String)>,
    /// The kind of each.
    kinds: Vec<KindId>,
    characters: usize,
    has_value: bool,
}

impl Failure<'_> {
    /// A word of a scene's lines that the author may have meant, or put in the wrong place.
    pub(super) fn scene_word(&self) -> Option<String> {
        let first = self.line.folded(0);
        if BELOW_WORDS.contains(&first.as_str()) {
            return Some(format!("a line with `{first}` stands below the line it belongs to, indented"));
        }
        let is_unknown = |position: &usize| *position < self.line.len() && self.line.word(*position).is_none();
        let begins = is_unknown(&0).then(|| suggest::did_you_mean(&first, LINE_WORDS.iter().copied())).flatten();
        begins.or_else(|| {
            let verbs = (1..=MOST_NAMES).filter(is_unknown);
            verbs.map(|verb| self.line.folded(verb)).find_map(|verb| match verb.as_str() {
                "forgets" => Some("say what is forgotten: `… forgets that …`".to_owned()),
                verb => suggest::did_you_mean(verb, VERBS.iter().copied()),
            })
        })
    }

    /// How to declare what the words from `from` on say, if they are few and speak of known names.
    pub(super) fn declaration(&self, from: usize, is_fact: bool) -> Option<String> {
        if self.reader.asks {
            return None;
        }
        let draft = self.draft(from, is_fact)?;
        if draft.words.is_empty() || draft.words.len() > MOST_WORDS || draft.parameters.is_empty() {
            return None;
        }
        let small = |word: &&String| !SMALL_WORDS.contains(&word.as_str());
        let telling: Vec<&String> = draft.words.iter().filter(small).collect();
        let named = if telling.is_empty() { draft.words.iter().collect() } else { telling };
        let name: Vec<&str> =
            named[named.len().saturating_sub(LONGEST_NAME)..].iter().map(|word| word.as_str()).collect();
        let (name, pattern) = (name.join("_"), draft.pattern.join(" "));
        let parameters: Vec<String> =
            draft.parameters.iter().map(|(parameter, kind)| format!("{parameter}: {kind}")).collect();
        let parameters = parameters.join(", ");
        let value = if draft.has_value { ": number" } else { "" };
        let (what, value) = if is_fact { ("fact", value) } else { ("action", "") };
        Some(format!("to declare it, write `{what} {name}({parameters}){value}  \"{pattern}\"`"))
    }

    /// What to write below the action that `declaration` offers.
    pub(super) fn below_declaration(&self, from: usize) -> String {
        let past = self.draft(from, false).and_then(|draft| {
            let mut words = draft.pattern;
            let verb = words.iter().position(|word| !word.starts_with('{') && !is_article(word))?;
            words[verb] = verbs::past(&words[verb])?;
            Some(words.join(" "))
        });
        lines_below_action(self.world, past.as_deref())
    }

    fn draft(&self, from: usize, is_fact: bool) -> Option<Draft> {
        let mut draft = Draft::default();
        let mut position = from;
        while position < self.line.len() {
            position = self.draft_from(position, is_fact, &mut draft)?;
        }
        Some(draft)
    }

    /// How to let one of `near` be said as the words from `from` on, if they differ from it in one word.
    pub(super) fn in_other_words(&self, from: usize, is_fact: bool, near: &[PatternId]) -> Option<String> {
        if self.reader.asks {
            return None;
        }
        let draft = self.draft(from, is_fact).filter(|draft| !draft.pattern.iter().any(|word| word == "and"))?;
        near.iter().find_map(|&pattern| {
            let pattern = &self.book.patterns[pattern.index()];
            let name = self.only_name(pattern.subject)?;
            let is_word = |word: &&str| !word.contains('{') && !is_article(word);
            let own: Vec<&str> = pattern.text.split(' ').filter(is_word).collect();
            let slots = pattern.text.matches('{').count();
            let mut lacking = own.iter().filter(|word| !draft.words.iter().any(|other| other == *word));
            let mut further = draft.words.iter().filter(|word| !own.contains(&word.as_str()));
            let (Some(lacking), None) = (lacking.next(), lacking.next()) else { return None };
            let (Some(further), None) = (further.next(), further.next()) else { return None };
            if COPULAS.contains(&further.as_str()) {
                return None; // another time
            }
            if suggest::did_you_mean(further, [*lacking]).is_some() {
                return None; // a slip rather than another word
            }
            let takes = |(&target, kind): (&Target, &KindId)| {
                let kinds = nearest::kinds_of(self.world, pattern, target);
                kinds.is_some_and(|kinds| kinds.iter().any(|&taken| self.world.is_subkind(*kind, taken)))
            };
            let fits = pattern.targets.iter().zip(&draft.kinds).all(takes);
            if slots != draft.parameters.len() || own.len() != draft.words.len() || !fits {
                return None;
            }
            let words = pattern.text.split(' ').map(|word| if word == *lacking { further.as_str() } else { word });
            let text = words.collect::<Vec<_>>().join(" ");
            Some(format!("to say it so as well, add `extend {name}` with a line `also \"{text}\"` below it"))
        })
    }

    /// The name of a fact or action, if no other has it.
    fn only_name(&self, subject: Subject) -> Option<&str> {
        let world = self.world;
        let name = match subject {
            Subject::Fact { negative: true, .. } => return None,
            Subject::Fact { fluent, .. } => &world.fluents[fluent.index()].name,
            Subject::Action(action) => &world.actions[action.index()].name,
        };
        let fluents = world.fluents.iter().map(|fluent| &fluent.name);
        let names = fluents.chain(world.actions.iter().map(|action| &action.name));
        let names = names.chain(world.triggers.iter().map(|rule| &rule.name));
        (names.filter(|other| *other == name).count() == 1 && !name.contains(' ')).then_some(name.as_str())
    }

    /// Adds what stands at `position`, and says where it ends; `None` if it cannot stand in a pattern.
    fn draft_from(&self, position: usize, is_fact: bool, draft: &mut Draft) -> Option<usize> {
        let article = self.line.article_before(position);
        let mut name: Option<(Term, usize)> = None;
        self.line.each_name(position, |term, end| {
            if name.is_none_or(|(_, longest)| end > longest) {
                name = Some((term, end));
            }
        });
        if let Some((term, end)) = name {
            draft.pattern.extend(article.map(str::to_owned));
            draft.name(self.world, self.line.kinds_of(self.world, term))?;
            return Some(end);
        }
        if let Some((_, end)) = self.line.number(position) {
            if !is_fact || draft.has_value {
                return None;
            }
            draft.has_value = true;
            draft.pattern.push("{value}".to_owned());
            return Some(end);
        }
        let written = self.line.text(position, position + 1);
        let folded = self.line.folded(position);
        let is_negation = is_fact && folded == "not";
        if !is_fact && folded == "and" && draft.pattern.last().is_some_and(|last| last.ends_with('}')) {
            draft.pattern.push(folded);
            return Some(position + 1);
        }
        let is_of_grammar = self.line.word(position).is_some_and(WordId::is_of_grammar) && folded != "is";
        if QUESTION_WORDS.contains(&folded.as_str()) {
            return None;
        }
        let is_word = folded.chars().all(char::is_alphanumeric) && written.chars().all(|letter| !letter.is_uppercase());
        if is_of_grammar && !is_negation || !is_word || is_article(&folded) {
            return None;
        }
        if !is_negation {
            draft.pattern.extend(article.map(str::to_owned));
            draft.pattern.push(written);
            draft.words.push(folded);
        }
        Some(position + 1)
    }
}

impl Draft {
    fn name(&mut self, world: &World, kinds: &[KindId]) -> Option<()> {
        let kind = *kinds.first()?;
        let others = self.parameters.len() - self.characters;
        let parameter = if kinds.iter().any(|&kind| world.is_subkind(kind, World::CHARACTER_KIND)) {
            self.characters += 1;
            ["who", "whom", "other"].get(self.characters - 1)?
        } else {
            ["what", "which", "further"].get(others)?
        };
        if self.parameters.len() == MOST_NAMES {
            return None;
        }
        self.kinds.push(kind);
        self.parameters.push((parameter, world.kinds[kind.index()].name.clone()));
        self.pattern.push(format!("{{{parameter}}}"));
        Some(())
    }
}
