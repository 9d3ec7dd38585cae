use super::*;
use whoknew::diagnostic::Code;
use whoknew::source::{Origin as SourceOrigin, Source, Sources, Span};

static CODE: Code = Code { id: "H02", name: "knowledge without a source", severity: Severity::Error, summary: "" };

const FIRST: &str = "scene 1\n  Ann tells Bea that the door is open\n  Bea leaves\n\nscene 2\n  Cid opens the door\n";
const SECOND: &str = "scene 3\n  Cid concludes that the door is closed\n    from it happened that Bea shut the door\n";

fn span(sources: &Sources, file: FileId, text: &str) -> Span {
    let start = sources.get(file).text.find(text).expect("the text is there");
    Span::new(file, start as u32..(start + text.len()) as u32)
}

fn sources() -> (Sources, FileId, FileId) {
    let mut sources = Sources::default();
    let mut add = |name: &str, text: &str| {
        sources.add(Source { name: name.into(), text: text.into(), origin: SourceOrigin::Story })
    };
    let (first, second) = (add("story/01.who", FIRST), add("story/02.who", SECOND));
    (sources, first, second)
}

fn shown(finding: &Diagnostic, sources: &Sources) -> String {
    Layout::new(false, 100).finding(finding, &Places::new(sources))
}

#[test]
fn places_in_several_files_in_reading_order() {
    let (sources, first, second) = sources();
    let at = |file, text| span(&sources, file, text);
    let finding =
        Diagnostic::new(&CODE, "Cid cannot know that Bea shut the door", Some(at(second, "Bea shut the door")))
            .at("nobody told Cid")
            .label(at(first, "Ann tells Bea that the door is open"), "here it was said; Bea noticed")
            .label(at(first, "Cid opens the door"), "here Cid was elsewhere")
            .note("what Cid believes is older: the door is open")
            .help("let somebody tell Cid before scene 3");
    insta::assert_snapshot!(shown(&finding, &sources));
}

#[test]
fn places_in_one_file_share_a_piece_while_they_go_down_the_page() {
    let (sources, first, _) = sources();
    let at = |text| span(&sources, first, text);
    let finding = Diagnostic::new(&CODE, "Cid cannot open the door", Some(at("Cid opens the door")))
        .label(at("Bea leaves"), "second")
        .label(at("Ann tells Bea"), "third, above");
    insta::assert_snapshot!(shown(&finding, &sources));
}

#[test]
fn an_expected_finding_says_so() {
    let (sources, first, _) = sources();
    let mut finding = Diagnostic::new(&CODE, "Bea leaves", Some(span(&sources, first, "Bea leaves")));
    finding.expected = Some("the reader is to wonder".into());
    insta::assert_snapshot!(shown(&finding, &sources));
}

#[test]
fn a_finding_without_a_place() {
    let (sources, ..) = sources();
    insta::assert_snapshot!(shown(
        &Diagnostic::new(&CODE, "cast.who does not exist", None).help("look again"),
        &sources
    ));
}

#[test]
fn the_end_of_a_text_and_nothing_at_all_can_be_shown() {
    let mut sources = Sources::default();
    let file = sources.add(Source { name: "a.who".into(), text: "scene\n".into(), origin: SourceOrigin::Story });
    let empty = sources.add(Source { name: "b.who".into(), text: String::new(), origin: SourceOrigin::Story });
    let end = Diagnostic::new(&CODE, "it ends here", Some(Span::new(file, 6..6))).at("something is missing");
    let nothing = Diagnostic::new(&CODE, "there is nothing", Some(Span::new(empty, 0..0))).at("here");
    insta::assert_snapshot!(format!("{}\n\n{}", shown(&end, &sources), shown(&nothing, &sources)));
}

#[test]
fn other_scripts_and_control_characters() {
    let mut sources = Sources::default();
    let text = "scene\r\n\tМаша говорит 花子 \u{1b}[31mthat the door is open\r\n";
    let file = sources.add(Source { name: "a\u{1b}[2J.who".into(), text: text.into(), origin: SourceOrigin::Story });
    let finding =
        Diagnostic::new(&CODE, "花子 \u{1b}[31m", Some(span(&sources, file, "花子"))).at("\u{1b}[31m").note("\u{7}");
    let shown = shown(&finding, &sources);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{7}'), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_line_of_a_megabyte_is_named_not_shown() {
    let mut sources = Sources::default();
    let text = format!("scene\n  {}", "Ann waits and ".repeat(70_000));
    let file = sources.add(Source { name: "a.who".into(), text, origin: SourceOrigin::Story });
    let finding = Diagnostic::new(&CODE, "too long", Some(Span::new(file, 500_000..500_003))).at("here");
    let shown = shown(&finding, &sources);
    assert!(shown.len() < 500 && shown.contains("a.who:2"), "{shown}");
}
