//! Puts the pages of docs/codes into the program: a list of file names without `.md`, and their texts.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("codes");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>, Box<dyn Error>>>()?;
    paths.sort();
    let mut list = "&[\n".to_owned();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        list += &format!("    ({name:?}, include_str!({:?})),\n", path.to_string_lossy());
    }
    list += "]\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("code_pages.rs"), list)?;
    Ok(())
}
