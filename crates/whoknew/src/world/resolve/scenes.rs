//! The told story: scenes, their lines, and the lines below a line.

use super::scene_codes::{E0407, E0408, E0409, E0410, E0411};
use super::{Resolved, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Span};
use crate::syntax::ast::{
    self, AstNode, BelowLine, BelowLineKind, Forgotten, Name, SceneBlock, SceneLine, SceneLineKind, StringLiteral,
};
use crate::world::names::NameKey;
use crate::world::suggest::did_you_mean;
use crate::world::usage::Symbol;
use crate::world::{
    EntityId, EventArgument, EventTerm, Expectation, Expression, FluentTerm, Holder, Line, LineContent, Scene, SceneId,
    Spanned, Telling, Term, ToldEvent, UtilityId, ValueKind,
};

/// A part of what is told: a scene, or lines of a test outside of any scene.
#[derive(Clone, Debug)]
pub(crate) enum ToldPart {
    /// A scene.
    Scene(SceneBlock),
    /// Lines that make a scene of their own.
    Lines(Vec<SceneLine>),
}

impl ToldPart {
    /// The scene, if it is one.
    pub(super) fn scene(&self) -> Option<&SceneBlock> {
        match self {
            Self::Scene(scene) => Some(scene),
            Self::Lines(_) => None,
        }
    }

    fn lines(&self) -> Vec<SceneLine> {
        match self {
            Self::Scene(scene) => scene.lines().collect(),
            Self::Lines(lines) => lines.clone(),
        }
    }

    /// Where it is written.
    fn span(&self) -> Option<Span> {
        match self {
            Self::Scene(scene) => Some(scene.span()),
            Self::Lines(lines) => Some(lines.first()?.span()),
        }
    }
}

impl Resolver<'_> {
    /// What `parts` tell, in told order. Their names must be known ([`Resolver::name_scenes`]).
    pub(crate) fn telling(&mut self, parts: &[ToldPart]) -> Telling {
        let mut telling = Telling::default();
        for (index, part) in parts.iter().enumerate() {
            if let Some(span) = part.span() {
                telling.scenes.push(self.scene(part, SceneId::from_index(index), span));
            }
        }
        telling
    }

    fn scene(&mut self, part: &ToldPart, id: SceneId, span: Span) -> Scene {
        let block = part.scene();
        let mut scene = Scene {
            label: self.scene_names.label(id).to_owned(),
            title: block.and_then(SceneBlock::title).map(|title| title.text().to_owned()),
            times: Vec::new(),
            place: None,
            present: None,
            point_of_view: None,
            duration: None,
            offstage: block.is_some_and(SceneBlock::offstage),
            lines: Vec::new(),
            expectations: Vec::new(),
            span,
        };
        for time in block.into_iter().flat_map(SceneBlock::times) {
            scene.times.extend(self.scene_time(&time, id).unwrap_or_default());
        }
        let mut said: Vec<(&'static str, Span)> = Vec::new();
        for line in part.lines().iter().filter(|line| !self.broken.touch(line.span())).collect::<Vec<_>>() {
            // A line with a mistake is left out; the mistake is reported.
            let _ = self.scene_line(line, &mut scene, &mut said);
        }
        scene
    }

    fn scene_line(
        &mut self,
        line: &SceneLine,
        scene: &mut Scene,
        said: &mut Vec<(&'static str, Span)>,
    ) -> Resolved<()> {
        let span = line.span();
        match line.kind() {
            SceneLineKind::Place(name) => {
                self.once("at", span, said)?;
                scene.place = Some(Spanned { value: self.place(&name.ok_or(super::Reported)?)?, span });
            }
            SceneLineKind::Present(names) => {
                self.once("present", span, said)?;
                scene.present = Some(Spanned { value: self.characters(&names)?, span });
            }
            SceneLineKind::Through(name) => {
                self.once("through", span, said)?;
                scene.point_of_view = Some(self.certain_character(&name.ok_or(super::Reported)?)?);
            }
            SceneLineKind::Lasts(duration) => {
                self.once("lasts", span, said)?;
                scene.duration = Some(self.duration(&duration.ok_or(super::Reported)?)?);
            }
            SceneLineKind::Expect(expectation) => scene.expectations.extend(expectation.map(expected)),
            SceneLineKind::Allow => {}
            kind => {
                let mut below = self.below(line, &kind);
                let content = self.content(kind, &mut below)?;
                scene.lines.push(Line { content, expectations: below.expectations, span });
                return Ok(());
            }
        }
        for below in line.below() {
            self.misplaced(&below, "this line says nothing that could have lines below it");
        }
        Ok(())
    }

    fn once(&mut self, word: &'static str, span: Span, said: &mut Vec<(&'static str, Span)>) -> Resolved<()> {
        if let Some((_, first)) = said.iter().find(|(other, _)| *other == word) {
            let title = format!("the scene says `{word}` twice");
            let message = Diagnostic::new(&E0407, title, Some(span)).label(*first, "first here");
            let help = match word {
                "present" => "name all of them in one line; who comes or goes later does so in lines of their own",
                "at" => "a scene plays in one place: tell who goes elsewhere, and begin another scene there",
                "through" => "a scene is told through the eyes of one: begin another scene",
                _ => "leave out one of them",
            };
            return Err(self.report(message.help(help)));
        }
        said.push((word, span));
        Ok(())
    }

    /// Where a scene plays: a possible value of a fact marked `location`.
    fn place(&mut self, name: &Name) -> Resolved<EntityId> {
        let mut kinds = Vec::new();
        for fluent in self.world.fluents.iter().filter(|fluent| fluent.location) {
            if let ValueKind::Entity(places) = &fluent.value {
                kinds.extend(places.iter().copied());
            }
        }
        let place = self.wanting(&kinds, |resolver| resolver.entity(name))?;
        if kinds.is_empty() {
            let title = "no fact says where somebody is";
            let message = Diagnostic::new(&E0410, title, Some(name.span()));
            return Err(self.report(message.help("write `use std/places`, or mark a fact of your own with `location`")));
        }
        if place == self.world.someone() {
            return Err(self.report_someone(name.span(), "name the place, or leave this line out"));
        }
        if !self.entity_within(place, &kinds) {
            let title = format!("a scene cannot play at {}", self.world.entities[place.index()].name);
            let message = Diagnostic::new(&E0410, title, Some(name.span())).at(self.entity_is(place));
            let own = match self.world.entities[place.index()].kinds.as_slice() {
                [only] => Some(&self.world.kinds[only.index()]),
                _ => None,
            };
            let own =
                own.filter(|kind| kind.span.is_some_and(|span| self.sources.get(span.file).origin == Origin::Story));
            let wanted = self.any_of_kinds(&kinds);
            let help = match own {
                Some(kind) => {
                    let below = kinds.first().map_or("", |wanted| self.world.kinds[wanted.index()].name.as_str());
                    format!("a scene plays at {wanted}; if every {0} is one, write `kind {0} : {below}`", kind.name)
                }
                None => format!("a scene plays at {wanted}"),
            };
            return Err(self.report(message.help(help)));
        }
        Ok(place)
    }

    fn characters(&mut self, names: &[Name]) -> Resolved<Vec<EntityId>> {
        let found: Vec<Resolved<EntityId>> = names.iter().map(|name| self.certain_character(name)).collect();
        let mut characters: Vec<EntityId> = Vec::new();
        for character in found {
            let character = character?;
            if !characters.contains(&character) {
                characters.push(character);
            }
        }
        Ok(characters)
    }

    fn content(&mut self, kind: SceneLineKind, below: &mut Below) -> Resolved<LineContent> {
        use super::Reported;
        Ok(match kind {
            SceneLineKind::Event { offstage, event } => {
                LineContent::Event(self.told_event(&event.ok_or(Reported)?, offstage, below)?)
            }
            SceneLineKind::Conclusion { thinker, statement } => {
                let thinker = self.certain_character(&thinker.ok_or(Reported)?);
                let conclusion = self.asserted(&statement.ok_or(Reported)?)?;
                let premises = std::mem::take(&mut below.premises);
                LineContent::Conclusion { thinker: thinker?, conclusion, premises }
            }
            SceneLineKind::Claim(statement) => LineContent::Claim(self.statement(&statement.ok_or(Reported)?)?),
            SceneLineKind::Assume { statement, reason } => {
                let statement = self.assumed(&statement.ok_or(Reported)?)?;
                LineContent::Assumption { statement, reason: reason.map(|reason| reason.text().to_owned()) }
            }
            SceneLineKind::Reveal(statement) => LineContent::Reveal(self.asserted(&statement.ok_or(Reported)?)?),
            SceneLineKind::Drops { character, want } => {
                let character = self.certain_character(&character.ok_or(Reported)?)?;
                let want = self.named_want(&want.ok_or(Reported)?, &[character], true)?;
                LineContent::Drops { character, want: want.value }
            }
            SceneLineKind::Forgets { character, what } => {
                let character = self.certain_character(&character.ok_or(Reported)?);
                let facts = self.forgotten(&what.ok_or(Reported)?)?;
                LineContent::Forgets { character: character?, facts }
            }
            SceneLineKind::LosesTime(name) => LineContent::LosesTime(self.certain_character(&name.ok_or(Reported)?)?),
            SceneLineKind::Place(_)
            | SceneLineKind::Present(_)
            | SceneLineKind::Through(_)
            | SceneLineKind::Lasts(_)
            | SceneLineKind::Expect(_)
            | SceneLineKind::Allow => return Err(Reported),
        })
    }

    /// What is assumed: a statement, or a condition between counts.
    fn assumed(&mut self, statement: &ast::Statement) -> Resolved<Spanned<Expression>> {
        if let ast::Statement::Formula(_) = statement {
            let condition = self.statement(statement)?;
            if has_count(&condition.value) {
                return Ok(condition);
            }
            self.require_assertable(&condition.value, condition.span)?;
            return Ok(condition);
        }
        self.asserted(statement)
    }

    fn told_event(&mut self, event: &ast::Event, offstage: bool, below: &mut Below) -> Resolved<ToldEvent> {
        let event = self.told(event)?;
        let because = match below.because.take() {
            Some(want) => self.named_want(&want, &self.actors(&event), false).ok(),
            None => None,
        };
        Ok(ToldEvent {
            event,
            offstage,
            shown_as: below.shown_as.take(),
            because,
            noticed_by: std::mem::take(&mut below.noticed_by),
            unnoticed_by: std::mem::take(&mut below.unnoticed_by),
            clock: below.clock,
        })
    }

    /// Those whose choice an event is.
    fn actors(&self, event: &EventTerm) -> Vec<EntityId> {
        let action = &self.world.actions[event.action.index()];
        let actor = |term: &Term| match term {
            Term::Entity(entity) => Some(*entity),
            Term::Variable(variable) => match event.arguments.get(variable.index())? {
                EventArgument::Term(Term::Entity(entity)) => Some(*entity),
                _ => None,
            },
        };
        action.actors.iter().filter_map(actor).collect()
    }

    /// The want of this name, if possible of one of `holders`; if `strictly`, of nobody else.
    fn named_want(
        &mut self,
        name: &StringLiteral,
        holders: &[EntityId],
        strictly: bool,
    ) -> Resolved<Spanned<UtilityId>> {
        let key = NameKey::new(name.text());
        let labelled = self.world.utilities.iter().enumerate();
        let mut fitting: Vec<(UtilityId, Holder)> = labelled
            .filter(|(_, want)| want.label.as_ref().is_some_and(|label| NameKey::new(label) == key))
            .map(|(index, want)| (UtilityId::from_index(index), want.holder))
            .collect();
        let own = |(_, holder): &(UtilityId, Holder)| holders.iter().any(|&one| *holder == Holder::Character(one));
        fitting.sort_by_key(|want| !own(want));
        match fitting.first() {
            Some(want) if own(want) || !strictly => {
                self.used(Symbol::Utility(want.0), name.span());
                Ok(Spanned { value: want.0, span: name.span() })
            }
            Some(_) => {
                let names: Vec<&str> =
                    holders.iter().map(|holder| self.world.entities[holder.index()].name.as_str()).collect();
                let title = format!("{} has no want called \"{}\"", names.join(" and "), name.text());
                Err(self.report(Diagnostic::new(&E0408, title, Some(name.span())).at("this is somebody else's want")))
            }
            None if self.lacks_wants => Err(super::Reported),
            None => {
                let message =
                    Diagnostic::new(&E0408, format!("no want is called \"{}\"", name.text()), Some(name.span()));
                let labels = self.world.utilities.iter().filter_map(|want| want.label.as_deref());
                let message = match did_you_mean(name.text(), labels) {
                    Some(question) => message.help(question),
                    None => {
                        let holder = holders.first().map(|holder| self.world.entities[holder.index()].name.as_str());
                        let holder = holder.unwrap_or("NAME");
                        message.help(format!("it is declared with its name: `want {holder} \"{}\": …`", name.text()))
                    }
                };
                Err(self.report(message))
            }
        }
    }

    /// The facts that become unknown.
    fn forgotten(&mut self, what: &Forgotten) -> Resolved<Vec<FluentTerm>> {
        match what {
            Forgotten::Fact(call) => Ok(vec![self.made_fact(call, &mut Scope::default())?]),
            Forgotten::Statement(statement) => {
                let stated = self.asserted(statement)?;
                let mut facts = Vec::new();
                if forgettable(&stated.value, &mut facts) {
                    return Ok(facts);
                }
                let title = "only a fact with a value can be forgotten";
                let message = Diagnostic::new(&E0411, title, Some(stated.span));
                Err(self.report(
                    message.help(
                        "what somebody believes, or what happened, is no fact: name a fact that followed from it",
                    ),
                ))
            }
        }
    }

    /// Reads the lines below a line; those that say nothing about it are reported.
    fn below(&mut self, line: &SceneLine, kind: &SceneLineKind) -> Below {
        let mut below = Below::default();
        let event = matches!(kind, SceneLineKind::Event { .. });
        let thought = matches!(kind, SceneLineKind::Conclusion { .. });
        for part in line.below() {
            match part.kind() {
                BelowLineKind::Expect(expectation) => below.expectations.extend(expectation.map(expected)),
                BelowLineKind::Allow => {}
                BelowLineKind::From(statement) if thought => {
                    below.premises.extend(statement.and_then(|premise| self.statement(&premise).ok()));
                }
                BelowLineKind::From(_) => self.misplaced(&part, "premises stand below a thought: `X concludes that …`"),
                // What is no name of a want was told already.
                BelowLineKind::Because(None) if thought => {}
                BelowLineKind::Because(Some(_)) if thought => self.misplaced(
                    &part,
                    "a thought serves no want: what somebody concludes it from stands behind `from`: `from the letter is here`",
                ),
                _ if !event => self.misplaced(&part, "such a line stands below something that happens"),
                BelowLineKind::Because(want) => below.because = want,
                BelowLineKind::ShownAs(event) => below.shown_as = event.and_then(|event| self.told(&event).ok()),
                BelowLineKind::NoticedBy(names) => {
                    below.noticed_by.extend(self.characters(&names).unwrap_or_default());
                }
                BelowLineKind::UnnoticedBy(names) => {
                    below.unnoticed_by.extend(self.characters(&names).unwrap_or_default());
                }
                BelowLineKind::Clock(minute) => below.clock = minute,
            }
        }
        below
    }

    fn misplaced(&mut self, line: &BelowLine, help: &str) {
        let title = "this line says nothing about the line above it";
        self.report(Diagnostic::new(&E0409, title, Some(line.span())).help(help));
    }
}

/// What the lines below a line say.
#[derive(Default)]
struct Below {
    premises: Vec<Spanned<Expression>>,
    because: Option<StringLiteral>,
    shown_as: Option<EventTerm>,
    noticed_by: Vec<EntityId>,
    unnoticed_by: Vec<EntityId>,
    clock: Option<u32>,
    expectations: Vec<Expectation>,
}

fn expected(expectation: ast::Expectation) -> Expectation {
    Expectation {
        code: expectation.code.text().to_owned(),
        reason: expectation.reason.map(|reason| reason.text().to_owned()),
        span: expectation.span,
    }
}

fn has_count(condition: &Expression) -> bool {
    match condition {
        Expression::Times { .. } => true,
        Expression::Not(inner) => has_count(inner),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().any(has_count),
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            has_count(left) || has_count(right)
        }
        _ => false,
    }
}

/// Collects the facts of a statement that is made of facts with values only.
fn forgettable(statement: &Expression, facts: &mut Vec<FluentTerm>) -> bool {
    match statement {
        Expression::Fluent(fact) => {
            facts.push(fact.clone());
            true
        }
        Expression::Not(inner) => forgettable(inner, facts),
        Expression::Compare(_, left, _) => forgettable(left, facts),
        Expression::And(parts) => parts.iter().all(|part| forgettable(part, facts)),
        _ => false,
    }
}
