//! The events that plans may hold: all that could ever be possible, with what may be said and the numbers that occur
//! for the parameters that take a statement or a number.

use super::compile::Compiled;
use super::enumerate::combinations;
use super::{EventId, GroundError, Problem, errors};
use crate::diagnostic::grouped;
use crate::world::{ActionId, EventArgument, Expression, ParameterKind, say};
use std::sync::Arc;

impl Problem<'_> {
    /// The events that plans may hold, by action, arguments in order, the first slowest. To be called before the first situations
    /// are made, so that what their needs remember is remembered from the beginning.
    pub fn planned_events(&mut self) -> Result<Arc<[EventId]>, GroundError> {
        if let Some(planned) = &self.planned {
            return Ok(Arc::clone(planned));
        }
        let mut by_action: Vec<Vec<EventId>> = vec![Vec::new(); self.world.actions.len()];
        self.add_plain_events(&mut by_action)?;
        self.add_numbered_events(&mut by_action)?;
        self.add_sayings(&mut by_action)?;
        let planned: Arc<[EventId]> = by_action.concat().into();
        self.find_looks()?;
        self.planned = Some(Arc::clone(&planned));
        Ok(planned)
    }

    /// Plans may hold these events too, as those of a told story.
    pub fn plan_also(&mut self, events: &[EventId]) -> Result<(), GroundError> {
        let mut planned = self.planned_events()?.to_vec();
        for event in events {
            if !planned.contains(event) {
                planned.push(*event);
            }
        }
        self.planned = Some(planned.into());
        self.find_looks()
    }

    /// The actions that plans may hold.
    fn planned_actions(&self) -> impl Iterator<Item = ActionId> + use<> {
        let unplanned: Vec<bool> = self.world.actions.iter().map(|action| action.unplanned).collect();
        (0..unplanned.len()).filter(move |&index| !unplanned[index]).map(ActionId::from_index)
    }

    fn takes(&self, action: ActionId, wanted: &ParameterKind) -> bool {
        self.world.actions[action.index()].parameters.iter().any(|parameter| parameter.kind == *wanted)
    }

    fn add_plain_events(&mut self, by_action: &mut [Vec<EventId>]) -> Compiled<()> {
        let mut count = 0;
        for action in self.planned_actions() {
            if let Some(domains) = self.plain_domains(action) {
                self.require_few(action, &domains, count)?;
                self.events_of(action, &domains, &mut by_action[action.index()])?;
                count += by_action[action.index()].len();
            }
        }
        Ok(())
    }

    fn add_numbered_events(&mut self, by_action: &mut [Vec<EventId>]) -> Compiled<()> {
        let numbered: Vec<ActionId> = self
            .planned_actions()
            .filter(|&action| {
                self.takes(action, &ParameterKind::Number) && !self.takes(action, &ParameterKind::Statement)
            })
            .collect();
        if !numbered.is_empty() {
            let numbers = self.occurring_numbers();
            self.add_open_events(&numbered, &[], &numbers, by_action)?;
        }
        Ok(())
    }

    /// The events of actions that take numbers and no statements, with the numbers that occur.
    pub(crate) fn numbered_events(&mut self) -> Compiled<Vec<EventId>> {
        let mut by_action: Vec<Vec<EventId>> = vec![Vec::new(); self.world.actions.len()];
        self.add_numbered_events(&mut by_action)?;
        Ok(by_action.concat())
    }

    fn add_sayings(&mut self, by_action: &mut [Vec<EventId>]) -> Compiled<()> {
        let telling: Vec<ActionId> =
            self.planned_actions().filter(|&action| self.takes(action, &ParameterKind::Statement)).collect();
        if !telling.is_empty() {
            let known: Vec<EventId> = by_action.concat();
            let statements = self.sayable(&known)?;
            let numbers = self.occurring_numbers();
            self.add_open_events(&telling, &statements, &numbers, by_action)?;
        }
        Ok(())
    }

    fn add_open_events(
        &mut self,
        actions: &[ActionId],
        statements: &[Expression],
        numbers: &[f64],
        by_action: &mut [Vec<EventId>],
    ) -> Compiled<()> {
        let mut domains = Vec::with_capacity(actions.len());
        for &action in actions {
            domains.push((action, self.open_domains(action, statements, numbers)));
        }
        let count = domains.iter().fold(0, |all: usize, (_, one)| all.saturating_add(combinations(one)));
        if count > self.limits.sayings {
            return Err(self.too_much_to_say(&domains, statements));
        }
        for (action, domains) in &domains {
            let mut events = Vec::new();
            self.events_of(*action, domains, &mut events)?;
            events.retain(|&event| self.changes_something(event));
            by_action[action.index()] = events;
        }
        Ok(())
    }

    /// Whether the event changes anything, for whoever notices it in whatever way: what is only asked need not be tried
    /// with every statement.
    fn changes_something(&self, event: EventId) -> bool {
        let mut seen = vec![event];
        let mut next = 0;
        while let Some(&event) = seen.get(next) {
            next += 1;
            let ground = self.get(event);
            let remembered = !self.memories.of(ground.term().action).is_empty();
            if remembered || !ground.all_changes(&self.events.joins).is_empty() {
                return true;
            }
            for other in ground.appearances() {
                if !seen.contains(&other) {
                    seen.push(other);
                }
            }
        }
        false
    }

    fn open_domains(&self, action: ActionId, statements: &[Expression], numbers: &[f64]) -> Vec<Vec<EventArgument>> {
        let parameters = self.world.actions[action.index()].parameters.iter();
        let domain = parameters.map(|parameter| match &parameter.kind {
            ParameterKind::Statement => {
                statements.iter().map(|statement| EventArgument::Statement(Box::new(statement.clone()))).collect()
            }
            ParameterKind::Number => numbers.iter().map(|&number| EventArgument::Number(number)).collect(),
            kind => self.entity_arguments(kind),
        });
        domain.collect()
    }

    /// Names the action with the most uses, and what may be done about it.
    fn too_much_to_say(
        &self,
        domains: &[(ActionId, Vec<Vec<EventArgument>>)],
        statements: &[Expression],
    ) -> GroundError {
        let most = domains.iter().max_by_key(|(action, domains)| (combinations(domains), std::cmp::Reverse(*action)));
        let (count, action) = most.map_or((0, None), |(action, domains)| (combinations(domains), Some(*action)));
        let action = action.map(|action| &self.world.actions[action.index()]);
        let name = action.map_or("", |action| action.name.as_str());
        let limit = self.limits.sayings;
        let total = domains.iter().fold(0, |all: usize, (_, one)| all.saturating_add(combinations(one)));
        let uses = if total == count {
            format!("{} uses of the action “{name}”", grouped(count))
        } else {
            format!("{} uses of actions, {} of them of “{name}”", grouped(total), grouped(count))
        };
        let message = format!("plans would have to try {uses}; the limit for all is {}", grouped(limit));
        let mut error = GroundError::new(&errors::TOO_MANY_SAYINGS, message);
        let own = action.is_none_or(|action| self.world.is_own(action.span));
        error = error.help(if own {
            format!("to leave the action out of plans, put a line `unplanned` below `action {name}`")
        } else {
            format!("to leave the action out of plans, write `extend {name}` with a line `unplanned` below it")
        });
        if let Some(first) = statements.first() {
            let example = say::statement(self.world, first);
            error = error.help(format!(
                "{} statements may be said in plans, such as “{example}”: they come from needs, effects, rules, wants and \
                 aims of the story and from its `sayable` lines",
                statements.len()
            ));
        }
        error = error.help("narrower kinds for parameters, of facts too, make fewer uses");
        match action {
            Some(action) => error.or_at(action.span),
            None => error,
        }
    }
}
