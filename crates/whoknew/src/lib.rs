//! whoknew: stories as running systems of who knows what.
//!
//! A story is a text: it declares a small world and tells what happens in it. This library replays it, keeping for each
//! character what they take to be so, also about each other, and works on that: it checks the story for plot holes, answers
//! questions, says why, tries what would be otherwise, and finds stories in which everybody who acts has a reason.
//!
//! ```
//! use whoknew::ask::what_if::{Change, Scope, what_if};
//! use whoknew::ask::{Spot, Story, question};
//! use whoknew::diagnostic::Diagnostic;
//! use whoknew::plan::{self, Outcome, Task};
//! use whoknew::source::FileId;
//! use whoknew::{check, ground, world};
//!
//! // A text becomes a world: what it declares and tells, or messages that say what is wrong with it.
//! let loaded = world::load_text("letter.who", r#"
//! use std/talk, std/things
//! person Ann, Ben
//! place the kitchen, the garden
//! thing the letter
//! want Ben: 1 if carried(letter) = Ben
//! aim: 1 if carried(letter) = Ben
//! start
//!   Ann and Ben are in the kitchen
//!   Ann has the letter
//! scene "Morning"
//!   Ben goes to the garden
//!   Ann hides the letter
//! scene "Evening"
//!   Ben goes to the kitchen
//!   Ann tells Ben that the letter is hidden in the kitchen
//!   Ben finds the letter
//! "#);
//! let world = loaded.world.as_ref().ok_or("there are mistakes in the text")?;
//! let one = |message: Diagnostic| message.title;
//! let first = |messages: Vec<Diagnostic>| messages[0].title.clone();
//!
//! // Check: what was looked at, and what was found, with codes, places and help. Here nothing is wrong.
//! let report = check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
//! assert_eq!((report.summary.events, report.findings.len()), (5, 0));
//!
//! // Ask, in the story's own sentences, at any point of it.
//! let mut story = Story::new(world, &ground::Limits::default()).map_err(first)?;
//! let (text, file) = ("who knows that the letter is hidden in the kitchen?", FileId::from_index(0));
//! let asking = question::read(&story, text, file).map_err(one)?;
//! let morning = story.point("Morning").map_err(one)?;
//! let answer = story.answer(&asking, &morning).map_err(first)?;
//! assert_eq!(answer.says, "Only Ann knows that the letter is hidden in the kitchen");
//!
//! // Why could Ben find it? A tree of causes that is true: all it names is needed, and it is enough.
//! let finding = story.point("Evening.3").map_err(one)?;
//! let why = story.why_happened(&finding).map_err(one)?.ok_or("it did not happen")?;
//! assert!(why.because.iter().any(|fact| fact.says == "the letter is hidden in the kitchen"));
//!
//! // What if Ann had not hidden it? Then it cannot be found.
//! let Spot::Event { scene, line, .. } = story.point("Morning.2").map_err(one)?.spot() else { return Err("no event".into()) };
//! let (texts, change) = ((&loaded.usage, &loaded.sources), [Change::Without { scene, line }]);
//! let otherwise = what_if(world, texts, &change, &Scope::default()).map_err(first)?;
//! assert_eq!(otherwise.gone[0].says, "Ben finds the letter");
//!
//! // Plan: from the same start, a story that reaches the author's aim, and in which everybody who acts has a reason.
//! let problem = ground::Problem::new(world, &world.telling, &ground::Limits::default());
//! let mut situations = plan::prepare(problem.map_err(|why| why.message.clone())?).map_err(|_| "too large to plan")?;
//! let task = Task { aim: 1.0, shortest: true };
//! let found = plan::plan(&mut situations, &task, &plan::Limits::default(), &mut ()).map_err(|_| "not planned")?;
//! let Outcome::Found(found) = found.outcome else { return Err("no plan".into()) };
//! let start = situations.start().map_err(|_| "no start")?;
//! let acts = plan::say::acts(&mut situations, start, &found.acts).map_err(|_| "not said")?;
//! assert_eq!(acts[0].sentence, "Ben takes the letter from Ann");
//! # Ok::<(), String>(())
//! ```
//!
//! The front end `whoknew-cli` shows everything that the library can do; `docs/language.md` describes the language.
//!
//! # The modules
//!
//! Data flows one way, each module using only those above it in this list. The library has no files, clock, threads,
//! printing or global state: texts come in through [`source::Files`], messages go out as [`diagnostic::Diagnostic`].

mod id;
pub mod source;
pub mod diagnostic;
mod suggest;
pub mod syntax;
pub mod format;
pub mod world;
pub mod ground;
pub mod state;
pub mod import;
pub mod telling;
pub mod plan;
pub mod causes;
pub mod check;
pub mod ask;
pub mod overview;
pub mod settings;
pub mod catalogue;

// The examples of pages about what only programs meet.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/codes/E0504.md")]
struct PageE0504;
#[cfg(doctest)]
#[doc = include_str!("../../../docs/codes/E0505.md")]
struct PageE0505;
#[cfg(doctest)]
#[doc = include_str!("../../../docs/codes/E0506.md")]
struct PageE0506;
#[cfg(doctest)]
#[doc = include_str!("../../../docs/codes/E0799.md")]
struct PageE0799;
#[cfg(doctest)]
#[doc = include_str!("../../../docs/codes/E0901.md")]
struct PageE0901;
