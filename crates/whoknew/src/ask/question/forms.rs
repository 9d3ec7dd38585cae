//! The forms of questions: one table, from which questions are read, help and completion are made, and near forms offered.
//!
//! In a pattern, `a|b` is one word or the other, `[…]` may be left out, and `{…}` is a slot.

/// What a question of some form asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormKind {
    /// Whether somebody believes something.
    Believes,
    /// Whether somebody knows something.
    Knows,
    /// Whether somebody wonders.
    Wonders,
    /// Who knows something.
    WhoKnows,
    /// Who believes something.
    WhoBelieves,
    /// Who does not know something.
    WhoLacks,
    /// Who does not believe something.
    WhoDoubts,
    /// Whether anybody knows or believes something.
    Anybody,
    /// Whether everybody does.
    Everybody,
    /// Who believes something that is not so.
    WhoErrs,
    /// Who wonders.
    WhoWonders,
    /// What somebody believes that is false.
    Errors,
    /// What somebody knows that somebody else does not.
    Beyond,
    /// What somebody believes about something, or believes that somebody else believes about it.
    About,
    /// What somebody believes.
    Beliefs,
    /// When somebody learned something, and from whom.
    Learned,
    /// When something happened, or since when it is so.
    When,
    /// What somebody said to somebody.
    Said,
    /// Who lied, to whom, about what.
    Lied,
    /// Since when, until when something was so.
    Spans,
    /// Who was there when something happened.
    Present,
    /// Who noticed it.
    Noticed,
    /// Where somebody believes somebody to be.
    BelievedWhere,
    /// Where somebody is.
    Where,
    /// What somebody wants.
    Wants,
    /// Whether something is so.
    Holds,
}

/// A form of questions.
#[derive(Debug)]
pub struct Form {
    /// What it asks.
    pub kind: FormKind,
    /// Its name in JSON.
    pub name: &'static str,
    /// How it is asked; the first is shown.
    pub patterns: &'static [&'static str],
    /// What it asks, in a few words.
    pub meaning: &'static str,
}

/// All forms. A question is read by the first that fits it as a whole.
pub static FORMS: &[Form] = &[
    Form {
        kind: FormKind::Anybody,
        name: "anybody",
        patterns: &[
            "does|do|did anybody|anyone|somebody|someone know [that|whether|if] {statement}",
            "does|do|did anybody|anyone|somebody|someone believe|think [that] {statement}",
        ],
        meaning: "whether anybody knows or believes it, and who",
    },
    Form {
        kind: FormKind::Everybody,
        name: "everybody",
        patterns: &[
            "does|do|did everybody|everyone know [that|whether|if] {statement}",
            "does|do|did everybody|everyone believe|think [that] {statement}",
        ],
        meaning: "whether everybody knows or believes it, and who does not",
    },
    Form {
        kind: FormKind::Knows,
        name: "knows",
        patterns: &["does|do|did {who} know [that|whether|if] {statement}"],
        meaning: "whether somebody believes it, and it is so",
    },
    Form {
        kind: FormKind::Believes,
        name: "believes",
        patterns: &["does|do|did {who} believe|think [that] {statement}"],
        meaning: "whether somebody takes it to be so",
    },
    Form {
        kind: FormKind::Wonders,
        name: "wonders",
        patterns: &["does|do|did {who} wonder [whether|if] {statement}"],
        meaning: "whether it is unknown to somebody",
    },
    Form {
        kind: FormKind::WhoKnows,
        name: "who-knows",
        patterns: &["who knows|know|knew [that|whether|if] {statement}"],
        meaning: "all who know it",
    },
    Form {
        kind: FormKind::WhoLacks,
        name: "who-does-not-know",
        patterns: &[
            "who does|did not know [that|whether|if] {statement}",
            "who doesn't|don't|didn't know [that|whether|if] {statement}",
            "who do not know [that|whether|if] {statement}",
        ],
        meaning: "all who do not know it",
    },
    Form {
        kind: FormKind::WhoErrs,
        name: "who-wrongly-believes",
        patterns: &["who wrongly|falsely believes|believe|believed|thinks|think|thought [that] {statement}"],
        meaning: "all who believe it though it is not so",
    },
    Form {
        kind: FormKind::WhoBelieves,
        name: "who-believes",
        patterns: &["who believes|believe|believed|thinks|think|thought [that] {statement}"],
        meaning: "all who take it to be so",
    },
    Form {
        kind: FormKind::WhoDoubts,
        name: "who-does-not-believe",
        patterns: &[
            "who does|did not believe|think [that] {statement}",
            "who doesn't|don't|didn't believe|think [that] {statement}",
            "who do not believe|think [that] {statement}",
        ],
        meaning: "all who do not take it to be so",
    },
    Form {
        kind: FormKind::WhoWonders,
        name: "who-wonders",
        patterns: &["who wonders|wonder|wondered [whether|if] {statement}"],
        meaning: "all to whom it is unknown",
    },
    Form {
        kind: FormKind::Errors,
        name: "false-beliefs",
        patterns: &[
            "what does|do {who} believe|think {minds} that is false|wrong|untrue",
            "what does|do {who} wrongly|falsely believe|think {minds}",
            "what is|are {who} wrong|mistaken about",
        ],
        meaning: "what somebody takes to be so that is not",
    },
    Form {
        kind: FormKind::Beyond,
        name: "knows-beyond",
        patterns: &[
            "what does|do {who} know that {whom} does|do not [know]",
            "what does|do {who} know that {whom} doesn't|don't [know]",
        ],
        meaning: "what the one knows and the other does not",
    },
    Form {
        kind: FormKind::About,
        name: "beliefs-about",
        patterns: &["what does|do {who} believe|think|know {minds} about|of {thing}"],
        meaning: "what somebody believes about somebody or something",
    },
    Form {
        kind: FormKind::Beliefs,
        name: "beliefs",
        patterns: &["what does|do {who} believe|think|know {minds}"],
        meaning: "what somebody believes, or believes that somebody else believes",
    },
    Form {
        kind: FormKind::Learned,
        name: "learned",
        patterns: &[
            "when did {who} learn|hear|notice [out] [that|whether|if] {statement}",
            "when did {who} find out [that|whether|if] {statement}",
            "from whom did|does {who} learn|hear|know [that|whether|if] {statement}",
            "who told {who} [that|whether|if] {statement}",
            "how does|did {who} know|learn [that|whether|if] {statement}",
        ],
        meaning: "when somebody came to believe it, and from whom",
    },
    Form {
        kind: FormKind::Said,
        name: "said",
        patterns: &[
            "what did|does {who} tell {whom}",
            "what did|does {who} say [to] {whom}",
            "what did|does {who} say|tell",
            "what was|were {whom} told",
            "what was|were {whom} told by {who}",
            "what did|does {whom} hear from {who}",
        ],
        meaning: "what one said to the other, and what of it was a lie",
    },
    Form {
        kind: FormKind::Lied,
        name: "lied",
        patterns: &[
            "who lied to {whom}",
            "who lied",
            "did {who} lie to {whom}",
            "did {who} lie",
            "what lies did {who} tell {whom}",
            "what lies did {who} tell",
            "what did {who} lie about",
            "whom|who did {who} lie to",
            "to whom did {who} lie",
        ],
        meaning: "who told whom what they did not believe",
    },
    Form {
        kind: FormKind::When,
        name: "when",
        patterns: &["when {clause}"],
        meaning: "when it happened, or since when it is so: ask as in “when did Ada leave?”",
    },
    Form {
        kind: FormKind::Spans,
        name: "spans",
        patterns: &[
            "since when {clause}",
            "until when {clause}",
            "since when [,] [and] until when {clause}",
            "from when until when {clause}",
            "for how long {clause}",
            "how long {clause}",
        ],
        meaning: "the stretches of the story in which it is so",
    },
    Form {
        kind: FormKind::Present,
        name: "present",
        patterns: &["who was|were there|present when {event}"],
        meaning: "who was where it happened, and who noticed it",
    },
    Form {
        kind: FormKind::Noticed,
        name: "noticed",
        patterns: &["who noticed|saw|heard that|when|how {event}", "who noticed|saw|heard {event}"],
        meaning: "who noticed it, and who was there and did not",
    },
    Form {
        kind: FormKind::BelievedWhere,
        name: "believed-where",
        patterns: &[
            "where does|do {who} think|believe {minds} [that] {thing} is|are|was|were",
            "where is|are|was|were {thing} according to {who}",
        ],
        meaning: "where somebody takes somebody or something to be",
    },
    Form {
        kind: FormKind::Where,
        name: "where",
        patterns: &["where is|are|was|were {thing}"],
        meaning: "where somebody or something is",
    },
    Form {
        kind: FormKind::Wants,
        name: "wants",
        patterns: &[
            "what does|do {who} want",
            "what does|do {who} want [,] [and] what could|can {whom} do about it",
            "what does|do {who} want [,] [and] what could|can they|he|she|it do about it",
            "what could|can {who} do [about] [it]",
        ],
        meaning: "what somebody wants, whether it is met, and what they could do",
    },
    Form {
        kind: FormKind::Holds,
        name: "holds",
        patterns: &["is it so|true that {statement}", "{clause}"],
        meaning: "whether it is so: ask as in “is the box open?”",
    },
];

/// The form of this kind.
pub fn form(kind: FormKind) -> &'static Form {
    // Every kind has its row: a test looks. The first row stands in for one that were missing.
    FORMS.iter().find(|form| form.kind == kind).unwrap_or(&FORMS[0])
}
