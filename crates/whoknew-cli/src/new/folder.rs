//! A new folder and its files: all of them, or none.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What was made so far. Unless it is kept, it is removed in the end.
pub struct Folder {
    path: PathBuf,
    /// The folders that were not there before, outermost first.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    kept: bool,
}

impl Folder {
    /// The folder at `path`; what is missing of the way to it is made too.
    pub fn make(path: &Path) -> Result<Self, String> {
        let mut folder = Self { path: path.to_owned(), folders: Vec::new(), files: Vec::new(), kept: false };
        let missing: Vec<&Path> =
            path.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.is_dir()).collect();
        for part in missing.into_iter().rev() {
            match fs::create_dir(part) {
                Ok(()) => folder.folders.push(part.to_owned()),
                // A way such as `new/../a` names a folder twice.
                Err(_) if part.is_dir() => {}
                Err(error) => return Err(failed("make the folder", part, &error)),
            }
        }
        Ok(folder)
    }

    /// Writes a new file in it; one that is there is an error.
    pub fn write(&mut self, name: &str, text: &str) -> Result<(), String> {
        let path = self.path.join(name);
        let file = File::create_new(&path).map_err(|error| failed("make the file", &path, &error));
        let mut file = file?;
        self.files.push(path.clone());
        file.write_all(text.as_bytes()).map_err(|error| failed("write the file", &path, &error))
    }

    /// All is well: it stays.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        // What cannot be removed stays; why it could not be made was said.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A story or settings that the folder `path` holds already.
pub fn story_in(path: &Path) -> Option<String> {
    let entries = fs::read_dir(path).ok()?.flatten();
    let is_ours = |entry: &PathBuf| {
        entry.extension().is_some_and(|ending| ending == "who")
            || entry.file_name().is_some_and(|name| name == crate::settings::NAME)
    };
    let mut ours: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_ours).collect();
    ours.sort();
    ours.first().map(|entry| entry.display().to_string())
}

fn failed(what: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {what} {}: {error}; nothing was changed", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_removed() {
        let outer = std::env::temp_dir().join(format!("whoknew-folder-{}", std::process::id()));
        let path = outer.join("inner");
        let mut folder = Folder::make(&path).expect("folders can be made");
        folder.write("a", "text").expect("files can be written");
        assert!(folder.write("a", "other").is_err());
        drop(folder);
        assert!(!outer.exists());
        let mut folder = Folder::make(&path).expect("folders can be made");
        folder.write("a", "text").expect("files can be written");
        folder.keep();
        assert_eq!(fs::read_to_string(path.join("a")).expect("it is there"), "text");
        fs::remove_dir_all(&outer).expect("it is ours");
    }
}
