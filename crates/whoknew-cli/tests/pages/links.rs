//! The links of a page.

use std::path::Path;

use super::{page, root};
use crate::program::page::{Part, parts};

/// The project's pages on the web, as the book links them: it can be read apart from the project.
const WEB: &str = "https://github.com/whoknew/whoknew/blob/main/";

/// The links of a page that lead nowhere.
pub fn broken(path: &str) -> Vec<String> {
    let text = page(path);
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let leads_somewhere = |target: &str| match target.strip_prefix(WEB) {
        Some(own) => leads_somewhere(own, path, Path::new("")),
        None => target.contains("://") || leads_somewhere(target, path, folder),
    };
    let broken = targets(&text).into_iter().filter(|target| !leads_somewhere(target));
    broken.map(|target| format!("{path}: {target}")).collect()
}

/// Where the links and pictures of a page lead.
pub fn targets(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in parts(page) {
        let Part::Line(line) = part else { continue };
        let ends = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        found.extend(ends.map(str::to_owned));
    }
    found
}

fn leads_somewhere(target: &str, own: &str, folder: &Path) -> bool {
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if file.is_empty() { root().join(own) } else { root().join(folder).join(file) };
    if heading.is_empty() {
        return path.exists();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    parts(&text).iter().any(|part| matches!(part, Part::Line(line) if line.starts_with('#') && anchor(line) == heading))
}

/// The name by which a heading is linked.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}
