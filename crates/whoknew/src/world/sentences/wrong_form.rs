//! Lines whose words say that they are no sentence of this place: two in one, a denial, a question, another time.

use super::book::Tree;
use super::failure::Failure;
use super::fitted::is_negation;
use super::line::Line;
use super::meant::QUESTION_WORDS;
use super::tellers::longest_name;

impl Failure<'_> {
    /// What to write where the words of a line say that it is no sentence of this place; nothing if they do not.
    pub(super) fn wrong_form(&self, from: usize, trees: &[Tree]) -> Vec<String> {
        let is_fact = trees.contains(&Tree::Facts);
        if let Some(help) = self.scene_word().filter(|_| !is_fact && from == 0) {
            return vec![help];
        }
        let is_reason = |position: &usize| self.line.folded(*position) == "because";
        if let Some(because) = (from + 1..self.line.len()).find(is_reason).filter(|_| !self.reader.asks) {
            let told = self.line.text(from, because);
            return vec![if is_fact {
                format!("a reason stands in quotation marks behind what is assumed: `assume {told} \"…\"`")
            } else {
                format!(
                    "what an act is done for stands in a line below it: `{told}`, and below it `because` with a want"
                )
            }];
        }
        let is_or = |position: &usize| self.line.folded(*position) == "or" && self.line.folded(position + 1) != "that";
        if let Some(or) = (1..self.line.len()).find(is_or).filter(|_| from == 0 && is_fact) {
            return vec![format!("statements are joined by `or` in a formula: `{}`", self.joined_by_or(or))];
        }
        if self.says_several {
            return vec![format!("one {} a line: write a line for each", self.wanted())];
        }
        let denied = self.denied(from, is_fact);
        if !denied.is_empty() {
            return denied.iter().map(|&help| help.to_owned()).collect();
        }
        let asked = self.asked(from);
        if !asked.is_empty() {
            return asked;
        }
        let present = self.reader.in_the_present(self.line).filter(|_| self.suggests && from == 0);
        let in_the_present = |present: String| {
            format!(
                "sentences are in the present of their scene: write `{present}`; that something has happened is said by \
                 `it happened that …`"
            )
        };
        present.map(in_the_present).into_iter().collect()
    }

    /// What to write for what is denied.
    fn denied(&self, from: usize, is_fact: bool) -> &'static [&'static str] {
        if (self.denies || self.denies_its_verb(from)) && !is_fact {
            return &[
                "a scene tells what happens; to have it checked that this does not, write `claim it never happened that …`",
                "that something is not so stands below `start`, or behind `claim`",
            ];
        }
        match self.denies {
            true => &["write `it is not so that …`, or give the fact a line `not \"…\"` with its opposite"],
            false => &[],
        }
    }

    /// What to write where a name alone, a question or a subject stands for a statement.
    fn asked(&self, from: usize) -> Vec<String> {
        if from == 0 {
            return Vec::new();
        }
        if longest_name(self.line, from) == Some(self.line.len()) && !self.reader.asks {
            return vec![
                "here a statement stands, and not a name alone: what is said, believed or known of it".to_owned(),
                "that somebody takes another's word for true is said by `… trusts …`; whom somebody knows is a fact of its own"
                    .to_owned(),
            ];
        }
        if let Some(deed) = self.deed_asked(from) {
            let named = deed.replacen("someone", "…", 1);
            return vec![format!(
                "name who did it: `that {named}`; that it was done, whoever did it, is `that {deed}`"
            )];
        }
        let help = match self.line.folded(from).as_str() {
            "about" => "say what is known or believed of it, with `that`, or `whether … is in this or that place`",
            word if QUESTION_WORDS.contains(&word) => {
                "ask with `whether`, and for any value with `this or that`, as in `whether … is in this or that place`"
            }
            _ => return Vec::new(),
        };
        vec![help.to_owned()]
    }

    /// Whether the first word of the line that names nothing denies the verb behind it: `did not kill`, `never kills`.
    fn denies_its_verb(&self, from: usize) -> bool {
        const SUPPORTS: &[&str] = &["does", "do", "did", "will", "has", "have", "is", "was"];
        let Some(name) = longest_name(self.line, from) else { return false };
        let verb = if SUPPORTS.contains(&self.line.folded(name).as_str()) { name + 1 } else { name };
        verb < self.line.len() && is_negation(&self.line.folded(verb))
    }

    /// `(Ann is dead) or (Ben is dead)`, of `Ann or Ben is dead`.
    fn joined_by_or(&self, or: usize) -> String {
        let line = self.line;
        let (one, other) = (line.text_with_article(0, or), line.text_with_article(or + 1, line.len()));
        let name = longest_name(line, or + 1).filter(|_| longest_name(line, 0) == Some(or));
        match name {
            Some(end) => format!("({one} {}) or ({other})", line.text_with_article(end, line.len())),
            None => format!("({one}) or ({other})"),
        }
    }

    /// `someone killed Konrad`, of `who killed Konrad`.
    fn deed_asked(&self, from: usize) -> Option<String> {
        if from == 0 || self.line.folded(from) != "who" {
            return None;
        }
        let tokens = self.line.with_word(from, "someone");
        let line = Line::new(&self.reader, &tokens);
        self.reader.states(&line, from).then(|| line.text(from, line.len()))
    }
}
