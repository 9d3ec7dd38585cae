//! A plan for people.

use super::amounts;
use super::options::PlanOptions;
use super::result::{Best, Outcome, Planned, Restless, Stop};
use crate::output::Output;
use crate::watchdog::{self, Told};
use whoknew::diagnostic::grouped;
use whoknew::plan;
use whoknew::plan::say::{self, Act, Line};
use whoknew::world::{Holder, World};

/// Steps of indentation.
const INDENT: usize = 3;

/// The whole answer.
pub fn planned(options: &PlanOptions, planned: &Planned, world: Option<&World>, output: &Output) -> String {
    let (width, bold) = (output.width(), output.is_colored());
    let told = |acts: &[Act]| told(acts, width, bold);
    // What it cost is for whoever waited; elsewhere the same question gets the same text.
    let cost = if output.is_terminal() { cost(planned) } else { String::new() };
    match &planned.outcome {
        Outcome::Found(acts) => {
            let title =
                format!("A plan of {}{}. Everybody who acts has a reason.", count(acts.len(), "act"), from(planned));
            let several = world.map(|world| several_aims(world, options)).unwrap_or_default();
            let least = if proved_shortest(options, acts) {
                "No plan within the limits is shorter."
            } else {
                "There may be a shorter plan: --shortest finds out."
            };
            let untold = untold(world, planned);
            format!("{title}\n\n{}\n{}", told(acts), paragraph(&format!("{least}{several}{cost}{untold}"), width))
        }
        Outcome::NoneWithinLimits => {
            let said = match world {
                Some(world) if nobody_wants(world) => NOBODY_WANTS.to_owned(),
                _ => none(options, planned),
            };
            paragraph(&format!("{said}{cost}{}", untold(world, planned)), width)
        }
        Outcome::Stopped { by, best } => {
            let stop = stopped(*by, options);
            let (said, acts) = match best {
                None => {
                    ("Nothing that leads nearer to the aim was found until then; there may be a plan.".to_owned(), None)
                }
                Some(best) => (best_so_far(best), Some(&best.acts)),
            };
            let untold = untold(world, planned);
            let said = paragraph(&format!("{stop}{cost} {said}{untold}"), width);
            said + &acts.map(|acts| format!("\n{}", told(acts))).unwrap_or_default()
        }
    }
}

/// How to plan for one of several aims.
fn several_aims(world: &World, options: &PlanOptions) -> String {
    let aims = plan::count_aims(world);
    match plan::named_aims(world).next() {
        Some(name) if aims > 1 && options.aims().is_empty() => {
            format!(" It raises the sum of the {aims} aims; --aim \"{name}\" plans for that one alone.")
        }
        None if aims > 1 => {
            format!(" It raises the sum of the {aims} aims; one that has a name can be chosen with --aim.")
        }
        _ => String::new(),
    }
}

/// Whether no plan can be shorter: one act is always needed.
pub fn proved_shortest(options: &PlanOptions, acts: &[Act]) -> bool {
    options.shortest || acts.len() == 1
}

const NOBODY_WANTS: &str = "No plan: nobody in the story wants anything, so nobody has a reason to act. Say what the \
                            characters want, as in `want Ada: at(Ada) = garden`.";

/// Whether no character has a want.
fn nobody_wants(world: &World) -> bool {
    world.utilities.iter().all(|utility| utility.holder == Holder::Author)
}

/// Where the plan begins, if that is not the start.
fn from(planned: &Planned) -> String {
    match &planned.from {
        Some(point) if point.starts_with("scene") => format!(" that begins after {point}"),
        Some(point) => format!(" that begins at {point}"),
        None => String::new(),
    }
}

/// That told scenes play no part, where somebody may think that they do.
fn untold(world: Option<&World>, planned: &Planned) -> String {
    match world.map_or(0, |world| world.telling.scenes.len()) {
        scenes if scenes > 0 && planned.from.is_none() => {
            let scenes = if scenes == 1 {
                "the scene that is told is".to_owned()
            } else {
                format!("the {scenes} scenes that are told are")
            };
            format!(" The plan begins at the story's start: {scenes} left aside. --from SCENE begins after that scene.")
        }
        _ => String::new(),
    }
}

fn none(options: &PlanOptions, planned: &Planned) -> String {
    if let Some(aim) = options.least().filter(|&aim| aim > planned.aim_at_most) {
        return format!("No plan can bring the aim to {aim}: it never comes to more than {}.", planned.aim_at_most);
    }
    if planned.aim_at_start.is_some_and(|start| start >= planned.aim_at_most) {
        return format!(
            "No plan brings the author nearer to the aim: {} the aim comes to {} already, and it never comes to more.",
            if planned.from.is_some() { "there" } else { "at the start" },
            planned.aim_at_most
        );
    }
    let at_start = planned.aim_at_start;
    let (max_steps, max_imagined, max_nesting) = (options.steps(), options.imagined(), options.nesting());
    let aim = match options.least() {
        Some(aim) => format!("brings the aim to {aim}"),
        None => "brings the author nearer to the aim".to_owned(),
    };
    let met = match at_start {
        Some(start) if start > 0.0 || options.least().is_some_and(|aim| start >= aim) => {
            let there = if planned.from.is_some() { "There" } else { "At the start" };
            format!(" {there} the aim comes to {start} already; a plan must bring it above that.")
        }
        _ => String::new(),
    };
    format!(
        "No plan{} {aim} within these limits: at most {} (--max-steps {max_steps}), in which characters imagine at most {} \
         (--max-imagined {max_imagined}) and reasons rest on reasons at most {} deep (--max-nesting {max_nesting}). \
         Everything within them was tried. With higher limits there may be a plan.{met}{}",
        from(planned),
        count(usize::from(max_steps), "act"),
        count(usize::from(max_imagined), "act"),
        count(usize::from(max_nesting), "level"),
        planned.restless.as_ref().map(left_out).unwrap_or_default(),
    )
}

/// ` Left out: …`
fn left_out(restless: &Restless) -> String {
    let rules = match &restless.rule {
        Some(rule) => format!("the rule “{rule}” applies again and again"),
        None => "rules apply again and again".to_owned(),
    };
    format!(
        " Left out is what rules never come to rest after: once this has happened, {rules}: {} (H09).",
        restless.event
    )
}

fn stopped(by: Stop, options: &PlanOptions) -> String {
    match by {
        Stop::Interrupt => watchdog::said(Told::Interrupt, None),
        Stop::Timeout => watchdog::said(Told::Timeout, options.timeout),
        Stop::States => {
            let states = grouped(options.states());
            format!("Stopped: {states} situations were computed; --max-states allows for more.")
        }
        Stop::Memory => {
            let size = amounts::size(options.memory());
            format!("Stopped: the search takes more than {size} of memory; --max-memory allows for more.")
        }
    }
}

fn best_so_far(best: &Best) -> String {
    let acts = count(best.acts.len(), "act");
    if best.reaches_aim {
        let at_least = count(best.at_least, "act");
        return format!("This plan of {acts} was found; a shorter one, of {at_least} or more, may exist:");
    }
    format!("This is no whole plan: {acts} with which one may begin, the nearest to the aim that was found:")
}

fn cost(planned: &Planned) -> String {
    format!(
        " ({}, {} situations, {})",
        amounts::time(planned.elapsed),
        grouped(planned.states as u64),
        amounts::size(planned.bytes)
    )
}

/// The acts with their reasons, on lines of at most `width` columns; those of the plan itself stand out.
fn told(acts: &[Act], width: usize, bold: bool) -> String {
    let line = |line: &Line| {
        let text = laid_out(line, width);
        let is_act = line.depth == 0 && !line.mark.is_empty();
        if bold && is_act { format!("\x1b[1m{}\x1b[0m\n", text.trim_end()) } else { text }
    };
    say::lines(acts).iter().map(line).collect()
}

fn laid_out(line: &Line, width: usize) -> String {
    let mark = if line.mark.is_empty() { String::new() } else { format!("{} ", line.mark) };
    let indent = " ".repeat(line.depth * INDENT);
    let hanging = indent.len() + mark.len();
    wrapped(&line.text, (&format!("{indent}{mark}"), hanging), width)
}

fn paragraph(text: &str, width: usize) -> String {
    wrapped(text, ("", 0), width)
}

/// The words of `text` on lines; the first begins with the given text, the others with so many blanks.
fn wrapped(text: &str, (first, hanging): (&str, usize), width: usize) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines += &line;
            lines.push('\n');
            line = " ".repeat(hanging);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    lines + &line + "\n"
}

/// `1 act`, `2 acts`
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_hang_below_their_beginning() {
        let line = Line { depth: 1, mark: "-".into(), text: "one two three four".into() };
        assert_eq!(laid_out(&line, 14), "   - one two\n     three\n     four\n");
        assert_eq!(laid_out(&line, 1), "   - one\n     two\n     three\n     four\n");
    }
}
