//! Files: what cannot be read, `use`, folders.

use whoknew::source::FileError;
use whoknew::world::{Loaded, load_text};

use super::check::{Shelf, shown};

const PERSON: &str = "kind person : character\n";

#[test]
fn what_cannot_be_read() {
    let shelf = Shelf::default()
        .broken("large.who", FileError::TooLarge(70_000_000))
        .broken("latin.who", FileError::NotUtf8 { line: 2, before: "person Ren".to_owned() })
        .broken("picture.who", FileError::NotAText("a picture"))
        .broken("secret.who", FileError::Unreadable("permission denied".to_owned()))
        .with("nul.who", "kind person\0")
        .broken("notes.docx", FileError::NotAText("a document of a word processor, or an archive"))
        .with("empty.who", "")
        .with("comment.who", "# nothing yet\n\n")
        .with("title.who", "story \"Nothing\"\nuse std/places\n")
        .with("folder/notes.txt", "");
    let mut out = String::new();
    let paths = [
        "no.who",
        "titel.who",
        "comment",
        "notes.docx",
        "large.who",
        "latin.who",
        "picture.who",
        "secret.who",
        "nul.who",
        "empty.who",
        "comment.who",
    ];
    for path in paths.iter().chain(&["title.who"]) {
        out.push_str(&shown(&shelf.load(path)));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_text_over_the_cap_is_named_with_the_cap() {
    let text = "#".repeat(whoknew::source::MAX_SOURCE_BYTES + 1);
    insta::assert_snapshot!(shown(&load_text("-", &text)));
}

fn entities(loaded: &Loaded) -> Vec<&str> {
    let world = loaded.world.as_ref().map(|world| world.entities.as_slice()).unwrap_or_default();
    world.iter().map(|entity| entity.name.as_str()).collect()
}

#[test]
fn a_folder_is_one_story_in_the_order_of_its_paths() {
    let shelf = Shelf::default()
        .with("story/b.who", "person Bob\n")
        .with("story/a.who", "person Ann\n")
        .with("story/kinds.who", PERSON);
    let loaded = shelf.load("story");
    assert_eq!(shown(&loaded), "");
    assert_eq!(entities(&loaded), ["Ann", "Bob", "someone"]);
}

#[test]
fn used_files_come_first_and_once() {
    let shelf = Shelf::default()
        .with("s/main.who", "use cast, ./cast, ../shared/kinds\nperson Zoe\n")
        .with("s/cast.who", "use ../shared/kinds\nperson Ann\n")
        .with("shared/kinds.who", PERSON);
    let loaded = shelf.load("s/main.who");
    assert_eq!(shown(&loaded), "");
    assert_eq!(entities(&loaded), ["Ann", "Zoe", "someone"]);
    assert_eq!(loaded.sources.iter().count(), 3);
}

#[test]
fn a_mark_at_the_start_of_a_file_is_no_text() {
    assert_eq!(shown(&load_text("story.who", "\u{feff}kind person : character\n")), "");
}

#[test]
fn uses_that_fail() {
    let shelf = Shelf::default()
        .with("itself.who", "use itself\nkind person\n")
        .with("a.who", "use b\nkind a\n")
        .with("b.who", "use c\nkind b\n")
        .with("c.who", "use a\nkind c\n")
        .with("pack.who", "use std/plces\nkind x\n")
        .with("other_pack.who", "use std/dragons\nkind x\n")
        .with("no_std.who", "use places\nkind x\n")
        .with("mistyped.who", "use itslf\nkind x\n")
        .with("missing.who", "use dragons\nkind x\n")
        .broken("dark.who", FileError::Utf16)
        .with("uses_dark.who", "use dark\nkind x\n");
    let mut out = String::new();
    for path in ["itself", "a", "pack", "other_pack", "no_std", "mistyped", "missing", "uses_dark"] {
        out.push_str(&shown(&shelf.load(&format!("{path}.who"))));
        out.push('\n');
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_long_chain_of_uses() {
    let mut shelf = Shelf::default().with("f3000.who", PERSON);
    for index in 0..3_000 {
        shelf = shelf.with(&format!("f{index}.who"), &format!("use f{}\n", index + 1));
    }
    assert_eq!(shown(&shelf.load("f0.who")), "");
}

#[test]
fn an_entrance_of_the_story_stages_scenes_instead_of_a_packs() {
    let own = "use std/places\naction appear(who: character, where: place) \"{who} appears in {where}\"\n  entrance\n";
    let loaded = load_text("story.who", own);
    assert_eq!(shown(&loaded), "");
    let world = loaded.world.unwrap_or_else(|| unreachable!("unsound"));
    let staged = world.actions.iter().filter(|action| action.staging == Some(whoknew::world::Staging::Entrance));
    assert_eq!(staged.map(|action| action.name.as_str()).collect::<Vec<_>>(), ["appear"]);
}

#[test]
fn every_pack_is_sound() {
    for pack in whoknew::world::packs::PACKS {
        let loaded = load_text("story.who", &format!("use {}\nkind x\n", pack.name));
        assert_eq!(shown(&loaded), "", "{}", pack.name);
    }
}

#[test]
fn a_story_replaces_what_a_pack_declares() {
    let pack = load_text("story.who", "use std/places\nkind x\n");
    let world = pack.world.unwrap_or_else(|| unreachable!("the pack is unsound"));
    let location = world.fluents.iter().find(|fluent| fluent.location);
    let location = location.unwrap_or_else(|| unreachable!("no location fact"));
    let kinds: Vec<&str> = match &location.parameters[0].kind {
        whoknew::world::ParameterKind::Entity(kinds) => {
            kinds.iter().map(|kind| world.kinds[kind.index()].name.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let own = format!(
        "use std/places\nfact {}(which: {}): place \"{{which}} dwells at {{value}}\"\n",
        location.name,
        kinds.join(" or ")
    );
    let loaded = load_text("story.who", &own);
    assert_eq!(shown(&loaded), "");
    assert_eq!(loaded.world.map(|own| own.fluents.len()), Some(world.fluents.len()));
}
