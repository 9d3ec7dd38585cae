//! "Did you mean": the names nearest to one that nobody declared.
//!
//! Nearness is the number of letters inserted, left out, exchanged or swapped with their neighbour (the restricted
//! Damerau-Levenshtein distance), without regard to case, to an article at the beginning, and to whether words are
//! joined by spaces, underlines or hyphens. Where no name is near by its letters, one that has all its words in the other is.

/// At most so many names are offered.
const MOST_OFFERED: usize = 3;
/// Longer words are not compared: nobody mistypes a paragraph.
const LONGEST_COMPARED: usize = 80;

/// The candidates nearest to `name`, nearest first, ties in their given order; empty if none is near.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = letters(name);
    if wanted.is_empty() || wanted.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let given = letters(candidate);
        let allowed = allowed_distance(wanted.len().max(given.len()));
        if wanted.len().abs_diff(given.len()) > allowed {
            continue;
        }
        let distance = distance(&wanted, &given);
        if distance <= allowed && !found.iter().any(|&(_, other)| other == candidate) {
            found.push((distance, candidate));
        }
    }
    found.sort_by_key(|&(distance, _)| distance);
    let best = found.first().map_or(0, |&(distance, _)| distance);
    found.into_iter().filter(|&(distance, _)| distance == best).map(|(_, name)| name).take(MOST_OFFERED).collect()
}

/// The candidates nearest to `name`; if none is near by its letters, those that lack some of its words or have more:
/// `Holmes` for `Sherlock Holmes`, `Anna's` for `Anna`.
pub(crate) fn nearest_names<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let near = nearest(name, candidates.iter().copied());
    if near.is_empty() { sharing_words(name, &candidates) } else { near }
}

/// The candidates of whose words all stand in `name`, or in whose words all of `name` stand; those that share most first.
fn sharing_words<'a>(name: &str, candidates: &[&'a str]) -> Vec<&'a str> {
    let wanted = words(name);
    if wanted.is_empty() || name.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let given = words(candidate);
        let shared = given.iter().filter(|word| wanted.contains(word)).count();
        let contained = shared > 0 && (shared == given.len() || shared == wanted.len());
        if contained && !found.iter().any(|(_, other)| other == candidate) {
            found.push((given.len().abs_diff(wanted.len()), candidate));
        }
    }
    found.sort_by_key(|&(difference, _)| difference);
    found.into_iter().map(|(_, name)| name).take(MOST_OFFERED).collect()
}

/// The words of a name that say something: lower case, without articles, `of` and possessive endings.
fn words(name: &str) -> Vec<String> {
    let folded = name.to_lowercase().replace(['_', '-'], " ").replace('’', "'");
    let plain = folded.split_whitespace().map(|word| word.trim_end_matches("'s").trim_end_matches('\''));
    plain.filter(|word| !["", "the", "a", "an", "of"].contains(word)).map(str::to_owned).collect()
}

/// "did you mean `a`?" or "did you mean `a` or `b`?", if there is something to offer.
pub(crate) fn question(offered: &[&str]) -> Option<String> {
    let (last, others) = offered.split_last()?;
    if others.is_empty() {
        return Some(format!("did you mean `{last}`?"));
    }
    Some(format!("did you mean `{}` or `{last}`?", others.join("`, `")))
}

/// `did you mean …?` for `name` among `candidates`.
pub(crate) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    question(&nearest(name, candidates))
}

/// The letters of a name without the article that it begins with.
fn letters(name: &str) -> Vec<char> {
    let folded = name.to_lowercase().replace(['_', '-'], " ");
    let article = ["the ", "an ", "a "].into_iter().find_map(|article| folded.strip_prefix(article));
    article.unwrap_or(&folded).chars().collect()
}

/// One slip in a short word, one more for every further three letters.
fn allowed_distance(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => (length / 3).min(4),
    }
}

fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, &from) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &to) in right.iter().enumerate() {
            let mut best = (row[j] + usize::from(from != to)).min(row[j + 1] + 1).min(next[j] + 1);
            let swapped = i > 0 && j > 0 && from == right[j - 1] && left[i - 1] == to;
            if swapped {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_what_differs_by_a_slip() {
        assert_eq!(nearest("Marow", ["Marlow", "Miles"]), ["Marlow"]);
        assert_eq!(nearest("marbel", ["marble", "box"]), ["marble"]);
        assert_eq!(nearest("marlow", ["Marlow"]), ["Marlow"]);
    }

    #[test]
    fn a_swap_of_neighbours_counts_once() {
        assert_eq!(distance(&letters("ab"), &letters("ba")), 1);
        assert_eq!(distance(&letters("abcd"), &letters("acbd")), 1);
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
    }

    #[test]
    fn offers_nothing_for_something_else() {
        assert!(nearest("dragon", ["Marlow", "Miles"]).is_empty());
        assert!(nearest("it", ["at", "in"]).is_empty());
    }

    #[test]
    fn offers_a_name_with_more_or_fewer_words() {
        let cast = ["Sherlock Holmes", "Doctor Watson", "the red bag", "Anna"];
        assert_eq!(nearest_names("Holmes", cast), ["Sherlock Holmes"]);
        assert_eq!(nearest_names("Anna Karenina", cast), ["Anna"]);
        assert_eq!(nearest_names("Anna's", cast), ["Anna"]);
        assert_eq!(nearest_names("the big red bag", cast), ["the red bag"]);
        assert!(nearest_names("the blue bag", cast).is_empty());
        assert_eq!(nearest("red_bag", cast), ["the red bag"]);
    }

    #[test]
    fn asks_about_all_equally_near() {
        assert_eq!(did_you_mean("Annx", ["Anna", "Bob", "Anne"]).as_deref(), Some("did you mean `Anna` or `Anne`?"));
        assert_eq!(did_you_mean("Annx", ["Bob"]), None);
    }
}
