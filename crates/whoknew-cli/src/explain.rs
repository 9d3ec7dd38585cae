//! `whoknew explain`: what a code means.

use crate::json::severity;
use crate::output::{Output, complain};
use crate::status::Status;
use whoknew::catalogue;
use whoknew::diagnostic::Code;

/// Runs the command.
pub fn run(wanted: Option<&str>, output: &Output) -> Status {
    let codes = catalogue::codes();
    let text = match wanted {
        None => codes.iter().map(|code| format!("{:<6} {}\n", code.id, code.name)).collect(),
        Some(wanted) => match codes.iter().find(|code| code.id.eq_ignore_ascii_case(wanted)) {
            Some(code) => page(code),
            None => {
                complain(&format!("there is no code {wanted}; `whoknew explain` lists all"));
                return Status::Unusable;
            }
        },
    };
    // A reader that has gone away has seen what it wanted.
    let _ = output.write(&text);
    Status::Sound
}

fn page(code: &Code) -> String {
    let mut summary = code.summary.trim_end_matches('.').to_owned();
    if let Some(first) = summary.get(..1).map(str::to_uppercase) {
        summary.replace_range(..1, &first);
    }
    format!("{} ({}): {}\n\n{summary}.\n", code.id, severity(code.severity), code.name)
}
