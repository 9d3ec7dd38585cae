//! What stands below each other: patterns of declarations, and comments at the ends of lines.

use std::ops::Range;

use super::Line;

/// How many columns stand free before a pattern or comment, at least.
const GAP: usize = 2;
/// What stands before a pattern moves the patterns around it only up to this width.
const MAX_HEAD: usize = 48;
/// A line moves the comments around it only up to this width.
const MAX_COMMENTED: usize = 80;

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().count()
}

/// The lines with patterns and comments in their columns.
pub fn align(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    for run in pattern_runs(&lines) {
        let heads = lines[run.clone()].iter().filter(|line| line.pattern.is_some());
        let column = column(heads.map(|line| width(&line.text)), MAX_HEAD);
        for line in &mut lines[run] {
            if let Some(pattern) = line.pattern {
                pad(&mut line.text, 0, column);
                line.text.push_str(pattern);
            }
        }
    }
    for run in comment_runs(&lines) {
        let column = column(lines[run.clone()].iter().map(|line| line.indentation + width(&line.text)), MAX_COMMENTED);
        for line in lines[run].iter_mut().filter(|line| line.comment.is_some() && !line.text.is_empty()) {
            pad(&mut line.text, line.indentation, column);
        }
    }
    lines
}

/// The column that stands behind all of these widths that are not too large.
fn column(widths: impl Iterator<Item = usize>, max: usize) -> usize {
    widths.filter(|&width| width <= max).max().map_or(0, |width| width + GAP)
}

/// Adds spaces up to `column`, at least a gap.
fn pad(text: &mut String, indentation: usize, column: usize) {
    let end = indentation + width(text);
    let spaces = column.saturating_sub(end).max(GAP);
    text.extend(std::iter::repeat_n(' ', spaces));
}

/// Declarations one below the other: no blank line and nothing else at the left edge between them.
fn pattern_runs(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    runs(lines, |line| line.is_item && line.pattern.is_none() || line.blank_before)
}

/// Lines with comments, directly one below the other; one that is too wide stands alone.
fn comment_runs(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let is_apart = |line: &Line<'_>| {
        line.text.is_empty() || line.comment.is_none() || line.indentation + width(&line.text) > MAX_COMMENTED
    };
    let mut all = Vec::new();
    for run in runs(lines, |line| line.blank_before || is_apart(line)) {
        let first = if is_apart(&lines[run.start]) { run.start + 1 } else { run.start };
        all.extend([run.start..first, first..run.end]);
    }
    all
}

/// The lines in runs; each line that `begins` one begins one.
fn runs<'l, 't: 'l>(lines: &'l [Line<'t>], begins: impl Fn(&'l Line<'t>) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if !begins(line) => run.end = index + 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}
