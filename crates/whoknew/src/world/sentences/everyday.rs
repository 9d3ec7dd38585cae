//! What storytellers write, and the sentences of the packs that say it.
//!
//! Nothing is read by this table: it helps where a line has no reading, before a new sentence is offered to be declared.

use super::book::{PatternId, Tree};
use super::codes::E0310;
use super::failure::Failure;
use super::tellers::longest_name;
use super::{nearest, words};
use crate::diagnostic::Diagnostic;
use crate::world::{KindId, Term, World, packs};

/// Everyday words, and what to write for them.
///
/// The words stand in this order, the first of them right behind the first name; `a|b` is either, and behind `.` there are only
/// names. In what to write,
/// `{1}`, `{2}` and `{3}` are the characters in the order in which they are named, `{where}` is the first place and
/// `{that}` what is said; `…` stands for those that are not there. Without the following the row says nothing: `{whom}`
/// is the second character, `{thing}` and `{place}` are the first thing and place, `{to}` is the last place.
pub(super) type Everyday = (&'static str, &'static str);

const READ: &str =
    "say what is read: `{1} reads in a letter of {2} that {that}`; before that, `{2} writes to {1} that {that}`";
const SEEMING_DEATH: &str = "if all who are there take it for death, write `{1} falls into a sleep like death`; it ends when `{1} rises from \
     the seeming death`";
const AS_SOMEBODY: &str = "write `{1} disguises as {2}`, and where they come in so, `{1} comes to {where} as {2}`";
const TRUST_ENDS: &str = "where the trust ends, write `{1} stops trusting {2}`; if it never was, write `{1} does not trust {2}` below `start`";

/// What happens.
pub(super) const EVENTS: &[Everyday] = &[
    (
        "writes|write|sends|send|posts|post|mails|mail|leaves|leave|slips|slip letter|note|message|telegram|postcard|email",
        "say what is written: `{1} writes to {2} that {that}`; nobody knows it before it is read: `{2} reads in a \
         letter of {1} that {that}`",
    ),
    (
        "emails|email|texts|text|messages|message",
        "write `{1} writes to {2} that {that}`, and where it is read `{2} reads in a letter of {1} that {that}`",
    ),
    ("finds|find letter|note|message|telegram|postcard|email from|of|by", READ),
    ("gets|get|receives|receive|opens|open|reads|read letter|note|message|telegram|postcard|email", READ),
    (
        "writes|write|notes|note|notices|reads|read diary|journal|notebook",
        "a diary is a letter to oneself: `{1} writes to {1} that {that}`; whoever gets hold of it, `… reads in a letter \
         of {1} that {that}`",
    ),
    (
        "finds|find|discovers|discover|sees|see body|corpse",
        "who comes to where somebody lies dead sees it: write `{1} goes to {where}`; a closer look is `{1} looks closely \
         at the body of {2}`",
    ),
    ("gives|give birth", "write `{2} arrives at {where}`, and below `start` `{1} is the mother of {2}`"),
    (
        "pretends|pretend asleep|sleep",
        "declare an action of your own, and below it as what it is seen: `seen by c as fall_asleep(who) if notices(c, who)`",
    ),
    ("fakes|fake|feigns|feign|stages|stage|simulates|simulate death", SEEMING_DEATH),
    ("pretends|pretend|plays|play dead", SEEMING_DEATH),
    (
        "recognises|recognise|recognizes|recognize|unmasks|unmask|identifies|identify",
        "whoever is there is seen for who they are, but for those in disguise: write `{1} sees through the disguise of \
         {2}`; who lies as if dead: `{1} looks closely at the body of {2}`",
    ),
    ("impersonates|impersonate|mimics|mimic", AS_SOMEBODY),
    ("dresses|dress up|as", AS_SOMEBODY),
    ("is|are|arrives|arrive|comes|come|goes|go|enters|enter|leaves|leave in disguise", AS_SOMEBODY),
    (
        "is|are surprised|astonished|shocked|amazed|startled|stunned",
        "surprise is not told but follows: have it checked before, with `claim {1} does not believe that {that}`, and \
         then tell what happens",
    ),
    ("does|do not trust|trusts", TRUST_ENDS),
    ("doesn't|don't trust", TRUST_ENDS),
    ("trusts|trust", "where the trust begins, write `{1} begins to trust {2}`; without a line everybody trusts"),
    (
        "overhears|overhear|hears|hear tell|tells|telling|say|says|saying",
        "write `{1} overhears {2} telling {3} that {that}`; who is there and seen hears it without a line: `{2} tells \
         {3} that {that}`",
    ),
    ("tells|tell everyone|everybody|all|them", "all who are there hear what is said: write `{1} says that {that}`"),
    ("is|are told|informed", "say who tells it: `{2} tells {1} that {that}`"),
    (
        "accuses|accuse|blames|blame",
        "say what is said, as `{1} tells {2} that it happened that {2} killed …`; before all who are there, `{1} says \
         that …`",
    ),
    (
        "promises|promise|swears|swear|vows|vow to",
        "what is promised is said as it will be when it is kept: `{1} promises {2} that …`",
    ),
    (
        "asks|ask|orders|order|begs|beg|urges|urge|commands|command|forces|force|persuades|persuade|convinces|convince to",
        "to ask for something changes nothing by itself: tell what is done then; what is said can be `{1} tells {2} \
         that …`",
    ),
    ("is|are|was|were|gets|get killed|murdered|shot|stabbed|poisoned|strangled by", "say who does it: `{2} kills {1}`"),
    ("commits|commit|commited|committed suicide", "write `{1} kills {1}`"),
    ("kills|kill|shoots|shoot|hangs|hang herself|himself|itself|themselves", "write `{1} kills {1}`"),
    ("gets|get married .", "write `{1} marries {2}`"),
    ("weds|wed", "write `{1} marries {2}`"),
    ("loses|lose consciousness", "write `{1} faints`"),
    ("passes|pass out", "write `{1} faints`"),
    ("goes|go to bed|sleep", "write `{1} falls asleep`"),
    ("wakes|wake|gets|get up", "who was asleep wakes: `{1} wakes`"),
    (
        "hands|hand|passes|pass|lends|lend|sells|sell|offers|offer|brings|bring|returns|return to|back",
        "if it changes hands, write `{1} gives {thing} to {2}`",
    ),
    ("grabs|grab|snatches|snatch|seizes|seize|lifts|lift|collects|collect", "write `{1} takes {thing}`"),
    ("shows|show", "say what it lets them know: `{1} tells {2} that {1} has {thing}`"),
    ("loses|lose", "write `{1} puts down {thing}`: it lies there, and those who are there see it"),
    ("steals|steal from", "what lies in {place} is taken: `{1} takes {thing}`"),
    ("buys|buy|gets|get|receives|receive|accepts|accept|borrows|borrow from", "write `{whom} gives {thing} to {1}`"),
    ("steals|steal .", "say from whom: `{1} steals {thing} from …`; what lies there is taken: `{1} takes {thing}`"),
    ("arrives|arrive|comes|come|returns|return .", "say where: `{1} arrives at …`"),
    ("comes|come|goes|go in|back|inside|home .", "say where: `{1} goes to …`"),
    (
        "goes|go|comes|come|walks|walk|runs|run|hurries|hurry|rushes|rush|drives|drive to .",
        "say the place where {whom} is: `{1} goes to …`",
    ),
    ("visits|visit .", "say the place where {whom} is: `{1} goes to …`"),
    ("goes|go|walks|walk|runs|run|drives|drive|rides|ride|travels|travel from to", "write `{1} goes to {to}`"),
    (
        "walks|walk|runs|run|rides|ride|travels|travel|sails|sail|drives|drive|moves|move|flees|flee with",
        "write `{1} goes with {whom} to {to}`",
    ),
    (
        "rides|ride|travels|travel|sails|sail|walks|walk|runs|run|drives|drive|takes|take|brings|bring|leads|lead to",
        "if both go, write `{1} and {whom} go to {to}`",
    ),
    (
        "follows|follow|chases|chase|pursues|pursue to|into",
        "write two lines: `{whom} goes to {to}`, and `{1} goes to {to}`",
    ),
    ("sends|send to", "who is sent goes: `{whom} goes to {to}`"),
    ("meets|meet at|in", "write two lines: `{1} goes to {to}`, and `{whom} goes to {to}`"),
    ("escapes|escape|flees|flee|runs|run from|out", "write `{1} leaves`"),
    ("exits|exit|quits|quit", "write `{1} leaves`"),
    ("leaves|leave in|on|at|behind", "write `{1} puts down {thing}`"),
    (
        "looks|look|searches|search|hunts|hunt for",
        "write `{1} searches {where}`: what is hidden there is known then, and `{1} finds {thing}`; what lies there is \
         seen, and `{1} takes {thing}`",
    ),
    ("leaves|leave|departs|depart|heads|head for", "write `{1} goes to {place}`"),
    ("hides|hide in|at|inside", "write two lines: `{1} goes to {place}`, and `{1} hides`"),
    (
        "walks|walk|runs|run|goes|go|comes|come|enters|enter|steps|step and sees|see|finds|find|meets|meet|notices|notice",
        "who comes to a place sees who and what is there: write `{1} goes to {place}` alone",
    ),
];

/// What is so.
pub(super) const STATEMENTS: &[Everyday] = &[
    (
        "is|are son|daughter|child of",
        "kin is said of the parents: `{2} is the mother of {1}`, or `{2} is the father of {1}`",
    ),
    (
        "is|are brother|sister|sibling|twin of",
        "it follows from the parents, and is said so: `{1} and {2} are siblings`; below `start`, give them one mother: \
         `… is the mother of {1}`, `… is the mother of {2}`",
    ),
    ("is|are killer|murderer of", "say what happened: `it happened that {1} killed {2}`"),
    ("has|have|owns|own|carries|carry no", "write `{1} does not have {thing}`"),
    ("is|are married .", "say to whom: `{1} is married to …`; to whomever, `it is not so that {1} is unmarried`"),
    (
        "is|are missing|gone|lost .",
        "say where it is not, as in `{thing} is not in …`, or who does not know it: `… does not know where {thing} is`",
    ),
    ("owns|own|possesses|possess|holds|hold", "who has a thing carries it: `{1} has {thing}`"),
    ("is|are hiding|hidden in|at", "say it in two: `{1} is in {place}`, and `{1} is hiding`"),
    (
        "wrongly|falsely|mistakenly|incorrectly believes|believe|thinks|think",
        "say it in two: `{1} believes that {that}`, and `it is not so that {that}`",
    ),
    ("rightly|correctly believes|believe|thinks|think", "who believes what is so knows it: `{1} knows that {that}`"),
    (
        "was|were in|at|on",
        "what is said, believed and claimed is of its own moment; of what was, say what happened, as `it happened that \
         {1} went to {place}`",
    ),
];

impl Failure<'_> {
    /// The message about a line that says in everyday words what a pack has a sentence for.
    pub(super) fn in_everyday_words(&self) -> Option<Diagnostic> {
        if !self.suggests || self.reader.asks {
            return None;
        }
        let (from, trees) = self.trouble.deepest.unwrap_or((0, &[Tree::Facts, Tree::Past]));
        if from == 0 && self.reader.in_the_present(self.line).is_some() {
            return None; // the present of it can be told
        }
        let subject = self.names_joined(from)?;
        let tables: &[&[Everyday]] = if trees.contains(&Tree::Facts) { &[STATEMENTS] } else { &[EVENTS, STATEMENTS] };
        let rows = tables.iter().copied().flatten();
        let meant = rows.filter_map(|(words, means)| self.meant(from, (subject, words), means)).next()?;
        let own = |pattern: &PatternId| self.world.is_own(self.book.patterns[pattern.index()].span);
        if nearest::patterns(self.reader, self.line, from, trees).iter().any(own) {
            return None; // the story has words of its own for it
        }
        let title = format!("no {} is said like this", self.wanted());
        let span = if from == 0 { self.line.whole() } else { self.line.span(from, self.line.len()) };
        Some(Diagnostic::new(&E0310, title, span).help(meant))
    }

    /// Where a name, or several joined, ends that begins at a position.
    fn names_joined(&self, from: usize) -> Option<usize> {
        let line = self.line;
        let mut end = longest_name(line, from)?;
        while matches!(line.word(end), Some(words::AND | words::COMMA)) {
            let Some(next) = longest_name(line, end + 1) else { break };
            end = next;
        }
        Some(end)
    }

    /// What to write where these words stand in the line from a position on, behind the name that ends at `subject`.
    fn meant(&self, from: usize, (subject, words): (usize, &str), means: &str) -> Option<String> {
        let line = self.line;
        let mut end = subject;
        for (index, forms) in words.split(' ').enumerate() {
            let last = if index == 0 { end + 1 } else { line.len() };
            let stands = |position: &usize| forms.split('|').any(|form| form == line.folded(*position));
            if forms == "." {
                return self.only_names(end).then(|| self.written(means, from, None)).flatten();
            }
            end = (end..last.min(line.len())).find(stands)? + 1;
        }
        let that = (end..line.len()).find(|&position| line.word(position) == Some(words::THAT));
        let said = that.map(|that| that + 1).or_else(|| self.reader.states(line, end).then_some(end));
        if said.is_some() && !means.contains("{that}") && !means.contains('…') {
            return None; // more than the table knows of
        }
        self.written(means, from, said)
    }

    /// What to write with what is named from one position on and said from another.
    fn written(&self, means: &str, from: usize, said: Option<usize>) -> Option<String> {
        let line = self.line;
        let text = self.filled(means, &self.names(from, said.unwrap_or(line.len())))?;
        let said = said.map(|said| line.text_with_article(said, line.len()));
        let text = text.replace("{that}", said.as_deref().unwrap_or("…"));
        Some(text + &self.packs_to_use(means))
    }

    fn only_names(&self, mut position: usize) -> bool {
        while position < self.line.len() {
            let Some(end) = longest_name(self.line, position) else { return false };
            position = end;
        }
        true
    }

    /// What to write with these names in it.
    fn filled(&self, means: &str, names: &[(Term, String)]) -> Option<String> {
        let all = |kind: KindId| {
            let is_so = move |(term, _): &&(Term, String)| self.line.is_of_kinds(self.world, *term, &[kind]);
            names.iter().filter(is_so).map(|(_, name)| name.as_str())
        };
        let of_kind = |kind: &str| {
            let kind = self.world.kinds.iter().position(|known| known.name == kind);
            kind.into_iter().flat_map(|kind| all(KindId::from_index(kind)))
        };
        let mut text = means.to_owned();
        let mut characters = all(World::CHARACTER_KIND);
        for slot in ["{1}", "{2}", "{3}"] {
            text = text.replace(slot, characters.next().unwrap_or("…"));
        }
        let needed = [
            ("{whom}", all(World::CHARACTER_KIND).nth(1)),
            ("{thing}", of_kind("thing").next()),
            ("{place}", of_kind("place").next()),
            ("{to}", of_kind("place").last()),
        ];
        for (slot, name) in needed {
            if text.contains(slot) {
                text = text.replace(slot, name?);
            }
        }
        Some(text.replace("{where}", of_kind("place").next().unwrap_or("…")))
    }

    /// What is named between two positions, as it is written.
    fn names(&self, from: usize, to: usize) -> Vec<(Term, String)> {
        let (mut names, mut position) = (Vec::new(), from);
        while position < to {
            let Some(end) = longest_name(self.line, position).filter(|&end| end <= to) else {
                position += 1;
                continue;
            };
            let mut term = None;
            self.line.each_name(position, |found, its_end| term = term.or((its_end == end).then_some(found)));
            names.extend(term.map(|term| (term, self.line.name_as_declared(self.world, term, (position, end)))));
            position = end;
        }
        names
    }

    /// The packs to use for what is offered, as `means` says it.
    fn packs_to_use(&self, means: &str) -> String {
        let mut lacking: Vec<&str> = Vec::new();
        for template in templates(means) {
            let own: Vec<&str> = template.split(' ').filter(|word| !word.contains('{') && *word != "the").collect();
            let pattern = packs::saying_just(&own, template.matches('{').count(), &|pack| self.uses(pack));
            lacking.extend(pattern.map(|pattern| pattern.pack.name).filter(|name| !lacking.contains(name)));
        }
        if lacking.is_empty() { String::new() } else { format!(" (with `use {}`)", lacking.join(", ")) }
    }
}

/// The sentences in what is to be written, without what the grammar of statements has.
pub(super) fn templates(means: &str) -> impl Iterator<Item = &str> {
    let quoted = means.split('`').skip(1).step_by(2).filter(|quoted| quoted.contains('{') || quoted.contains('…'));
    quoted.map(|quoted| quoted.strip_prefix("it happened that ").unwrap_or(quoted))
}
