//! The table: a row for each task, in a form that people read and `compare` reads again.

/// What a task took.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub task: String,
    /// `found`, `none`, `stopped: …` or `unusable: …`
    pub outcome: String,
    /// The number of acts of the plan, if there is one.
    pub length: Option<usize>,
    /// The whole process, from start to end.
    pub milliseconds: f64,
    /// How long the processor worked for it, which other programs do not change, where the system says.
    pub processor: Option<f64>,
    /// How many situations were kept.
    pub situations: u64,
    /// How many events were tried.
    pub tried: u64,
    /// The most memory that the process took, as the system says.
    pub megabytes: Option<f64>,
}

/// The first lines of a table.
pub const HEAD: &str = "| task | outcome | acts | ms | processor ms | situations | events tried | MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |";

impl Row {
    pub fn is_solved(&self) -> bool {
        self.outcome == "found"
    }

    /// As a line of the table.
    pub fn line(&self) -> String {
        let Self { task, outcome, milliseconds, situations, tried, .. } = self;
        let length = self.length.map_or_else(String::new, |length| length.to_string());
        let number = |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:.1}"));
        let (processor, megabytes) = (number(self.processor), number(self.megabytes));
        format!(
            "| {task} | {outcome} | {length} | {milliseconds:.1} | {processor} | {situations} | {tried} | {megabytes} |"
        )
    }

    /// From a line of a table; `None` if it is another line.
    pub fn read(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [task, outcome, length, milliseconds, processor, situations, tried, megabytes] = cells.as_slice() else {
            return None;
        };
        Some(Self {
            task: (*task).to_owned(),
            outcome: (*outcome).to_owned(),
            length: length.parse().ok(),
            milliseconds: milliseconds.parse().ok()?,
            processor: processor.parse().ok(),
            situations: situations.parse().ok()?,
            tried: tried.parse().ok()?,
            megabytes: megabytes.parse().ok(),
        })
    }
}

/// The last line: all together.
pub fn total(rows: &[Row]) -> String {
    let solved = rows.iter().filter(|row| row.is_solved()).count();
    let milliseconds: f64 = rows.iter().map(|row| row.milliseconds).sum();
    let most = rows.iter().filter_map(|row| row.megabytes).fold(0.0, f64::max);
    format!("{solved} of {} solved, {:.2} s together, {most:.0} MB at most", rows.len(), milliseconds / 1000.0)
}
