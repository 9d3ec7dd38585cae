//! `whoknew check` as a whole process: reading, checking and writing. docs/benchmarks.md says how to run it.

// Criterion's macros make items without documentation; a benchmark stops where something is amiss.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use generate::{Size, story};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const BIG: Size =
    Size { persons: 50, places: 10, lamps: 20, events: 100_000, events_per_claim: 1000, depth: 2, seed: 1 };
const MANY_MINDS: Size =
    Size { persons: 14, places: 4, lamps: 6, events: 500, events_per_claim: 10, depth: 3, seed: 1 };

fn program(path: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoknew"));
    command.arg("check").arg(path).stdout(Stdio::null());
    command
}

/// Checks a story that must be usable, or sound.
fn check(path: &Path, worst_status: i32) {
    let status = program(path).status().expect("the program was built");
    assert!(status.code().is_some_and(|code| code <= worst_status), "{}: {status}", path.display());
}

/// The most memory that a check takes, as the system sees it; `None` where it does not say.
fn peak_memory(path: &Path) -> Option<String> {
    let mut child = program(path).spawn().ok()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().ok()?.is_none() {
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.map(|line| line.trim().to_owned()).or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak
}

fn written(name: &str, size: Size) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, story(size)).expect("the build's folder can be written");
    path
}

fn report_memory(name: &str, path: &Path) {
    println!("{name}: peak memory {}", peak_memory(path).unwrap_or_else(|| "unknown".into()));
}

fn flagship(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/slumber");
    report_memory("flagship", &path);
    criterion.bench_function("flagship", |bencher| bencher.iter(|| check(&path, 1)));
}

fn big(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("big");
    group.sample_size(10);
    for events in [25_000, 50_000, 100_000] {
        let path = written(&format!("big-{events}.who"), Size { events, ..BIG });
        report_memory(&format!("big/{events}"), &path);
        group.throughput(Throughput::Elements(events as u64));
        group.bench_function(BenchmarkId::from_parameter(events), |bencher| bencher.iter(|| check(&path, 0)));
    }
}

/// A thousand questions instead of a hundred: nearly each asks for beliefs that nobody asked for before.
fn many_questions(criterion: &mut Criterion) {
    let path = written("many-questions.who", Size { events_per_claim: 100, ..BIG });
    report_memory("many questions", &path);
    let mut group = criterion.benchmark_group("many questions");
    group.sample_size(10);
    group.bench_function("1000", |bencher| bencher.iter(|| check(&path, 0)));
}

fn many_minds(criterion: &mut Criterion) {
    let path = written("many-minds.who", MANY_MINDS);
    report_memory("many minds", &path);
    let mut group = criterion.benchmark_group("many minds");
    group.sample_size(10);
    group.bench_function("14", |bencher| bencher.iter(|| check(&path, 0)));
}

criterion_group!(benches, flagship, big, many_questions, many_minds);
criterion_main!(benches);
