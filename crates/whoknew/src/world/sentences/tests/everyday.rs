//! What is offered for everyday words can be written.

use super::small_world::FILE;
use crate::world::load_text;
use crate::world::packs::PACKS;
use crate::world::sentences::everyday::{EVENTS, STATEMENTS, templates};
use crate::world::sentences::{Reader, SentenceBook, tokens};

#[test]
fn what_is_offered_is_a_sentence_of_the_packs() {
    let uses: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
    let text = format!("use {}\nperson Ann, Ben, Cora\nplace the hall\nthing the ring\n", uses.join(", "));
    let world = load_text("story.who", &text).world.unwrap();
    let book = SentenceBook::new(&world);
    let reader = Reader { book: &book, world: &world, variables: &[], suggests: false, asks: false };
    let mut unread = Vec::new();
    for (_, means) in EVENTS.iter().chain(STATEMENTS) {
        for template in templates(means) {
            let line = [
                ("{1}", "Ann"),
                ("{2}", "Ben"),
                ("{whom}", "Ben"),
                ("{to}", "the hall"),
                ("{3}", "Cora"),
                ("{thing}", "the ring"),
                ("{place}", "the hall"),
                ("{where}", "the hall"),
                ("{that}", "Cora is dead"),
                ("that …", "that Cora is dead"),
                ("in …", "in the hall"),
                ("at …", "at the hall"),
                ("goes to …", "goes to the hall"),
                ("searches …", "searches the hall"),
                ("…", "Cora"),
            ];
            let line = line.iter().fold(template.to_owned(), |line, (slot, name)| line.replace(slot, name));
            let line = line.strip_prefix("claim ").unwrap_or(&line);
            let tokens = tokens(line, FILE, 0);
            if reader.event(&tokens).is_err() && reader.statement(&tokens).is_err() {
                unread.push(line.to_owned());
            }
        }
    }
    assert_eq!(unread, Vec::<String>::new());
}
