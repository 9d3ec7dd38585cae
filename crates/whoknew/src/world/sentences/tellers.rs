//! Verbs that storytellers use and no pattern has, and how the language says what they mean.
//!
//! They help where a line has no reading; nothing is read by them. What is offered as a line is read first, so that it
//! is offered only where it can stand.

use super::Reader;
use super::book::Subject;
use super::line::Line;
use super::meant::{COPULAS, SMALL_WORDS};
use super::tokens::tokens;
use super::words;
use crate::source::FileId;
use crate::world::World;

/// What a verb is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Saying something untrue.
    Lying,
    /// Saying something.
    Saying,
    /// Saying that something is not so.
    Denying,
    /// Writing to somebody.
    Writing,
    /// Coming to know by thinking.
    Concluding,
    /// Coming to know by hearing.
    Hearing,
    /// Coming to know by being there.
    Seeing,
    /// Being at one place with somebody.
    Meeting,
    /// Taking something to be so.
    Believing,
    /// Still knowing.
    Remembering,
    /// Being about to do something.
    Intending,
    /// Feeling something for somebody.
    Feeling,
    /// Moving to a place.
    Going,
    /// Killing somebody.
    Killing,
    /// Asking somebody something.
    Asking,
    /// Telephoning.
    Calling,
    /// Lying down to sleep.
    Sleeping,
    /// Doing nothing.
    Waiting,
}

/// The verbs, as they stand after who does it.
const VERBS: &[(Sort, &[&str])] = &[
    (Sort::Lying, &["lies", "lie", "lied", "deceives", "fools", "pretends", "poses"]),
    (
        Sort::Saying,
        &[
            "says",
            "tells",
            "shouts",
            "cries",
            "admits",
            "confesses",
            "explains",
            "reveals",
            "informs",
            "mentions",
            "announces",
            "declares",
            "warns",
            "convinces",
            "persuades",
            "reports",
            "reminds",
            "assures",
            "swears",
            "claims",
            "replies",
            "talks",
            "speaks",
            "chats",
            "discusses",
            "argues",
            "confirms",
            "insists",
            "repeats",
            "adds",
            "states",
            "responds",
            "answers",
            "exclaims",
            "mutters",
            "murmurs",
        ],
    ),
    (Sort::Denying, &["denies", "disputes", "contradicts"]),
    (Sort::Writing, &["writes"]),
    (
        Sort::Concluding,
        &[
            "learns",
            "finds",
            "realises",
            "realizes",
            "discovers",
            "deduces",
            "infers",
            "understands",
            "works",
            "figures",
            "recognises",
            "recognizes",
            "gathers",
            "guesses",
        ],
    ),
    (Sort::Hearing, &["hears", "overhears", "listens", "eavesdrops"]),
    (Sort::Seeing, &["sees", "notices", "observes", "watches", "spots", "witnesses", "looks", "spies"]),
    (Sort::Meeting, &["meets", "encounters", "joins"]),
    (
        Sort::Believing,
        &["thinks", "believes", "suspects", "supposes", "fears", "hopes", "doubts", "assumes", "imagines", "feels"],
    ),
    (Sort::Remembering, &["remembers", "recalls"]),
    (Sort::Intending, &["decides", "plans", "intends", "wants", "tries", "wishes", "means", "prepares", "agrees"]),
    (Sort::Feeling, &["loves", "hates", "likes", "admires", "despises", "envies", "fancies", "adores", "distrusts"]),
    (
        Sort::Going,
        &[
            "walks", "runs", "hurries", "rushes", "enters", "travels", "heads", "drives", "rides", "sails", "flies",
            "moves", "climbs", "flees", "escapes", "sneaks", "follows", "strolls", "wanders", "steps", "visits",
            "reaches",
        ],
    ),
    (Sort::Killing, &["murders", "shoots", "stabs", "poisons", "strangles", "slays", "drowns"]),
    (Sort::Asking, &["asks", "questions", "wonders"]),
    (Sort::Calling, &["calls", "phones", "rings"]),
    (Sort::Sleeping, &["sleeps", "dozes"]),
    (Sort::Waiting, &["waits", "stays", "remains", "sits", "stands"]),
];

/// Words that may stand between a verb and whom or what it is about.
const PARTICLES: &[&str] =
    &["to", "out", "about", "at", "with", "on", "up", "into", "in", "for", "after", "towards", "as", "be"];

/// The parts of a line that a verb stands in.
struct Told {
    sort: Sort,
    who: String,
    /// Whom or what is named right after the verb.
    whom: Option<String>,
    /// What is named last, if that is something else.
    last: Option<String>,
    /// The words between who does it and what is named last.
    between: String,
    /// What follows `that`.
    statement: Option<String>,
    /// A character behind `to` at the end of the line.
    reader: Option<String>,
    /// More words follow after who is named right after the verb.
    does_more: bool,
}

impl Reader<'_> {
    /// How what a storyteller's verb says in `line` is told in the language.
    pub(super) fn retold(&self, line: &Line<'_>) -> Option<String> {
        let told = self.told_by_verb(line)?;
        let Told { sort, who, whom, last, statement, between, reader, does_more } = &told;
        let statement = statement.as_deref();
        let other = whom.clone().unwrap_or_else(|| "somebody".to_owned());
        Some(match (sort, statement) {
            (Sort::Lying, Some(said)) => {
                let line = self.said(who, whom.as_deref(), said);
                format!("a lie is told like the truth: write {line}; it is a lie if {who} believes otherwise")
            }
            (Sort::Lying, None) if between.ends_with(" be") || between.ends_with(" as") => {
                let guise = whom.as_ref().or(last.as_ref())?;
                format!("write `{who} disguises as {guise}`{}", self.pack("disguises", "std/people"))
            }
            (Sort::Lying, None) => {
                format!("a lie is told like the truth, by one who believes otherwise: `{who} tells {other} that …`{}", self.pack("tells", "std/talk"))
            }
            (Sort::Saying, Some(said)) => format!("write {}", self.said(who, whom.as_deref(), said)),
            (Sort::Saying, None) if whom.is_some() || reader.is_some() => {
                let other = reader.as_ref().or(whom.as_ref())?;
                format!("say what is said: `{who} tells {other} that …`{}", self.pack("tells", "std/talk"))
            }
            (Sort::Saying, None) => format!("say what is said: `{who} says that …`{}", self.pack("says", "std/talk")),
            (Sort::Denying, Some(denied)) => {
                format!("write {}", self.said(who, whom.as_deref(), &format!("it is not so that {denied}")))
            }
            (Sort::Denying, None) => format!(
                "say what is said: `{who} says that it is not so that …`{}",
                self.pack("says", "std/talk")
            ),
            (Sort::Writing, statement) => {
                let reader = whom.as_ref().or(last.as_ref())?;
                let pack = self.pack("writes", "std/talk");
                match statement {
                    Some(written) => format!("write `{who} writes to {reader} that {written}`{pack}"),
                    None => format!("say what is written: `{who} writes to {reader} that …`{pack}"),
                }
            }
            (Sort::Concluding, Some(known)) => format!(
                "what {who} thinks out is written `{who} concludes that {known}`, with a line `from …` below it for what shows it; what {who} is \
                 told or sees happen, {who} knows by that"
            ),
            (Sort::Hearing, heard) => {
                let (heard, pack) = (heard.unwrap_or("…"), self.pack("tells", "std/talk"));
                format!(
                    "say who tells it: `… tells {who} that {heard}`; who is there hears it, and who is not, or is not seen, by \
                     `{who} overhears … telling … that {heard}`{pack}"
                )
            }
            (Sort::Seeing, Some(seen)) => format!(
                "who is there when it happens notices it: tell what happens; for what {who} knows without an event, write `assume {who} knows that {seen}`"
            ),
            (Sort::Seeing, None) if *does_more => {
                "who is there when it happens notices it: tell what happens in a line of its own".to_owned()
            }
            (Sort::Seeing | Sort::Meeting, None) if whom.is_some() => format!(
                "who comes to a place sees who and what is there, so it needs no line of its own: tell who comes, as in `{who} goes to …`{}",
                self.pack("goes", "std/places")
            ),
            (Sort::Believing, Some(thought)) => format!(
                "a thought is written `{who} concludes that {thought}`; to make it so without a reason, write `assume {who} believes that {thought}`; to have it checked, `claim {who} believes that {thought}`"
            ),
            (Sort::Remembering, Some(known)) => {
                format!("what somebody has learned they know until they forget it; to have that checked, write `claim {who} knows that {known}`")
            }
            (Sort::Intending, _) => {
                format!("what somebody wants is declared above the scenes, as in `want {who}: …`; in a scene, tell what {who} does")
            }
            (Sort::Going, None) => {
                let place = last.as_ref().or(whom.as_ref())?;
                let line = format!("{who} goes to {place}");
                if !self.is_event(&line) || ["from", "out"].iter().any(|away| between.split(' ').any(|word| word == *away)) {
                    return None;
                }
                format!("if it means the same, write `{line}`")
            }
            (Sort::Killing, None) => {
                format!("if it means the same, write `{who} kills {}`{}", whom.as_ref()?, self.pack("kills", "std/people"))
            }
            (Sort::Asking, _) if whom.is_some() => format!(
                "ask with `whether`, of one answer that there may be: `{who} asks {other} whether …`{}",
                self.pack("asks", "std/talk")
            ),
            (Sort::Calling, None) if last.is_some() => {
                let comes = format!("{} goes to {}", whom.as_ref()?, last.as_ref()?);
                let comes = if self.is_event(&comes) { format!("; then tell who comes: `{comes}`") } else { String::new() };
                format!("say what is said: `{who} tells {other} that …`{}{comes}", self.pack("tells", "std/talk"))
            }
            (Sort::Calling, None) => {
                format!("if it is by telephone, write `{who} telephones {}`{}", whom.as_ref()?, self.pack("telephones", "std/talk"))
            }
            (Sort::Sleeping, None) => format!("write `{who} falls asleep`{}", self.pack("asleep", "std/places")),
            (Sort::Waiting, None) => {
                "where somebody is they stay, without a line; that time passes is said in the next heading: `scene 2, an hour later`".to_owned()
            }
            _ => return None,
        })
    }

    /// How to let going somewhere be said with the words of the line.
    pub(super) fn also_going(&self, line: &Line<'_>) -> Option<String> {
        let told = self.told_by_verb(line).filter(|told| told.sort == Sort::Going)?;
        if told.between.contains(char::is_uppercase) {
            return None; // somebody who goes too
        }
        let goes = self.book.patterns.iter().find(|pattern| pattern.text == "{who} goes to {to}")?;
        let Subject::Action(action) = goes.subject else { return None };
        let name = &self.world.actions[action.index()].name;
        Some(format!(
            "to say it so as well, add `extend {name}` with a line `also \"{{who}} {} {{to}}\"` below it",
            told.between
        ))
    }

    /// Whether the line is about a feeling: a fact more than something that happens.
    pub(super) fn is_feeling(&self, line: &Line<'_>) -> bool {
        self.told_by_verb(line).is_some_and(|told| told.sort == Sort::Feeling)
    }

    /// Whether the line says how somebody or something is: a fact more than something that happens.
    pub(super) fn is_state(&self, line: &Line<'_>) -> bool {
        longest_name(line, 0).is_some_and(|verb| COPULAS.contains(&line.folded(verb).as_str()))
    }

    /// `Anna tells Ben that …`, or `Anna says that …`.
    fn said(&self, who: &str, whom: Option<&str>, said: &str) -> String {
        match whom {
            Some(whom) => format!("`{who} tells {whom} that {said}`{}", self.pack("tells", "std/talk")),
            None => format!("`{who} says that {said}`{}", self.pack("says", "std/talk")),
        }
    }

    /// That a pack must be used for a word, if no pattern has it.
    fn pack(&self, word: &str, pack: &str) -> String {
        match self.book.words.get(word) {
            Some(_) => String::new(),
            None => format!(" (with `use {pack}`)"),
        }
    }

    /// Whether a text can be told.
    pub(super) fn is_event(&self, text: &str) -> bool {
        let tokens = tokens(text, FileId::from_index(0), 0);
        let line = Line::new(self, &tokens);
        let mut matcher = super::matcher::Matcher::new(self.book, self.world, &line);
        !matcher.events(super::book::Tree::Events, 0, false).is_empty()
    }

    fn told_by_verb(&self, line: &Line<'_>) -> Option<Told> {
        let after = longest_name(line, 0)?;
        let verb = line.folded(after);
        let (sort, _) = VERBS.iter().find(|(_, verbs)| verbs.contains(&verb.as_str()))?;
        let mut rest = after + 1;
        while rest < line.len() && PARTICLES.contains(&line.folded(rest).as_str()) {
            rest += 1;
        }
        let that = (rest..line.len()).find(|&position| line.word(position) == Some(words::THAT));
        let whom_end = longest_name(line, rest);
        let whom = whom_end.map(|end| line.text_with_article(rest, end));
        let bare = whom_end.is_none().then_some(rest).into_iter().chain([rest]).chain(whom_end);
        let begins = that.map(|that| that + 1).or_else(|| bare.into_iter().find(|&begin| self.states(line, begin)));
        let statement =
            begins.filter(|&begin| begin < line.len()).map(|begin| line.text_with_article(begin, line.len()));
        let whom = whom.filter(|_| begins.is_none_or(|begin| whom_end.is_some_and(|end| end <= begin)));
        let start = (rest..line.len()).find(|&start| longest_name(line, start) == Some(line.len()));
        let between = line.text(after, start.unwrap_or(line.len()));
        let last = start.filter(|&start| start > rest).map(|start| line.text_with_article(start, line.len()));
        let is_character = |position: usize| {
            let mut found = false;
            line.each_name(position, |term, _| found |= line.is_of_kinds(self.world, term, &[World::CHARACTER_KIND]));
            found
        };
        let reader = start.filter(|&start| start > rest && line.folded(start - 1) == "to" && is_character(start));
        let reader = reader.map(|start| line.text_with_article(start, line.len()));
        let does_more = whom_end.is_some_and(|end| {
            end < line.len() && is_character(rest) && !SMALL_WORDS.contains(&line.folded(end).as_str())
        });
        Some(Told {
            reader,
            does_more,
            sort: *sort,
            who: line.text_with_article(0, after),
            whom,
            last,
            between,
            statement,
        })
    }

    /// Whether the words from a position on are a statement.
    pub(super) fn states(&self, line: &Line<'_>, from: usize) -> bool {
        let mut matcher = super::matcher::Matcher::new(self.book, self.world, line);
        !matcher.statements(from).is_empty()
    }
}

/// Where the longest name from a position on ends.
pub(super) fn longest_name(line: &Line<'_>, from: usize) -> Option<usize> {
    let mut longest = None;
    line.each_name(from, |_, end| longest = longest.max(Some(end)));
    longest
}
