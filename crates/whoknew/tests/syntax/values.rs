//! What the typed tree says.

use super::parse;
use whoknew::syntax::ast::{
    AstNode, Attitude, Bound, Direction, EffectKind, Formula, FormulaKind, Item, SceneName, StartContent, StartScope,
    TimeKind, Unit,
};

fn times(header: &str) -> Vec<TimeKind> {
    let parsed = parse(header);
    assert!(parsed.errors.is_empty(), "{header}: {:?}", parsed.errors);
    let Some(Item::Scene(scene)) = parsed.file().items().next() else { panic!("no scene: {header}") };
    scene.times().map(|time| time.kind().unwrap_or_else(|| panic!("not understood: {header}"))).collect()
}

fn aim(formula: &str) -> Formula {
    let text = format!("aim: {formula}\n");
    let parsed = parse(&text);
    assert!(parsed.errors.is_empty(), "{formula}: {:?}", parsed.errors);
    let Some(Item::Aim(aim)) = parsed.file().items().next() else { panic!("no aim: {formula}") };
    aim.value().unwrap()
}

/// The formula with all its brackets.
fn shown(formula: &Formula) -> String {
    let all = |parts: &[Formula], joint: &str| parts.iter().map(shown).collect::<Vec<_>>().join(joint);
    match &formula.kind {
        FormulaKind::Or(parts) => format!("({})", all(parts, " or ")),
        FormulaKind::And(parts) => format!("({})", all(parts, " and ")),
        FormulaKind::Not(part) => format!("not {}", shown(part)),
        FormulaKind::Compare { comparison, left, right } => {
            format!("({} {comparison:?} {})", shown(left), shown(right))
        }
        FormulaKind::Attitude { character, attitude, negated, whether, content } => {
            let not = if *negated { "not " } else { "" };
            let whether = if *whether { "whether " } else { "" };
            format!("[{} {not}{attitude:?} {whether}{}]", character.text(), shown(content))
        }
        FormulaKind::Arithmetic { first, rest } => {
            let rest: String = rest.iter().map(|(sign, part)| format!(" {sign:?} {}", shown(part))).collect();
            format!("({}{rest})", shown(first))
        }
        FormulaKind::Negative(part) => format!("-{}", shown(part)),
        FormulaKind::Number(value) => value.to_string(),
        FormulaKind::Duration(duration) => format!("{} {:?}", duration.count, duration.unit),
        FormulaKind::Name(name) => name.text(),
        FormulaKind::Call(call) => format!("{}<{}>", call.name.text(), all(&call.arguments, ", ")),
        FormulaKind::If { value, condition, otherwise } => {
            let otherwise = otherwise.as_ref().map_or("nothing".to_owned(), |part| shown(part));
            format!("({} if {} else {otherwise})", shown(value), shown(condition))
        }
        FormulaKind::IsKind { value, negated, kind } => {
            format!("({} {} {})", shown(value), if *negated { "not" } else { "is" }, kind.text())
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn operators_bind_as_everybody_expects() {
    let check = |text: &str, expected: &str| assert_eq!(shown(&aim(text)), expected);
    check("a(x) or b(x) and not c(x) = d", "(a<x> or (b<x> and not (c<x> Equal d)))");
    check("1 - 2 - -3 * 4 / 5", "(1 Subtract 2 Subtract (-3 Multiply 4 Divide 5))");
    check(
        "Anne believes Sally believes f(x) = y and g(x)",
        "([Anne Believes [Sally Believes (f<x> Equal y)]] and g<x>)",
    );
    check("Anne does not know whether f(x)", "[Anne not Knows whether f<x>]");
    check("the old watcher knows that f(x)", "[the old watcher Knows f<x>]");
    check("1 if f(x) else 2 if g(x) else 3", "(1 if f<x> else (2 if g<x> else 3))");
    check("5 if f(x) or g(x)", "(5 if (f<x> or g<x>) else nothing)");
    check("f(14 days, half an hour, 2.5)", "f<14 Day, 0.5 Hour, 2.5>");
    check("f(x is not a golem, ?, yes)", "f<(x not golem), Unknown, Yes>");
}

#[test]
fn brackets_are_dissolved() {
    assert_eq!(shown(&aim("((a(x)) and (b(x)))")), "(a<x> and b<x>)");
}

#[test]
fn attitudes() {
    let FormulaKind::Attitude { attitude, negated, whether, .. } = aim("Anne does not believe f(x)").kind else {
        panic!()
    };
    assert_eq!((attitude, negated, whether), (Attitude::Believes, true, false));
}

#[test]
fn distances() {
    let check = |header: &str, expected: (f64, Unit, Bound)| {
        let [TimeKind::Distance { bound, duration, .. }] = &times(header)[..] else { panic!("{header}") };
        assert_eq!((duration.count, duration.unit, *bound), expected, "{header}");
    };
    check("scene, 10 minutes later", (10.0, Unit::Minute, Bound::About));
    check("scene, three weeks later", (3.0, Unit::Week, Bound::About));
    check("scene, seventy years later", (70.0, Unit::Year, Bound::About));
    check("scene, twenty-five days before scene 5", (25.0, Unit::Day, Bound::About));
    check("scene, two hundred and fifty years later", (250.0, Unit::Year, Bound::About));
    check("scene, a hundred years earlier", (100.0, Unit::Year, Bound::About));
    check("scene, at least an hour later", (1.0, Unit::Hour, Bound::AtLeast));
    check("scene, at most half a month after \"x\"", (0.5, Unit::Month, Bound::AtMost));
}

#[test]
fn other_times() {
    let header = "scene, day 3, 21:30, in 2073, 1999-03-02, meanwhile, the same night as scene 4, flashback";
    let shown: Vec<String> = times(header)
        .iter()
        .map(|time| match time {
            TimeKind::NextDay(part) => format!("next {part:?}"),
            TimeKind::SameDay { part, scene } => format!("{part:?} {}", scene.is_some()),
            other => format!("{other:?}"),
        })
        .collect();
    let expected = [
        "Day(3)",
        "Clock(1290)",
        "Year(2073)",
        "Date { year: 1999, month: 3, day: 2 }",
        "SameTime(None)",
        "Night true",
        "Flashback",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn spans_hold_no_white_space_and_no_blocks() {
    let text = "  \n# x\nscene 3 , later   # y\n  Sally  sings # z\n";
    let items: Vec<Item> = parse(text).file().items().collect();
    assert_eq!(&text[items[0].span().range()], "scene 3 , later");
    let Item::Scene(scene) = &items[0] else { panic!() };
    let line = scene.lines().next().unwrap();
    assert_eq!(&text[line.span().range()], "Sally  sings");
}

#[test]
fn starts() {
    let parsed = parse("start\n  known to Anne, Sally: f(x) = 3 if g(y) else 4\n  told to the reader: f(x)\n");
    let Some(Item::Start(start)) = parsed.file().items().next() else { panic!() };
    let lines: Vec<_> = start.lines().collect();
    assert!(matches!(lines[0].scope(), StartScope::KnownTo(names) if names.len() == 2));
    let Some(StartContent::Effect(effect)) = lines[0].content() else { panic!() };
    let EffectKind::Assign { value, .. } = effect.kind else { panic!("{effect:?}") };
    assert_eq!(shown(&value), "(3 if g<y> else 4)");
    assert!(matches!(lines[1].scope(), StartScope::ToldToReader));
    assert!(matches!(lines[1].content(), Some(StartContent::Statement(_))));
}

#[test]
fn scenes_are_named_by_label_or_title() {
    let [TimeKind::Order(Direction::After(Some(label))), TimeKind::Order(Direction::Before(Some(title)))] =
        &times("scene, after scene 6, before \"The end\"")[..]
    else {
        panic!()
    };
    assert!(matches!(label.name(), Some(SceneName::Label(token)) if token.text() == "6"));
    assert!(matches!(title.name(), Some(SceneName::Title(title)) if title.text() == "The end"));
}
