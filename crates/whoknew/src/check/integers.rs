//! Whether linear conditions on counts can be met together by whole numbers that are not below what is told.
//!
//! Bounds are propagated, then the least values are tried first. Work is capped; past the cap nothing is accused.

/// `least <= sum of coefficient * variable <= most`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Coefficients with their variables; each variable once.
    pub terms: Vec<(i64, usize)>,
    /// The lower bound.
    pub least: Option<i64>,
    /// The upper bound.
    pub most: Option<i64>,
}

/// What is known about a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Some numbers meet it.
    Possible,
    /// No numbers meet it.
    Impossible,
    /// Not decided within the limits.
    Unknown,
}

/// No count is larger.
const LARGEST: i64 = 1_000_000_000;
/// Values that are tried.
const MOST_BRANCHES: usize = 2_000;
/// Passes over all rows.
const MOST_PASSES: usize = 20_000;

/// Whether numbers at least `lower` meet all `rows`.
pub(super) fn feasible(lower: &[i64], rows: &[Row]) -> Answer {
    let given: i64 = rows.iter().flat_map(|row| row.least.into_iter().chain(row.most)).map(i64::abs).fold(0, sum);
    let told = lower.iter().copied().fold(0, sum);
    let scale = rows.iter().flat_map(|row| &row.terms).map(|term| term.0.abs()).max().unwrap_or(1);
    let cap = sum(sum(given, told), 2).saturating_mul(scale).min(LARGEST);
    let start: Vec<(i64, i64)> = lower.iter().map(|&least| (least, cap.max(least))).collect();
    let mut open = vec![start];
    let (mut branches, mut passes) = (0, 0);
    while let Some(mut bounds) = open.pop() {
        branches += 1;
        if branches > MOST_BRANCHES {
            return Answer::Unknown;
        }
        match propagate(&mut bounds, rows, &mut passes) {
            Answer::Impossible => continue,
            Answer::Unknown => return Answer::Unknown,
            Answer::Possible => {}
        }
        let Some(variable) = rows_not_met(&bounds, rows) else {
            return Answer::Possible;
        };
        let (least, most) = bounds[variable];
        let mut rest = bounds.clone();
        rest[variable] = (least + 1, most);
        bounds[variable] = (least, least);
        open.push(rest);
        open.push(bounds);
    }
    Answer::Impossible
}

fn sum(a: i64, b: i64) -> i64 {
    a.saturating_add(b)
}

/// Narrows the bounds until nothing changes.
fn propagate(bounds: &mut [(i64, i64)], rows: &[Row], passes: &mut usize) -> Answer {
    loop {
        *passes += 1;
        if *passes > MOST_PASSES {
            return Answer::Unknown;
        }
        let mut changed = false;
        for row in rows {
            let (low, high) = extent(bounds, row);
            if row.most.is_some_and(|most| low > most) || row.least.is_some_and(|least| high < least) {
                return Answer::Impossible;
            }
            for &(coefficient, variable) in &row.terms {
                changed |= narrow(bounds, row, (coefficient, variable), (low, high));
                if bounds[variable].0 > bounds[variable].1 {
                    return Answer::Impossible;
                }
            }
        }
        if !changed {
            return Answer::Possible;
        }
    }
}

/// The least and the greatest value of a row's sum.
fn extent(bounds: &[(i64, i64)], row: &Row) -> (i64, i64) {
    row.terms.iter().fold((0, 0), |(low, high), &(coefficient, variable)| {
        let (from, to) = part(bounds[variable], coefficient);
        (sum(low, from), sum(high, to))
    })
}

fn part((least, most): (i64, i64), coefficient: i64) -> (i64, i64) {
    let (a, b) = (coefficient.saturating_mul(least), coefficient.saturating_mul(most));
    (a.min(b), a.max(b))
}

/// Narrows one variable by what the row's other variables leave it. The extent may be that of wider bounds.
fn narrow(bounds: &mut [(i64, i64)], row: &Row, term: (i64, usize), extent: (i64, i64)) -> bool {
    let (coefficient, variable) = term;
    if coefficient == 0 {
        return false;
    }
    let before = bounds[variable];
    let (from, to) = part(before, coefficient);
    let room_above = row.most.map(|most| most - (extent.0 - from));
    let room_below = row.least.map(|least| least - (extent.1 - to));
    let (mut least, mut most) = before;
    if let Some(room) = room_above {
        if coefficient > 0 {
            most = most.min(room.div_euclid(coefficient));
        } else {
            least = least.max(ceiling(room, coefficient));
        }
    }
    if let Some(room) = room_below {
        if coefficient > 0 {
            least = least.max(ceiling(room, coefficient));
        } else {
            most = most.min(floor(room, coefficient));
        }
    }
    bounds[variable] = (least, most);
    bounds[variable] != before
}

fn floor(value: i64, by: i64) -> i64 {
    let quotient = value / by;
    if value % by != 0 && (value < 0) != (by < 0) { quotient - 1 } else { quotient }
}

fn ceiling(value: i64, by: i64) -> i64 {
    let quotient = value / by;
    if value % by != 0 && (value < 0) == (by < 0) { quotient + 1 } else { quotient }
}

/// A variable, not yet fixed, of a row that its bounds leave open; `None`: the least values meet all rows.
fn rows_not_met(bounds: &[(i64, i64)], rows: &[Row]) -> Option<usize> {
    let met = |row: &Row| {
        let value =
            row.terms.iter().fold(0, |total, &(coefficient, variable)| sum(total, coefficient * bounds[variable].0));
        row.least.is_none_or(|least| value >= least) && row.most.is_none_or(|most| value <= most)
    };
    let open = rows.iter().find(|row| !met(row))?;
    open.terms.iter().map(|term| term.1).find(|&variable| bounds[variable].0 < bounds[variable].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: &[(i64, usize)], least: Option<i64>, most: Option<i64>) -> Row {
        Row { terms: terms.to_vec(), least, most }
    }

    #[test]
    fn equal_sums_with_different_values_conflict() {
        let three = row(&[(1, 0), (1, 1)], Some(3), Some(3));
        let one = row(&[(1, 1)], Some(1), Some(1));
        let whole = row(&[(1, 0), (1, 1)], Some(1), Some(1));
        assert_eq!(feasible(&[0, 0], &[three.clone(), one]), Answer::Possible);
        assert_eq!(feasible(&[0, 0], &[three, whole]), Answer::Impossible);
    }

    #[test]
    fn told_counts_may_be_exceeded_but_not_undercut() {
        assert_eq!(feasible(&[2], &[row(&[(1, 0)], Some(5), Some(5))]), Answer::Possible);
        assert_eq!(feasible(&[2], &[row(&[(1, 0)], None, Some(1))]), Answer::Impossible);
    }

    #[test]
    fn equations_between_counts_carry_over() {
        let same = row(&[(1, 0), (-1, 1)], Some(0), Some(0));
        let three = row(&[(1, 0)], Some(3), Some(3));
        let one = row(&[(1, 1)], Some(1), Some(1));
        assert_eq!(feasible(&[0, 0], &[same.clone(), three.clone()]), Answer::Possible);
        assert_eq!(feasible(&[0, 0], &[same, three, one]), Answer::Impossible);
    }

    #[test]
    fn parity_needs_whole_numbers() {
        let even = row(&[(2, 0), (-2, 1)], Some(1), Some(1));
        assert_ne!(feasible(&[0, 0], &[even]), Answer::Possible);
        assert_eq!(feasible(&[0], &[row(&[(2, 0)], Some(3), Some(3))]), Answer::Impossible);
    }

    /// The solver agrees with trying everything on small systems.
    #[test]
    fn agrees_with_trying_everything() {
        let mut seed = 12345u32;
        let mut next = |bound: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % bound
        };
        for _ in 0..300 {
            let rows: Vec<Row> = (0..1 + next(3))
                .map(|_| {
                    let terms: Vec<(i64, usize)> = (0..3).map(|v| (i64::from(next(3)) - 1, v)).collect();
                    let value = i64::from(next(5));
                    let kind = next(3);
                    row(&terms, (kind != 0).then_some(value), (kind != 1).then_some(value))
                })
                .collect();
            let lower: Vec<i64> = (0..3).map(|_| i64::from(next(2))).collect();
            let meets = |values: &[i64; 3]| {
                rows.iter().all(|row| {
                    let total: i64 = row.terms.iter().map(|&(c, v)| c * values[v]).sum();
                    row.least.is_none_or(|least| total >= least) && row.most.is_none_or(|most| total <= most)
                })
            };
            let mut any = false;
            for code in 0..20 * 20 * 20 {
                let values = [code % 20, code / 20 % 20, code / 400];
                let above = values.iter().zip(&lower).all(|(value, least)| value >= least);
                any |= above && meets(&values);
            }
            let expected = if any { Answer::Possible } else { Answer::Impossible };
            assert_eq!(feasible(&lower, &rows), expected, "{lower:?} {rows:?}");
        }
    }
}
