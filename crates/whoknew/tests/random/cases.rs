//! Random cases: the same ones on every run, unless the environment asks for more (`WHOKNEW_CASES`) or for others
//! (`WHOKNEW_SEED`).

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

fn setting(name: &str, otherwise: u32) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(u64::from(otherwise))
}

/// Checks `count` cases; the smallest failing one that `steps` tries of making it smaller come to is what the test fails with.
pub fn check<S: Strategy>(count: u32, steps: u32, cases: S, agree: impl Fn(&S::Value) -> Result<(), String>) {
    let mut config = ProptestConfig::with_cases(setting("WHOKNEW_CASES", count) as u32);
    config.rng_seed = RngSeed::Fixed(setting("WHOKNEW_SEED", 1));
    config.failure_persistence = None;
    config.max_shrink_iters = steps;
    let result = TestRunner::new(config).run(&cases, |case| agree(&case).map_err(TestCaseError::fail));
    if let Err(failure) = result {
        panic!("{failure}");
    }
}
