//! Runs the program in a folder of its own.

// Each test binary uses its own part of this.
#![allow(dead_code)]

pub mod mistake;
pub mod page;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A sound story with a note (H11): Ann acts once.
pub const SOUND: &str = "\
use std/talk
person Ann, Ben
place the hall, the yard
start
  Ann and Ben are in the hall
scene \"One\"
  Ann goes to the yard
scene \"Two\"
  Ben goes to the yard
  claim Ben is in the yard
";

/// A folder with the files of a story; removed in the end.
pub struct Story {
    folder: PathBuf,
}

impl Story {
    /// An empty folder.
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("the build's own folder can be written");
        Self { folder }
    }

    /// Adds a file.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("it is inside the folder")).expect("folders can be made");
        fs::write(path, content).expect("files can be written");
        self
    }

    /// Adds a file of so many zero bytes, without writing them.
    pub fn sparse_file(self, name: &str, size: u64) -> Self {
        File::create(self.folder.join(name)).and_then(|file| file.set_len(size)).expect("files can be written");
        self
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        // What cannot be removed stays in the build's folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A call of the program.
pub struct Call {
    command: Command,
    input: Vec<u8>,
}

/// What it did.
pub struct Run {
    /// The exit status; `None`: a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub complaint: String,
}

/// Calls the program with `arguments`, nothing on standard input, in the workspace's root.
pub fn whoknew(arguments: &[&str]) -> Call {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoknew"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Call { command, input: Vec::new() }
}

/// Without the sign of life that a long search gives after some seconds: on a slow machine any search is long.
fn untimed(complaint: &str) -> String {
    complaint.split_inclusive('\n').filter(|line| !line.starts_with("still looking for a plan,")).collect()
}

impl Run {
    /// Everything that the user saw.
    pub fn seen(&self) -> String {
        format!("{}{}", self.output, self.complaint)
    }
}

/// The severities and codes of the findings that were shown, such as `("error", "H02")`; those expected are left out.
pub fn reported(seen: &str) -> Vec<(&str, &str)> {
    let heads = seen.lines().filter_map(|line| line.split_once("]: ")?.0.split_once('['));
    heads.filter(|(severity, _)| ["error", "warning", "note"].contains(severity)).collect()
}

impl Call {
    /// In the folder of `story`.
    pub fn inside(self, story: &Story) -> Self {
        self.at(story.path())
    }

    /// In a folder.
    pub fn at(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// In a folder below that of `story`.
    pub fn below(mut self, story: &Story, folder: &str) -> Self {
        self.command.current_dir(story.path().join(folder));
        self
    }

    /// With this on standard input.
    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    /// With this environment variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Run {
        let mut child = self.command.spawn().expect("the program was built");
        let mut pipe = child.stdin.take().expect("it is piped");
        let input = self.input;
        // A program that does not read its input closes the pipe; that is its right.
        let writer = std::thread::spawn(move || drop(pipe.write_all(&input)));
        let done = child.wait_with_output().expect("it was started");
        writer.join().expect("it only writes");
        Run { status: done.status.code(), output: text(&done.stdout), complaint: untimed(&text(&done.stderr)) }
    }

    /// Runs it with an output that nobody reads.
    pub fn run_with_closed_output(mut self) -> Run {
        let mut child = self.command.spawn().expect("the program was built");
        drop(child.stdout.take());
        let mut complaint = Vec::new();
        child.stderr.take().expect("it is piped").read_to_end(&mut complaint).expect("pipes can be read");
        let status = child.wait().expect("it was started");
        Run { status: status.code(), output: String::new(), complaint: text(&complaint) }
    }

    /// Starts it and leaves it running.
    pub fn start(mut self) -> std::process::Child {
        self.command.spawn().expect("the program was built")
    }
}

/// The bytes that a text stands for, where `\xe9` is one byte, and `\n` ends a line.
pub fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        bytes.extend(plain.as_bytes());
        rest = if let Some(after) = escaped.strip_prefix('n') {
            bytes.push(b'\n');
            after
        } else {
            let digits = escaped.strip_prefix('x').and_then(|digits| digits.get(..2)).expect("a byte is `\\xe9`");
            bytes.push(u8::from_str_radix(digits, 16).expect("two digits of base 16"));
            &escaped[3..]
        };
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}
