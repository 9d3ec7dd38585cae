//! Files replaced as a whole: whatever happens, the old text or the new one is there.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many names are tried for the new file.
const MAX_NAMES: u32 = 100;

/// Puts `text` in the place of what the file at `path` holds. A link stays a link; permissions stay as they are, and
/// a file that may not be written is not.
pub fn replace(path: &str, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let old = OpenOptions::new().write(true).open(&target)?.metadata()?;
    if old.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is marked as read-only"));
    }
    let (beside, file) = create_beside(&target)?;
    let replaced = fill(file, text).and_then(|()| keep(&beside, &old)).and_then(|()| fs::rename(&beside, &target));
    if replaced.is_err() {
        // It is ours, and nobody needs it; if it cannot be removed, the reason above says more.
        let _ = fs::remove_file(&beside);
    }
    replaced
}

/// A new hidden file in the same folder.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let path = target.with_file_name(format!(".{name}.{}-{number}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < MAX_NAMES => number += 1,
            opened => return opened.map(|file| (path, file)),
        }
    }
}

fn fill(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Gives the new file what the old one had besides its text.
fn keep(new: &Path, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let own = fs::metadata(new)?;
        if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
            // Only some may give a file away; for the others it becomes their own, as with any editor.
            let _ = chown(new, Some(old.uid()), Some(old.gid()));
        }
    }
    fs::set_permissions(new, old.permissions())
}
