//! Loading a story: reads a file or folder and everything it uses, then parses and resolves it.
//!
//! Files are named by their path as shown in messages; a file is read once. Used files come before those that use
//! them in the order of definition.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::World;
use super::packs::{self, PACKS, Pack};
use super::paths::{folder_of, near_file, normal_path};
use super::resolve::{self, Tree};
use super::suggest::{did_you_mean, question};
use super::unreadable::{
    BINARY, EMPTY, NOT_FOUND, NOT_UTF8, TOO_LARGE, UNREADABLE, empty_folder, empty_story, file_error,
};
use super::usage::Usage;
use super::use_graph::{Edge, UseGraph};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileError, FileId, Files, MAX_SOURCE_BYTES, Origin, Source, Sources, Span, with_line_ends};
use crate::syntax::ast::{AstNode, Item};

/// `E0212`: a pack that does not exist.
pub static NO_SUCH_PACK: Code = Code {
    id: "E0212",
    name: "unknown pack",
    severity: Severity::Error,
    summary: "`use std/…` names a pack that does not ship with whoknew",
};
/// `E0213`: a used file that is not there.
pub static NO_SUCH_FILE: Code = Code {
    id: "E0213",
    name: "used file not found",
    severity: Severity::Error,
    summary: "`use` names a file that cannot be read",
};

/// The codes of this file and of the order of files.
pub static LOAD_CODES: &[&Code] = &[
    &NOT_FOUND,
    &TOO_LARGE,
    &NOT_UTF8,
    &BINARY,
    &UNREADABLE,
    &EMPTY,
    &NO_SUCH_PACK,
    &NO_SUCH_FILE,
    &super::use_graph::USE_CYCLE,
];

/// A story as read: its texts, and what they mean if nothing is wrong with them.
#[derive(Debug)]
pub struct Loaded {
    /// The texts, in reading order.
    pub sources: Sources,
    /// The resolved world; `None` if a diagnostic is an error.
    pub world: Option<World>,
    /// What is used where.
    pub usage: Usage,
    /// What is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the story at `path`, a file or a folder.
pub fn load(path: &str, files: &dyn Files) -> Loaded {
    let mut loader = Loader::new(files);
    loader.read_story(path);
    loader.finish()
}

/// A line of a scene that is said beside a story: it may use all that the story declares.
#[derive(Clone, Debug)]
pub struct LineBeside {
    /// What messages about it show as the name of its text.
    pub name: String,
    /// What is put before it to make it a line of a scene, as `claim `; messages do not show it.
    pub before: &'static str,
    /// The line, as it would be written in a scene.
    pub text: String,
}

/// Reads the story at `path`, and `lines` beside it, which are not part of what is told. The answer holds one entry for
/// each: `None` where it says nothing that could stand in a scene, or says something about the scene itself.
///
/// ```
/// use whoknew::{source, world};
/// struct One;
/// impl source::Files for One {
///     fn read(&self, _: &str) -> Result<String, source::FileError> {
///         Ok("fact \"it rains\"\nscene\n  assume it rains\n".to_owned())
///     }
///     fn is_folder(&self, _: &str) -> bool {
///         false
///     }
///     fn list(&self, _: &str) -> Result<Vec<String>, source::FileError> {
///         Ok(Vec::new())
///     }
/// }
/// let line = world::LineBeside { name: "the question".to_owned(), before: "claim ", text: "it rains".to_owned() };
/// let (loaded, beside) = world::load_with_lines("rain.who", &One, &[line]);
/// assert_eq!(loaded.world.map(|world| world.telling.scenes.len()), Some(1));
/// assert!(beside[0].is_some());
/// ```
pub fn load_with_lines(path: &str, files: &dyn Files, lines: &[LineBeside]) -> (Loaded, Vec<Option<super::Line>>) {
    let mut loader = Loader::new(files);
    loader.read_story(path);
    let mut beside = Vec::with_capacity(lines.len());
    if !loader.trees.is_empty() {
        for (number, line) in lines.iter().enumerate() {
            let sentence = line.text.replace(['\n', '\r'], " ");
            let header = format!("scene beside_the_story_{number}\n  {}", line.before);
            let text = format!("{header}{}\n", sentence.trim());
            let source = Source { name: line.name.clone(), text, origin: Origin::Story };
            beside.push(loader.add_beside(source, header.len()));
        }
        loader.read_used();
    }
    let mut loaded = loader.finish();
    let scenes = loaded.world.as_mut().map(|world| {
        let first = world.telling.scenes.iter().position(|scene| beside.contains(&scene.span.file));
        first.map_or_else(Vec::new, |first| world.telling.scenes.split_off(first))
    });
    let mut found = vec![None; lines.len()];
    for scene in scenes.into_iter().flatten() {
        if let Some(number) = beside.iter().position(|file| *file == scene.span.file) {
            found[number] = scene.lines.into_iter().next();
        }
    }
    (loaded, found)
}

/// Reads a story that is one text, such as standard input. It may use packs but no other files.
///
/// ```
/// let loaded = whoknew::world::load_text("story.who", "kind dog : character\ndog Rex\n");
/// assert!(loaded.world.is_some());
/// ```
pub fn load_text(name: &str, text: &str) -> Loaded {
    let mut loader = Loader::new(&NoFiles);
    match accept(text.to_owned()) {
        Ok(text) => {
            loader.add(Source { name: name.to_owned(), text, origin: Origin::Story });
            loader.read_used();
        }
        Err(error) => loader.diagnostics.push(file_error(name, &error)),
    }
    loader.finish()
}

/// For stories that are a single text.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Result<String, FileError> {
        Err(FileError::NotFound)
    }

    fn is_folder(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Result<Vec<String>, FileError> {
        Err(FileError::NotFound)
    }
}

struct Loader<'a> {
    files: &'a dyn Files,
    sources: Sources,
    trees: Vec<Tree>,
    by_name: FxHashMap<String, FileId>,
    unread: VecDeque<FileId>,
    uses: UseGraph,
    /// Some used file could not be read.
    lacks_files: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            sources: Sources::default(),
            trees: Vec::new(),
            by_name: FxHashMap::default(),
            unread: VecDeque::new(),
            uses: UseGraph::default(),
            lacks_files: false,
            diagnostics: Vec::new(),
        }
    }

    fn read_story(&mut self, path: &str) {
        let paths = if self.files.is_folder(path) {
            match self.files.list(path) {
                Ok(paths) if paths.is_empty() => {
                    self.diagnostics.push(empty_folder(path));
                    return;
                }
                Ok(paths) => paths,
                Err(error) => {
                    self.diagnostics.push(file_error(path, &error));
                    return;
                }
            }
        } else {
            vec![path.to_owned()]
        };
        for path in paths {
            let name = normal_path(&path);
            if self.by_name.contains_key(&name) {
                continue;
            }
            match self.files.read(&path).and_then(accept) {
                Ok(text) => {
                    self.add(Source { name, text, origin: Origin::Story });
                }
                Err(FileError::NotFound) => {
                    let message = self.not_found(&path);
                    self.diagnostics.push(message);
                }
                Err(error) => self.diagnostics.push(file_error(&path, &error)),
            }
        }
        self.read_used();
    }

    /// Nothing is at `path`: perhaps a story of a similar name is beside it.
    fn not_found(&self, path: &str) -> Diagnostic {
        let message = Diagnostic::new(&NOT_FOUND, format!("there is no file or folder `{path}`"), None);
        if path.contains("://") {
            return message.help("stories are read from files on this machine: save the page as a file first");
        }
        if path.trim_end().ends_with('?') {
            return message.help(
                "the path of the story comes before the question, as in `whoknew ask story.who \"where is Ada?\"`",
            );
        }
        let plain = |name: &String| name.trim_start_matches("./").to_owned();
        let in_folder =
            |folder: &str| -> Vec<String> { self.files.list(folder).unwrap_or_default().iter().map(plain).collect() };
        // Where there is no such folder, the story may be here, or in a folder of a similar name.
        let beside = Some(in_folder(folder_of(path))).filter(|found| !found.is_empty());
        let beside = beside.unwrap_or_else(|| in_folder("."));
        if let Some(near) = near_file(path, &beside) {
            return message.help(format!("did you mean `{near}`?"));
        }
        let message = match beside.as_slice() {
            [] => message,
            [only] => message.help(format!("there is one story here: `{only}`")),
            several if several.len() <= 5 => message.help(format!("there are `{}`", several.join("`, `"))),
            _ => message,
        };
        message.help("give the path of a `.who` file, or of a folder of them; `whoknew new NAME` makes one")
    }

    fn add(&mut self, source: Source) -> FileId {
        self.add_beside(source, 0)
    }

    /// Adds a text of which nobody wrote the first bytes.
    fn add_beside(&mut self, source: Source, unwritten: usize) -> FileId {
        let name = source.name.clone();
        let file = match unwritten {
            0 => self.sources.add(source),
            unwritten => self.sources.add_beside(source, unwritten),
        };
        self.trees.push(Tree::parse(file, &self.sources.get(file).text));
        self.uses.add_file();
        self.by_name.insert(name, file);
        self.unread.push_back(file);
        file
    }

    /// Reads what the files read so far use, and what those use.
    fn read_used(&mut self) {
        while let Some(file) = self.unread.pop_front() {
            for used in self.trees[file.index()].uses() {
                if let Some(to) = self.read_one_used(file, &used) {
                    self.uses.add_edge(file, Edge { to, span: used.span });
                }
            }
        }
    }

    fn read_one_used(&mut self, from: FileId, used: &UsedPath) -> Option<FileId> {
        if used.path.split('/').next() == Some("std") {
            return self.read_named_pack(used);
        }
        let folder = match self.sources.get(from).name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => String::new(),
        };
        let ending = if used.path.ends_with(".who") { "" } else { ".who" };
        let path = normal_path(&format!("{folder}{}{ending}", used.path));
        if let Some(&file) = self.by_name.get(&path) {
            return Some(file);
        }
        match self.files.read(&path).and_then(accept) {
            Ok(text) => Some(self.add(Source { name: path, text, origin: Origin::Story })),
            Err(error) => {
                self.diagnostics.push(self.unusable(used, &path, &error));
                self.read_meant_pack(used)
            }
        }
    }

    fn read_named_pack(&mut self, used: &UsedPath) -> Option<FileId> {
        match packs::find(&used.path) {
            Some(pack) => Some(self.read_pack(pack)),
            None => {
                self.diagnostics.push(no_such_pack(used));
                self.read_meant_pack(used)
            }
        }
    }

    /// Reads the pack that a path without a file most likely means, so that nothing else is said to be missing.
    fn read_meant_pack(&mut self, used: &UsedPath) -> Option<FileId> {
        match packs::meant(&used.path).as_slice() {
            [only] => Some(self.read_pack(only)),
            _ => {
                self.lacks_files = true;
                None
            }
        }
    }

    fn read_pack(&mut self, pack: &Pack) -> FileId {
        if let Some(&file) = self.by_name.get(pack.name) {
            return file;
        }
        self.add(Source { name: pack.name.to_owned(), text: pack.text.to_owned(), origin: Origin::Pack })
    }

    /// Why a used file cannot be used.
    fn unusable(&self, used: &UsedPath, path: &str, error: &FileError) -> Diagnostic {
        if *error != FileError::NotFound {
            let told = file_error(path, error);
            let message = Diagnostic::new(told.code, told.title, Some(used.span)).at("used here");
            return told.help.into_iter().fold(message, Diagnostic::help);
        }
        let beside = self.files.list(folder_of(path)).unwrap_or_default();
        let names = beside.iter().filter_map(|file| file.strip_suffix(".who"));
        let message = Diagnostic::new(&NO_SUCH_FILE, format!("there is no file `{path}` to use"), Some(used.span));
        if let [pack] = packs::meant(&used.path).as_slice() {
            return message.help(format!("to use the pack of this name, write `use {}`", pack.name));
        }
        if let Some(question) = did_you_mean(path.trim_end_matches(".who"), names) {
            return message.help(question);
        }
        if let Some(plain) = used.path.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return message.help(format!("write it without quotation marks: `use {plain}`"));
        }
        message
            .help("`use name` reads the file `name.who` beside this one, `use folder/name` one in a folder beside it")
            .help(format!("the packs are {}", pack_list()))
    }

    /// The message on a story of which every line only looks like names of a kind that nothing declares: somebody
    /// wrote what happens, and nothing of what it takes to understand it.
    fn only_told(&self) -> Option<Diagnostic> {
        let own = |tree: &&Tree| self.sources.get(tree.file).origin == Origin::Story;
        let items: Vec<Item> = self.trees.iter().filter(own).flat_map(Tree::items).collect();
        let mut kinds = items.iter().map(|item| match item {
            Item::Entities(line) => line.kinds().next().map(|kind| kind.text().to_owned()),
            _ => None,
        });
        let is_told = |kind: Option<String>| kind.is_some_and(|kind| kind.starts_with(char::is_uppercase));
        if items.is_empty() || !kinds.all(is_told) {
            return None;
        }
        let first = items.first()?.span();
        Some(
            Diagnostic::new(&crate::syntax::TOO_MANY, "nothing here says who or what this is about", Some(first))
                .help("a story begins with its cast and places: `use std/talk`, `person Ada, Ben`, `place the garden`")
                .help("what happens is told in scenes, one event a line, indented: `scene 1`, and below it `  Ada goes to the garden`")
                .help("`whoknew new NAME` makes a story to begin with"),
        )
    }

    fn finish(mut self) -> Loaded {
        let order = self.uses.order(&self.sources, &mut self.diagnostics);
        let own = |tree: &&Tree| self.sources.get(tree.file).origin == Origin::Story;
        let told_anything = self.trees.iter().filter(own).any(|tree| !tree.is_empty());
        if !told_anything && self.diagnostics.is_empty() {
            let empty = self.sources.iter().next().map(|(_, source)| empty_story(&source.name, &source.text));
            self.diagnostics.extend(empty);
        }
        self.lacks_files |= self.trees.iter().any(Tree::has_broken_use);
        let only_told = self.only_told();
        let (world, usage) = if let Some(message) = only_told {
            self.diagnostics.push(message);
            (None, Usage::default())
        } else if told_anything {
            let mut by_file: Vec<Option<Tree>> = self.trees.into_iter().map(Some).collect();
            let trees: Vec<Tree> = order.iter().filter_map(|file| by_file[file.index()].take()).collect();
            resolve::resolve(&self.sources, &trees, self.lacks_files, &mut self.diagnostics)
        } else {
            (None, Usage::default())
        };
        sort_by_place(&mut self.diagnostics);
        let unusable = self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        let world = if unusable { None } else { world };
        Loaded { sources: self.sources, world, usage, diagnostics: self.diagnostics }
    }
}

/// A `use` of another file.
#[derive(Clone, Debug)]
pub(crate) struct UsedPath {
    /// As written, as `std/places` or `cast`.
    pub path: String,
    /// Where.
    pub span: Span,
}

/// Messages without a place first, then by file and place; the order of equal places stays.
fn sort_by_place(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map(|label| (label.span.file, label.span.start)));
}

/// The text at `path`, for readers of other formats; or why it cannot be read.
pub fn read_text(path: &str, files: &dyn Files) -> Result<String, Box<Diagnostic>> {
    files.read(path).and_then(accept).map_err(|error| Box::new(file_error(path, &error)))
}

/// Checks a text that some reader has read, and strips the mark that some editors put before it.
fn accept(text: String) -> Result<String, FileError> {
    if text.len() > MAX_SOURCE_BYTES {
        return Err(FileError::TooLarge(text.len() as u64));
    }
    if text.bytes().any(|byte| byte == 0) {
        return Err(FileError::NotAText("not a text"));
    }
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    Ok(with_line_ends(text))
}

fn pack_list() -> String {
    let names: Vec<String> = PACKS.iter().map(|pack| format!("`{}`", pack.name)).collect();
    names.join(", ")
}

fn no_such_pack(used: &UsedPath) -> Diagnostic {
    let message = Diagnostic::new(&NO_SUCH_PACK, format!("there is no pack `{}`", used.path), Some(used.span));
    let meant: Vec<&str> = packs::meant(&used.path).iter().map(|pack| pack.name).collect();
    match question(&meant) {
        Some(question) => message.help(question),
        None => message.help(format!("the packs are {}", pack_list())),
    }
}
