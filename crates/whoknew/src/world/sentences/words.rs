//! Words as small integers, and sets of word forms (`goes|go`).

use rustc_hash::FxHashMap;

crate::define_id! {
    /// Names a folded word.
    pub struct WordId;
}
crate::define_id! {
    /// Names a set of word forms that stand for each other in a pattern.
    pub struct FormsId;
}

macro_rules! grammar_words {
    ($($name:ident = $text:literal,)*) => {
        /// The words of the statement grammar; they are the first of every [`Words`].
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Position { $($name,)* }
        $(pub(super) const $name: WordId = WordId::from_index(Position::$name as usize);)*
        const GRAMMAR_WORDS: &[&str] = &[$($text,)*];
    };
}

grammar_words! {
    COMMA = ",", AND = "and", OR = "or", IT = "it", IS = "is", NOT = "not", SO = "so", THAT = "that", THIS = "this",
    HAPPENED = "happened", NEVER = "never", UNKNOWN = "unknown", WHETHER = "whether",
    BELIEVES = "believes", BELIEVE = "believe", THINKS = "thinks", THINK = "think",
    KNOWS = "knows", KNOW = "know", WONDERS = "wonders", WONDER = "wonder",
    DOES = "does", DO = "do", DOES_NOT = "doesn't", DO_NOT = "don't",
    NUMBER = "number",
    EVERYONE = "everyone", EVERYBODY = "everybody", NOBODY = "nobody", NOTHING = "nothing", SOMEBODY = "somebody", SOMEONE = "someone", NO = "no", ONE = "one", NO_ONE = "no-one", ONLY = "only", BUT = "but", EXCEPT = "except",
    WHERE = "where", WHO = "who", WHOM = "whom", WHAT = "what",
}

/// All words that patterns, names and the statement grammar mention.
#[derive(Debug)]
pub(super) struct Words {
    ids: FxHashMap<Box<str>, WordId>,
    texts: Vec<Box<str>>,
    forms: FxHashMap<Vec<WordId>, FormsId>,
    members: Vec<Vec<WordId>>,
    /// For each word the form sets it is in.
    forms_of: Vec<Vec<FormsId>>,
}

impl Words {
    /// The words of the grammar only.
    pub(super) fn new() -> Self {
        let mut words = Self {
            ids: FxHashMap::default(),
            texts: Vec::new(),
            forms: FxHashMap::default(),
            members: Vec::new(),
            forms_of: Vec::new(),
        };
        for text in GRAMMAR_WORDS {
            words.intern(text);
        }
        words
    }

    /// The id of `folded`, new if need be.
    pub(super) fn intern(&mut self, folded: &str) -> WordId {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = WordId::from_index(self.texts.len());
        self.ids.insert(folded.into(), id);
        self.texts.push(folded.into());
        self.forms_of.push(Vec::new());
        id
    }

    /// The id of `folded`, if anything mentions it.
    pub(super) fn get(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded).copied()
    }

    /// The set of `forms`.
    pub(super) fn intern_forms(&mut self, mut forms: Vec<WordId>) -> FormsId {
        forms.sort_unstable();
        forms.dedup();
        if let Some(&id) = self.forms.get(&forms) {
            return id;
        }
        let id = FormsId::from_index(self.members.len());
        for &form in &forms {
            self.forms_of[form.index()].push(id);
        }
        self.forms.insert(forms.clone(), id);
        self.members.push(forms);
        id
    }

    /// The form sets that hold `word`.
    pub(super) fn forms_of(&self, word: WordId) -> &[FormsId] {
        &self.forms_of[word.index()]
    }

    /// Whether two words stand for each other somewhere.
    pub(super) fn are_forms(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (self.get(one), self.get(other)) else { return false };
        self.forms_of(one).iter().any(|forms| self.forms_of(other).contains(forms))
    }

    /// The folded texts of all words.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// The folded texts of a form set.
    pub(super) fn texts(&self, forms: FormsId) -> impl Iterator<Item = &str> {
        self.members[forms.index()].iter().map(|word| &*self.texts[word.index()])
    }
}
