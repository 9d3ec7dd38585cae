//! Words that writers bring from prose and from other languages, and what is written here in their place.

const EVERYONE: &str = "of what somebody knows or believes it can be said of everyone; of what is so or happens name each of them, as in \
                        `Ann, Ben and Cora …`, or write a formula: `for all x: character (…)`";

/// What to write for a name that nobody declares, but that prose or another language has.
pub(crate) fn for_name(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    if name.starts_with("only ") {
        return Some(
            "`only` speaks of what somebody knows or believes; of what is so or happens write a line for each, or a formula",
        );
    }
    if ["everyone but ", "everybody but ", "everyone except ", "everybody except "]
        .iter()
        .any(|start| name.starts_with(start))
    {
        return Some(EVERYONE);
    }
    if ["his ", "her ", "its ", "their ", "my ", "our ", "your "].iter().any(|start| name.starts_with(start)) {
        return Some("write the name of who or what is meant: a pronoun could mean several");
    }
    match name.as_str() {
        "true" => Some("write `yes`"),
        "false" => Some("write `no`"),
        "somewhere" | "nowhere" => Some("an unknown place is written `an unknown place`, in formulas `?`"),
        "none" | "null" | "nil" | "undefined" | "unknown" | "nothing" => {
            Some("for a value that is unknown, or that there is not, write `?`")
        }
        "he" | "she" | "it" | "they" | "him" | "her" | "them" | "his" | "hers" | "its" | "their" | "himself"
        | "herself" | "itself" | "themselves" | "i" | "me" | "we" | "us" | "you" | "my" | "our" | "your" => {
            Some("write the name: a pronoun could mean several")
        }
        "everybody" | "everyone" => Some(EVERYONE),
        "everything" | "all" => Some("name each of them; a formula can say `for all x: character (…)`"),
        "nobody" | "no one" => Some("as a formula: `not exists x: character (…)`"),
        "somebody" | "anybody" | "anyone" => {
            Some("the word for anybody is `someone`; a formula can say `exists x: character (…)`")
        }
        "anything" => Some("the word for anything is `something`"),
        _ => None,
    }
}

/// What to write for a kind of a value or parameter that other languages have.
pub(crate) fn for_value_kind(kind: &str) -> Option<&'static str> {
    match kind.to_lowercase().as_str() {
        "int" | "integer" | "float" | "double" | "real" | "num" | "numbers" => Some("a number is of the kind `number`"),
        "bool" | "boolean" | "predicate" | "truth" => {
            Some("a fact that is so or not has no kind after it: leave out the `:` and this")
        }
        "str" | "string" | "text" | "symbol" | "enum" => {
            Some("values that are words are the members of a kind: `kind mood`, then `mood cheerful, gloomy`")
        }
        _ => None,
    }
}

/// Kinds that packs declare, under the words that others have for them.
const OTHER_KINDS: &[(&str, &[&str])] = &[
    (
        "person",
        &["people", "man", "woman", "men", "women", "child", "human", "actor", "agent", "npc", "player", "hero"],
    ),
    ("place", &["location", "room", "area", "spot", "setting", "building", "region"]),
    ("thing", &["item", "object", "prop", "stuff", "artifact", "weapon"]),
    ("container", &["box", "bag", "furniture", "receptacle"]),
];

/// Whether a word for a kind speaks of several of them.
pub(crate) fn is_plural(kind: &str) -> bool {
    kind.ends_with('s') || ["people", "men", "women"].contains(&kind)
}

/// The kind of a pack that another word may mean.
pub(crate) fn for_kind(kind: &str) -> Option<&'static str> {
    let folded = kind.to_lowercase();
    let singular = folded.strip_suffix('s').unwrap_or(&folded);
    let means = |words: &[&str]| words.iter().any(|word| *word == folded || *word == singular);
    OTHER_KINDS.iter().find(|(_, words)| means(words)).map(|(own, _)| *own)
}
