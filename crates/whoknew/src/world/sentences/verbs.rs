//! How English verbs are written in the past, for sentences that are offered.

/// The verbs that storytellers use most whose past is not regular, as they stand after one who does it.
const IRREGULAR: &[(&str, &str)] = &[
    ("becomes", "became"),
    ("begins", "began"),
    ("bites", "bit"),
    ("breaks", "broke"),
    ("brings", "brought"),
    ("builds", "built"),
    ("burns", "burnt"),
    ("buys", "bought"),
    ("catches", "caught"),
    ("comes", "came"),
    ("cuts", "cut"),
    ("digs", "dug"),
    ("draws", "drew"),
    ("drinks", "drank"),
    ("drives", "drove"),
    ("eats", "ate"),
    ("falls", "fell"),
    ("feeds", "fed"),
    ("feels", "felt"),
    ("fights", "fought"),
    ("finds", "found"),
    ("flees", "fled"),
    ("flies", "flew"),
    ("forgets", "forgot"),
    ("forgives", "forgave"),
    ("gets", "got"),
    ("gives", "gave"),
    ("goes", "went"),
    ("hangs", "hung"),
    ("has", "had"),
    ("hears", "heard"),
    ("hides", "hid"),
    ("hits", "hit"),
    ("holds", "held"),
    ("is", "was"),
    ("keeps", "kept"),
    ("leads", "led"),
    ("leaves", "left"),
    ("lets", "let"),
    ("loses", "lost"),
    ("makes", "made"),
    ("meets", "met"),
    ("pays", "paid"),
    ("puts", "put"),
    ("reads", "read"),
    ("rides", "rode"),
    ("rings", "rang"),
    ("runs", "ran"),
    ("says", "said"),
    ("sees", "saw"),
    ("sells", "sold"),
    ("sends", "sent"),
    ("shakes", "shook"),
    ("shoots", "shot"),
    ("shows", "showed"),
    ("shuts", "shut"),
    ("sings", "sang"),
    ("sits", "sat"),
    ("sleeps", "slept"),
    ("speaks", "spoke"),
    ("spends", "spent"),
    ("stands", "stood"),
    ("steals", "stole"),
    ("strikes", "struck"),
    ("swears", "swore"),
    ("sweeps", "swept"),
    ("swims", "swam"),
    ("takes", "took"),
    ("teaches", "taught"),
    ("tears", "tore"),
    ("tells", "told"),
    ("thinks", "thought"),
    ("throws", "threw"),
    ("wakes", "woke"),
    ("wears", "wore"),
    ("wins", "won"),
    ("writes", "wrote"),
];

/// The past of a verb as it stands after one who does it: `recognised` of `recognises`. None if it is no such verb.
pub(super) fn past(verb: &str) -> Option<String> {
    if let Some((_, past)) = IRREGULAR.iter().find(|(known, _)| *known == verb) {
        return Some((*past).to_owned());
    }
    let base = base(verb)?;
    let letters: Vec<char> = base.chars().collect();
    let is_vowel = |letter: char| "aeiou".contains(letter);
    Some(match letters.as_slice() {
        [.., 'e'] => format!("{base}d"),
        [.., before, 'y'] if !is_vowel(*before) => format!("{}ied", base.strip_suffix('y')?),
        [first @ .., vowel, last]
            if is_vowel(*vowel)
                && !is_vowel(*last)
                && !"wxy".contains(*last)
                && !first.iter().copied().any(is_vowel) =>
        {
            format!("{base}{last}ed")
        }
        _ => format!("{base}ed"),
    })
}

/// The verb without the `s` of one who does it.
fn base(verb: &str) -> Option<String> {
    if verb == "was" {
        return None;
    }
    let stem = verb.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s'))?;
    let hisses = ["sse", "xe", "zze", "che", "she", "oe"];
    if stem.ends_with("ie") && stem.len() > 3 {
        return Some(format!("{}y", stem.strip_suffix("ie")?));
    }
    let plain = if hisses.iter().any(|end| stem.ends_with(end)) { stem.strip_suffix('e')? } else { stem };
    Some(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::past;

    #[test]
    fn verbs_in_the_past() {
        let pasts =
            ["recognises", "kisses", "carries", "stops", "plays", "paints", "dies", "gives", "visits", "watches"]
                .map(|verb| past(verb).unwrap());
        let expected =
            ["recognised", "kissed", "carried", "stopped", "played", "painted", "died", "gave", "visited", "watched"];
        assert_eq!(pasts, expected);
        assert_eq!(past("quietly"), None);
        assert_eq!(past("across"), None);
    }
}
