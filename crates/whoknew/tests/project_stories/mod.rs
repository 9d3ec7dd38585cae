//! All stories of the project, read from disk.

// Each test uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use whoknew::source::{FileError, Files};

/// Files on disk.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Result<String, FileError> {
        fs::read_to_string(path).map_err(|_| FileError::NotFound)
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        let mut files: Vec<String> = fs::read_dir(path)
            .map_err(|_| FileError::NotFound)?
            .filter_map(|entry| Some(entry.ok()?.path().to_str()?.to_owned()))
            .filter(|path| path.ends_with(".who"))
            .collect();
        files.sort();
        Ok(files)
    }
}

/// Every story of the project.
pub fn stories() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut found: Vec<PathBuf> = [tests, told]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the folder is there"))
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "who"))
        .collect();
    found.sort();
    found
}

/// So many of `all`, evenly spread.
pub fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}
