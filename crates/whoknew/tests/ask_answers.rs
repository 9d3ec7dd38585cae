//! Answers to questions about a small story.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use whoknew::ask::{Answer, Story, Verdict, question};
use whoknew::diagnostic::Diagnostic;
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world;

const STORY: &str = r#"use std/places, std/talk
kind container : thing
person Sally, Anne (the sister), Miles
place nursery, garden
thing marble
container box, basket
fact inside(what: thing): container "the {what} is inside the {value}"
fact owner(of: thing): person "the owner of the {of} is {value}"
fact open(what: container) "the {what} is open"
fact glad(who: person) "{who} is glad"
action put(who: person, what: thing, into: container) "{who} puts the {what} in the {into}"
  makes inside(what) = into
  by who
  seen by c if notices(c, who)
action open(who: person, what: container) "{who} opens the {what}"
  makes open(what)
  by who
  seen by c if notices(c, who)
want Anne "mischief": 1 if inside(marble) = box and Sally believes inside(marble) = basket
start
  Sally, Anne and Miles are in the nursery
  the marble is inside the basket
  known to Anne: the owner of the marble is Miles
scene "Nursery"
  at the nursery
  present Sally, Anne, Miles
  Sally goes to the garden
  Anne puts the marble in the box
  Miles leaves
scene "Back"
  at the nursery
  Sally returns to the nursery
  Anne tells Sally that the marble is inside the basket
  Anne tells Sally that Miles is glad
"#;

fn asked(question: &str, at: &str) -> Result<Answer, Vec<Diagnostic>> {
    let loaded = world::load_text("story.who", STORY);
    let world = loaded.world.as_ref().unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let mut story = Story::new(world, &Limits::default()).unwrap();
    let point = story.point(at).unwrap();
    let asking = question::read(&story, question, FileId::from_index(0)).map_err(|error| vec![error])?;
    story.answer(&asking, &point)
}

fn answer(question: &str) -> Answer {
    asked(question, "end").unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn says(question: &str) -> String {
    answer(question).says
}

fn refusal(question: &str) -> Diagnostic {
    asked(question, "end").unwrap_err().remove(0)
}

#[test]
fn attitudes() {
    assert_eq!(
        says("Does Sally know that the marble is inside the box?"),
        "No, Sally does not know that the marble is inside the box"
    );
    assert_eq!(
        says("does Sally believe the marble is inside the basket"),
        "Yes, Sally believes that the marble is inside the basket"
    );
    assert_eq!(
        says("does Sally know that the marble is inside the basket?"),
        "No, Sally believes that the marble is inside the basket, but it is not so"
    );
    assert_eq!(
        says("does the sister know what the marble is inside?"),
        "Yes, Anne knows that the marble is inside the box"
    );
    assert_eq!(
        says("does Anne know who the owner of the marble is?"),
        "Yes, Anne knows that the owner of the marble is Miles"
    );
    assert_eq!(
        says("does Sally know who the owner of the marble is?"),
        "No, Sally does not know who the owner of the marble is"
    );
    assert_eq!(
        says("does Sally wonder if the owner of the marble is Anne"),
        "Yes, Sally wonders who the owner of the marble is"
    );
    assert_eq!(answer("does Anne know that Sally believes the marble is inside the basket").verdict, Verdict::Yes);
}

#[test]
fn beliefs_about_beliefs_to_any_depth() {
    let deep = "does Sally believe that Anne believes that Sally believes that the marble is inside the basket";
    assert_eq!(answer(deep).verdict, Verdict::Yes);
    assert_eq!(answer("does Anne believe that Sally knows that Miles is glad").verdict, Verdict::No);
    let wrong = answer("what does Sally believe that Anne believes that is false");
    assert!(
        wrong.facts.iter().any(|fact| fact.text.starts_with("Miles is glad (in truth Anne believes that")),
        "{wrong:?}"
    );
}

#[test]
fn who() {
    assert_eq!(
        says("who knows that the marble is inside the box?"),
        "Anne and Miles know that the marble is inside the box"
    );
    assert_eq!(
        says("who does not know that the marble is inside the box"),
        "Sally does not know that the marble is inside the box"
    );
    assert_eq!(
        says("who wrongly believes the marble is inside the basket"),
        "Only Sally wrongly believes that the marble is inside the basket"
    );
    assert_eq!(
        says("who wrongly believes the marble is inside the box"),
        "Nobody: it is so that the marble is inside the box"
    );
    assert_eq!(says("who believes the box is open"), "Nobody believes that the box is open");
    assert_eq!(says("who believes the box is not open"), "Everybody believes that the box is not open");
    assert_eq!(
        says("who knows who the owner of the marble is"),
        "Only Anne knows that the owner of the marble is Miles"
    );
    let names: Vec<usize> = answer("who is in the nursery?").characters.iter().map(|who| who.index()).collect();
    assert_eq!(names, [0, 1]);
}

#[test]
fn answers_name_what_is_the_case_and_why() {
    let answer = answer("does Sally know that the marble is inside the box?");
    let because: Vec<&str> = answer.because.iter().map(|said| said.text.as_str()).collect();
    assert_eq!(
        because,
        [
            "Sally believes that the marble is inside the basket, from the start",
            "In truth the marble is inside the box, since scene 1 “Nursery”: Anne puts the marble in the box",
        ]
    );
    assert!(answer.because[1].span.is_some());
}

#[test]
fn lists_of_beliefs() {
    let about = answer("what does Sally believe about the marble?");
    assert_eq!(about.says, "Sally believes one thing about marble");
    assert_eq!(
        about.facts[0].text,
        "Marble is inside the basket (in truth the marble is inside the box), from the start"
            .replace("Marble is", "The marble is")
    );
    let wrong = answer("what does Sally believe that is false?");
    assert!(wrong.facts.iter().any(|fact| fact.text.contains("Miles is glad")), "{wrong:?}");
    let beyond = answer("what does Anne know that Sally does not?");
    assert!(
        beyond.facts.iter().any(|fact| fact.text.starts_with("The marble is inside the box (Sally believes that")),
        "{beyond:?}"
    );
}

#[test]
fn when_and_from_whom() {
    assert_eq!(
        says("when did Sally learn that Miles is glad, from whom?"),
        "Sally came to believe from Anne in scene 2 “Back” that Miles is glad, which was not so"
    );
    assert_eq!(
        says("when did Miles learn that the marble is inside the box"),
        "Miles learned in scene 1 “Nursery” that the marble is inside the box"
    );
    assert_eq!(
        says("when did Sally learn that the marble is inside the box"),
        "Sally does not believe that the marble is inside the box, and never did"
    );
    assert_eq!(
        says("since when is the marble inside the box?"),
        "Since scene 1 “Nursery”: the marble is inside the box"
    );
    assert_eq!(
        says("since when, until when is the marble inside the basket?"),
        "From the start until scene 1 “Nursery”: the marble is inside the basket"
    );
    assert_eq!(
        says("since when does Miles believe that the marble is inside the box"),
        "Since scene 1 “Nursery”: Miles believes that the marble is inside the box"
    );
}

#[test]
fn where_and_who_was_there() {
    assert_eq!(says("where is Sally?"), "Sally is in nursery");
    assert_eq!(says("where does Anne think Sally is?"), "Anne believes that Sally is in nursery");
    assert_eq!(says("where is Miles"), "It is not told where Miles is");
    assert_eq!(says("where is the garden"), "No fact of this story says where garden is");
    assert_eq!(
        says("who was there when Anne puts the marble in the box?"),
        "Anne and Miles were there in scene 1 “Nursery”"
    );
    assert_eq!(
        says("who was there when someone puts the marble in something?"),
        "Anne and Miles were there in scene 1 “Nursery”"
    );
    assert_eq!(says("who was there when Sally opens the box"), "Nobody: it never happened that Sally opens the box");
}

#[test]
fn the_reader() {
    assert_eq!(
        says("does the reader know that the marble is inside the box?"),
        "Yes, the reader knows that the marble is inside the box"
    );
    assert_eq!(
        says("does the reader know who the owner of the marble is"),
        "No, the reader does not know who the owner of the marble is"
    );
    assert_eq!(asked("does the reader know that the marble is inside the box", "1.1").unwrap().verdict, Verdict::No);
    let irony = answer("what does the reader know that Sally does not?");
    assert!(irony.facts.iter().any(|fact| fact.text.starts_with("The marble is inside the box")), "{irony:?}");
    let reverse = answer("what does Anne know that the reader does not");
    assert!(reverse.facts.iter().any(|fact| fact.text.starts_with("The owner of the marble is Miles")), "{reverse:?}");
}

#[test]
fn wants_and_plain_questions() {
    let wants = answer("what does Anne want?");
    assert_eq!(wants.says, "Anne has one want");
    assert!(wants.facts[0].text.starts_with("“mischief”: "), "{wants:?}");
    assert!(wants.facts[0].text.ends_with("(met, and believed to be met)"), "{wants:?}");
    assert_eq!(says("what does Miles want"), "The story gives Miles no want");
    assert_eq!(says("is the box open?"), "No, the box is not open");
    assert_eq!(says("who is the owner of the marble?"), "The owner of the marble is Miles");
    assert_eq!(says("does Sally trust Anne"), "Yes, Sally trusts Anne");
    assert_eq!(says("did Anne put the marble in the box"), "Yes, it happened that Anne puts the marble in the box");
}

#[test]
fn the_point_decides() {
    let open = |at: &str| asked("is the marble inside the box", at).unwrap().verdict;
    assert_eq!(
        (open("start"), open("1.1"), open("1.2"), open("end")),
        (Verdict::No, Verdict::No, Verdict::Yes, Verdict::Yes)
    );
}

#[test]
fn bad_questions_are_explained() {
    let unknown = refusal("does Saly know that the marble is inside the box");
    assert_eq!((unknown.code.id, unknown.help[0].as_str()), ("E0806", "did you mean `Sally`?"));
    let unknown = refusal("does Sally know that the marbel is inside the box");
    assert_eq!((unknown.code.id, unknown.help[0].as_str()), ("E0312", "did you mean `marble`?"));
    assert_eq!(refusal("does the box know that the marble is inside the box").code.id, "E0807");
    let odd = refusal("what does Sally belive about Anne");
    assert_eq!((odd.code.id, odd.help[0].as_str()), ("E0805", "one can ask: what does Sally believe about Anne?"));
    assert_eq!(refusal("?").code.id, "E0805");
    assert_eq!(refusal(&"who ".repeat(300)).code.id, "E0808");
    assert_eq!(refusal("where does the reader think Sally is").code.id, "E0807");
}

/// Words that questions are made of, and some that no question has.
const WORDS: &[&str] = &[
    "does",
    "do",
    "did",
    "who",
    "what",
    "when",
    "where",
    "since",
    "until",
    "is",
    "was",
    "the",
    "reader",
    "know",
    "knows",
    "believe",
    "believes",
    "think",
    "wonder",
    "wrongly",
    "that",
    "whether",
    "if",
    "about",
    "false",
    "learn",
    "from",
    "whom",
    "there",
    "want",
    "could",
    "it",
    "Sally",
    "Anne",
    "the sister",
    "Miles",
    "nursery",
    "marble",
    "box",
    "basket",
    "inside",
    "open",
    "not",
    "glad",
    "puts",
    "in",
    "tells",
    "happened",
    "so",
    "unknown",
    "someone",
    "this",
    "or",
    "and",
    ",",
    "?",
    "(",
    "é",
    "1",
    "twenty",
    "\"",
    "of",
    "owner",
    "according",
    "to",
    "how",
    "long",
    "find",
    "out",
    "told",
    "noticed",
    "might",
];

#[test]
fn any_words_have_an_answer_or_an_error() {
    use proptest::prelude::*;
    let loaded = world::load_text("story.who", STORY);
    let world = loaded.world.as_ref().unwrap();
    let story = std::cell::RefCell::new(Story::new(world, &Limits::default()).unwrap());
    let mut config = ProptestConfig::with_cases(400);
    config.rng_seed = proptest::test_runner::RngSeed::Fixed(5);
    config.failure_persistence = None;
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let words = prop::collection::vec(0..WORDS.len(), 0..14);
    let result = runner.run(&words, |words| {
        let text: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let text = text.join(" ");
        let mut story = story.borrow_mut();
        let _ = question::complete(&story, &text);
        match question::read(&story, &text, FileId::from_index(0)) {
            Ok(asking) => {
                let point = story.end();
                let _ = story.answer(&asking, &point);
            }
            Err(error) => prop_assert!(!error.title.is_empty()),
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_example_of_a_form_is_read_as_that_form() {
    let loaded = world::load_text("story.who", STORY);
    let story = Story::new(loaded.world.as_ref().unwrap(), &Limits::default()).unwrap();
    let examples = question::examples(story.world());
    assert_eq!(examples.len(), question::FORMS.len());
    for ((example, _), form) in examples.iter().zip(question::FORMS) {
        let asking = question::read(&story, example, FileId::from_index(0));
        let asking = asking.unwrap_or_else(|error| panic!("{example}: {error:?}"));
        assert_eq!(asking.form.name, form.name, "{example}");
        assert_eq!(question::form(form.kind).name, form.name);
    }
}

#[test]
fn what_is_being_written_is_completed() {
    let loaded = world::load_text("story.who", STORY);
    let story = Story::new(loaded.world.as_ref().unwrap(), &Limits::default()).unwrap();
    let complete = |text: &str| question::complete(&story, text).candidates;
    assert!(complete("").contains(&"does".to_owned()));
    assert_eq!(complete("does Sal"), ["Sally"]);
    assert_eq!(complete("does the re"), ["the reader"]);
    assert!(complete("does Sally ").contains(&"believe".to_owned()));
    assert!(complete("does Sally know that the marble is ").contains(&"inside".to_owned()));
    assert_eq!(complete("does Sally know that the marble is inside the b"), ["basket", "box"]);
    assert!(complete("who was there when Anne pu").contains(&"puts".to_owned()));
    assert_eq!(complete("nothing like a question"), [""; 0]);
    assert!(complete("what does Sally believe that Anne bel").contains(&"believes".to_owned()));
}
