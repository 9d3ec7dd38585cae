//! Difference constraints: `to - from <= weight` between points in time, and points that lie on whole days.
//!
//! A system can be met if and only if its graph has no cycle of negative weight (Bellman, Ford). Points on whole
//! days are distances of a multiple of [`DAY`] apart, so bounds between them are rounded to whole days.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// A length of time in thousandths of a minute: small enough that "after" can mean "at least one unit later".
pub(crate) type Units = i64;

/// One minute.
pub(crate) const MINUTE: Units = 1000;
/// One day.
pub(crate) const DAY: Units = 24 * 60 * MINUTE;
/// No told stretch of time counts as longer (two million years): sums stay exact.
pub(crate) const LONGEST: Units = 1_000_000_000_000 * MINUTE;
/// How many rounds of rounding to whole days are tried.
const ROUNDING_ROUNDS: usize = 6;
/// From each whole day, bounds to at most so many others are rounded.
const ROUNDING_REACH: usize = 64;

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Point(usize);

/// Names a constraint of a [`Constraints`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConstraintId(usize);

/// `to - from <= weight`
#[derive(Clone, Debug)]
struct Constraint {
    from: usize,
    to: usize,
    weight: Units,
    /// The told constraints it follows from; itself alone if told.
    because: Vec<ConstraintId>,
    alive: bool,
}

/// A system of difference constraints.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constraints {
    edges: Vec<Constraint>,
    outgoing: Vec<Vec<usize>>,
    incoming: Vec<Vec<usize>>,
    whole_days: Vec<usize>,
    /// A solution, once [`Constraints::settle`] has found one.
    solution: Vec<Units>,
    /// For each point its knot: points that bind each other from both sides.
    knots: Vec<usize>,
    /// For each point those at an exact distance from it.
    fixed: Vec<usize>,
}

impl Constraints {
    /// A new point.
    pub fn point(&mut self) -> Point {
        self.outgoing.push(Vec::new());
        self.incoming.push(Vec::new());
        Point(self.outgoing.len() - 1)
    }

    /// A new point that lies a multiple of [`DAY`] from all others made by this function.
    pub fn whole_day(&mut self) -> Point {
        let point = self.point();
        self.whole_days.push(point.0);
        point
    }

    /// Adds `to - from <= weight`.
    pub fn at_most(&mut self, from: Point, to: Point, weight: Units) -> ConstraintId {
        let id = ConstraintId(self.edges.len());
        self.add(from.0, to.0, weight, vec![id]);
        id
    }

    /// Adds `to - from >= weight`.
    pub fn at_least(&mut self, from: Point, to: Point, weight: Units) -> ConstraintId {
        self.at_most(to, from, -weight)
    }

    fn add(&mut self, from: usize, to: usize, weight: Units, because: Vec<ConstraintId>) {
        let weight = weight.clamp(-LONGEST, LONGEST);
        self.outgoing[from].push(self.edges.len());
        self.incoming[to].push(self.edges.len());
        self.edges.push(Constraint { from, to, weight, because, alive: true });
    }

    /// Takes a told constraint back, and all that was derived from it.
    pub fn remove(&mut self, constraint: ConstraintId) {
        for edge in &mut self.edges {
            if edge.because.contains(&constraint) {
                edge.alive = false;
            }
        }
    }

    /// Puts a told constraint in force again that was taken back.
    pub fn restore(&mut self, constraint: ConstraintId) {
        self.edges[constraint.0].alive = true;
    }

    /// Finds a solution; `Err` holds the constraints of a cycle that cannot be met, in the order of the cycle.
    pub fn settle(&mut self) -> Result<(), Vec<ConstraintId>> {
        self.solve()?;
        for _ in 0..ROUNDING_ROUNDS {
            if !self.round_to_days() {
                break;
            }
            self.solve()?;
        }
        self.knots = self.parts(|edge| edge.alive);
        // Bounds that leave no room in one solution, round in a circle, leave none in any.
        self.fixed = self.parts(|edge| edge.alive && self.solution[edge.to] - self.solution[edge.from] == edge.weight);
        Ok(())
    }

    /// Whether the distance of two points is bounded from both sides.
    pub fn bound(&self, first: Point, second: Point) -> bool {
        self.knots[first.0] == self.knots[second.0]
    }

    /// How far `second` lies after `first`, where that is fixed.
    pub fn exactly(&self, first: Point, second: Point) -> Option<Units> {
        let fixed = self.fixed[first.0] == self.fixed[second.0];
        fixed.then(|| self.solution[second.0] - self.solution[first.0])
    }

    /// The strongly connected parts of the graph of some edges (Kosaraju).
    fn parts(&self, counts: impl Fn(&Constraint) -> bool) -> Vec<usize> {
        let count = self.outgoing.len();
        let mut order = Vec::with_capacity(count);
        let mut seen = vec![false; count];
        for start in 0..count {
            let mut stack = vec![(start, 0)];
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            while let Some((point, next)) = stack.pop() {
                let Some(&edge) = self.outgoing[point].get(next) else {
                    order.push(point);
                    continue;
                };
                stack.push((point, next + 1));
                let to = self.edges[edge].to;
                if counts(&self.edges[edge]) && !std::mem::replace(&mut seen[to], true) {
                    stack.push((to, 0));
                }
            }
        }
        let mut parts = vec![usize::MAX; count];
        for &root in order.iter().rev() {
            let mut stack = vec![root];
            while let Some(point) = stack.pop() {
                if parts[point] != usize::MAX {
                    continue;
                }
                parts[point] = root;
                let counted = |&&edge: &&usize| counts(&self.edges[edge]);
                let before = self.incoming[point].iter().filter(counted).map(|&edge| self.edges[edge].from);
                stack.extend(before.filter(|&from| parts[from] == usize::MAX));
            }
        }
        parts
    }

    /// Bellman and Ford's relaxation, alternately from the last point to the first and back (Yen), since most
    /// constraints tie neighbours.
    fn solve(&mut self) -> Result<(), Vec<ConstraintId>> {
        let count = self.outgoing.len();
        let mut value: Vec<Units> = vec![0; count];
        let mut parent: Vec<Option<usize>> = vec![None; count];
        let mut round = 0usize;
        loop {
            let mut changed = false;
            for position in 0..count {
                let point = if round.is_multiple_of(2) { count - 1 - position } else { position };
                for &edge in &self.outgoing[point] {
                    let Constraint { to, weight, alive, .. } = self.edges[edge];
                    if alive && value[point].saturating_add(weight) < value[to] {
                        value[to] = value[point].saturating_add(weight);
                        parent[to] = Some(edge);
                        changed = true;
                    }
                }
            }
            if !changed {
                self.solution = value;
                return Ok(());
            }
            round += 1;
            if round.is_multiple_of(3)
                && let Some(cycle) = self.cycle(&parent)
            {
                return Err(self.reasons(&cycle));
            }
        }
    }

    /// A cycle among the last relaxations; such a cycle always has negative weight.
    fn cycle(&self, parent: &[Option<usize>]) -> Option<Vec<usize>> {
        let mut visited_from = vec![usize::MAX; parent.len()];
        for start in 0..parent.len() {
            let mut point = start;
            while visited_from[point] == usize::MAX {
                visited_from[point] = start;
                match parent[point] {
                    Some(edge) => point = self.edges[edge].from,
                    None => break,
                }
            }
            if visited_from[point] != start || parent[point].is_none() {
                continue;
            }
            let mut cycle = Vec::new();
            let first = point;
            while let Some(edge) = parent[point] {
                cycle.push(edge);
                point = self.edges[edge].from;
                if point == first {
                    cycle.reverse();
                    return Some(cycle);
                }
            }
        }
        None
    }

    fn reasons(&self, edges: &[usize]) -> Vec<ConstraintId> {
        let mut reasons = Vec::new();
        for &edge in edges {
            for &reason in &self.edges[edge].because {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
        reasons
    }

    /// Adds the rounded bounds between whole days that the solution-independent distances imply.
    fn round_to_days(&mut self) -> bool {
        let days = self.whole_days.clone();
        let is_day: BTreeSet<usize> = days.iter().copied().collect();
        let mut derived = Vec::new();
        for &day in &days {
            let reached = self.reach(day, true, |point| is_day.contains(&point), ROUNDING_REACH);
            for &(point, distance) in &reached.found {
                let rounded = distance.div_euclid(DAY) * DAY;
                if rounded < distance {
                    derived.push((day, point, rounded, self.reasons(&self.path(&reached, point))));
                }
            }
        }
        let any = !derived.is_empty();
        for (from, to, weight, because) in derived {
            self.add(from, to, weight, because);
        }
        any
    }

    /// The most that `to` can lie after `from`; `None`: any time.
    #[cfg(test)]
    pub fn most(&self, from: Point, to: Point) -> Option<Units> {
        self.reach(from.0, true, |point| point == to.0, 1).found.first().map(|found| found.1)
    }

    /// For every point of `targets`: the most that it can lie after `from`.
    pub fn most_to(&self, from: Point, targets: &BTreeSet<Point>) -> Vec<(Point, Units)> {
        self.distances(from, targets, true)
    }

    /// For every point of `targets`: the most that `to` can lie after it.
    pub fn most_from(&self, to: Point, targets: &BTreeSet<Point>) -> Vec<(Point, Units)> {
        self.distances(to, targets, false)
    }

    fn distances(&self, start: Point, targets: &BTreeSet<Point>, forward: bool) -> Vec<(Point, Units)> {
        let reached = self.reach(start.0, forward, |point| targets.contains(&Point(point)), targets.len());
        reached.found.into_iter().map(|(point, distance)| (Point(point), distance)).collect()
    }

    /// The told constraints of a shortest chain that binds `to` to lie at most its distance after `from`.
    pub fn chain(&self, from: Point, to: Point) -> Vec<ConstraintId> {
        let reached = self.reach(from.0, true, |point| point == to.0, 1);
        reached.found.first().map_or_else(Vec::new, |&(point, _)| self.reasons(&self.path(&reached, point)))
    }

    /// Dijkstra's search over the weights reduced by the solution, until `limit` wanted points are found. Always a wanted
    /// start is left out.
    fn reach(&self, start: usize, forward: bool, wanted: impl Fn(usize) -> bool, limit: usize) -> Reached {
        let count = self.outgoing.len();
        let mut best: Vec<(Units, Option<usize>)> = vec![(Units::MAX, None); count];
        let mut done = vec![false; count];
        let mut found = Vec::new();
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        best[start] = (0, None);
        while let Some(Reverse((reduced, point))) = queue.pop() {
            if std::mem::replace(&mut done[point], true) {
                continue;
            }
            if point != start && wanted(point) {
                let shift = self.solution[point] - self.solution[start];
                let distance = if forward { reduced + shift } else { reduced - shift };
                found.push((point, distance));
                if found.len() >= limit {
                    break;
                }
            }
            let edges = if forward { &self.outgoing[point] } else { &self.incoming[point] };
            for &edge in edges {
                let Constraint { from, to, weight, alive, .. } = self.edges[edge];
                if !alive {
                    continue;
                }
                let cost = reduced + weight + self.solution[from] - self.solution[to];
                let next = if forward { to } else { from };
                if cost < best[next].0 {
                    best[next] = (cost, Some(edge));
                    queue.push(Reverse((cost, next)));
                }
            }
        }
        Reached { found, best }
    }

    /// The edges that lead to `end` in a search forward.
    fn path(&self, reached: &Reached, end: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut point = end;
        while let (_, Some(edge)) = reached.best[point] {
            path.push(edge);
            point = self.edges[edge].from;
        }
        path.reverse();
        path
    }
}

/// What a search found.
struct Reached {
    /// The wanted points with their distances.
    found: Vec<(usize, Units)>,
    /// For every point its reduced distance and the edge that leads there, if the search came to it.
    best: Vec<(Units, Option<usize>)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_follow_from_chains() {
        let mut system = Constraints::default();
        let (a, b, c) = (system.point(), system.point(), system.point());
        system.at_least(a, b, 5);
        system.at_most(b, c, 7);
        system.at_most(a, b, 6);
        assert_eq!(system.settle(), Ok(()));
        assert_eq!(system.most(a, c), Some(13));
        assert_eq!(system.most(b, a), Some(-5));
        assert_eq!(system.most(c, a), None);
        assert_eq!(system.chain(a, c).len(), 2);
    }

    #[test]
    fn a_cycle_that_cannot_be_met_is_named() {
        let mut system = Constraints::default();
        let (a, b, c) = (system.point(), system.point(), system.point());
        let first = system.at_least(a, b, 5);
        let second = system.at_least(b, c, 5);
        system.at_least(a, c, 1);
        let third = system.at_most(a, c, 9);
        let mut cycle = system.settle().expect_err("ten is more than nine");
        cycle.sort_unstable();
        assert_eq!(cycle, vec![first, second, third]);
        system.remove(third);
        assert_eq!(system.settle(), Ok(()));
    }

    #[test]
    fn distances_are_exact_where_bounds_leave_no_room() {
        let mut system = Constraints::default();
        let (a, b, c, d) = (system.point(), system.point(), system.point(), system.point());
        for (from, to, distance) in [(a, b, 5), (b, c, 7)] {
            system.at_least(from, to, distance);
            system.at_most(from, to, distance);
        }
        system.at_least(c, d, 1);
        system.at_most(c, d, 2);
        assert_eq!(system.settle(), Ok(()));
        assert_eq!(system.exactly(a, c), Some(12));
        assert_eq!(system.exactly(c, a), Some(-12));
        assert_eq!(system.exactly(a, d), None);
        system.at_least(a, d, 14);
        assert_eq!(system.settle(), Ok(()));
        assert_eq!(system.exactly(d, b), Some(-9));
    }

    #[test]
    fn whole_days_round_bounds_between_them() {
        let mut system = Constraints::default();
        let (monday, other) = (system.whole_day(), system.whole_day());
        let (a, b) = (system.point(), system.point());
        for (day, point, clock) in [(monday, a, 23 * 60 * MINUTE), (other, b, 9 * 60 * MINUTE)] {
            system.at_least(day, point, clock);
            system.at_most(day, point, clock);
        }
        let least = system.at_least(a, b, MINUTE);
        assert_eq!(system.settle(), Ok(()));
        assert_eq!(system.most(b, a), Some(-10 * 60 * MINUTE));
        let most = system.at_most(a, b, 60 * MINUTE);
        let cycle = system.settle().expect_err("from 23:00 to 9:00 is ten hours");
        assert!(cycle.contains(&most) && !cycle.is_empty());
        assert!(cycle.len() < 6 || cycle.contains(&least));
    }

    #[test]
    fn long_chains_settle_quickly() {
        let mut system = Constraints::default();
        let points: Vec<Point> = (0..20_000).map(|_| system.point()).collect();
        for pair in points.windows(2) {
            system.at_least(pair[0], pair[1], 10);
            system.at_most(pair[0], pair[1], 20);
        }
        assert_eq!(system.settle(), Ok(()));
        assert_eq!(system.most(points[0], points[100]), Some(2000));
    }
}
