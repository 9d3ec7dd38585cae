//! What somebody wants, and whether it is met, in truth and in what they believe.

use super::{Answer, Asked, Result, Said, Verdict};
use crate::ground::Value;
use crate::world::{EntityId, Expression, Holder, UtilityId, say};

impl Asked<'_, '_, '_> {
    /// The wants of `who`.
    pub(super) fn wants(&mut self, who: EntityId) -> Result<Answer> {
        let name = self.name(who);
        let wants: Vec<UtilityId> = self.story.run.situations.problem().utilities_of(Holder::Character(who)).collect();
        let says = match wants.len() {
            0 => format!("The story gives {name} no want"),
            1 => format!("{name} has one want"),
            count => format!("{name} has {count} wants"),
        };
        let mut answer = Answer::new(Verdict::Facts, says);
        for want in wants {
            let said = self.want(who, want)?;
            answer.facts.push(said);
        }
        Ok(answer)
    }

    fn want(&mut self, who: EntityId, want: UtilityId) -> Result<Said> {
        let world = self.story.world();
        let utility = &world.utilities[want.index()];
        let amount = self.story.run.situations.problem().utility(want).clone();
        let mind = self.view(&[who])?;
        let situations = &mut self.story.run.situations;
        let (so, believed) = (situations.evaluate(self.state, &amount)?, situations.evaluate(mind, &amount)?);
        let label = utility.label.as_ref().map_or_else(String::new, |label| format!("“{label}”: "));
        let what = say::expression(world, &utility.value);
        let name = self.name(who);
        let state = if is_condition(&utility.value) {
            let met = |value: Value| value.as_number().is_some_and(|number| number > 0.0);
            match (met(so), met(believed)) {
                (true, true) => "met, and believed to be met".to_owned(),
                (true, false) => format!("met, but {name} does not believe so"),
                (false, true) => format!("not met, but {name} believes that it is"),
                (false, false) => "not met".to_owned(),
            }
        } else {
            let number = |value: Value| value.as_number().map_or("unknown".to_owned(), say::number);
            if so == believed {
                format!("now {}; the more, the better", number(so))
            } else {
                format!("now {}, {name} believes {}; the more, the better", number(so), number(believed))
            }
        };
        Ok(Said { text: format!("{label}{what} ({state})"), scene: None, span: Some(utility.span) })
    }
}

/// Whether a want is met or not, with nothing between.
fn is_condition(value: &Expression) -> bool {
    match value {
        Expression::If(tests, otherwise) => {
            **otherwise == Expression::Number(0.0)
                && tests.iter().all(|(_, number)| matches!(number, Expression::Number(number) if *number > 0.0))
        }
        _ => false,
    }
}
