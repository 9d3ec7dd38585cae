//! Paths of files, as stories name them.

use super::suggest;

/// The story file among `beside` that `path` may mean.
pub(super) fn near_file<'b>(path: &str, beside: &'b [String]) -> Option<&'b String> {
    let path = path.trim_start_matches("./");
    let stem = [".who", ".txt", ".whoknew"].into_iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let name = |stem: &str| stem.rsplit(['/', '\\']).next().unwrap_or(stem).to_owned();
    let stems = || beside.iter().filter_map(|file| file.strip_suffix(".who"));
    let exactly = beside.iter().find(|file| file.strip_suffix(".who") == Some(stem));
    let nearly = || suggest::nearest(stem, stems()).first().map(|near| format!("{near}.who"));
    let elsewhere = || stems().find(|other| name(other) == name(stem)).map(|other| format!("{other}.who"));
    exactly.or_else(|| {
        let meant = nearly().or_else(elsewhere)?;
        beside.iter().find(|file| **file == meant)
    })
}

/// `a/./b/../c` as `a/c`.
pub(super) fn normal_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (index, part) in path.split('/').enumerate() {
        match part {
            "" if index > 0 => {}
            "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_in_their_shortest_form() {
        assert_eq!(normal_path("a/./b/../c.who"), "a/c.who");
        assert_eq!(normal_path("./cast.who"), "cast.who");
        assert_eq!(normal_path("../x//y.who"), "../x/y.who");
        assert_eq!(normal_path("/tmp/x.who"), "/tmp/x.who");
        assert_eq!(normal_path("/../x.who"), "/../x.who");
    }
}
