//! How conditions and rules are printed that are more than statements.

use super::small_world::{event, small_world, statement};
use crate::world::{
    Arithmetic, Binding, Comparison, Expression, FluentId, FluentTerm, Quantifier, Term, VariableId, World, say,
};

fn read(world: &World, text: &str) -> Expression {
    statement(world, text).unwrap()
}

fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

fn fact(world: &World, name: &str, argument: Term) -> Expression {
    let fluent = world.fluents.iter().position(|fluent| fluent.name == name).unwrap();
    Expression::Fluent(FluentTerm { fluent: FluentId::from_index(fluent), arguments: vec![argument] })
}

#[test]
fn conditions_keep_their_brackets() {
    let world = small_world();
    let (dead, boxed_in) = (read(&world, "Sally is dead"), read(&world, "the marble is in the box"));
    let trusting = read(&world, "Sally trusts Anne");
    let either = Expression::Or(vec![dead.clone(), Expression::And(vec![boxed_in.clone(), trusting.clone()])]);
    assert_eq!(say::expression(&world, &either), "Sally is dead or (the marble is in the box and Sally trusts Anne)");
    let both = Expression::And(vec![trusting, Expression::Or(vec![dead, boxed_in])]);
    assert_eq!(say::expression(&world, &both), "Sally trusts Anne and (Sally is dead or the marble is in the box)");
    assert_eq!(say::formula(&world, &both), "trusts(Sally, Anne) and (not alive(Sally) or inside(marble) = box)");
}

#[test]
fn comparisons_without_a_pattern_are_formulas() {
    let world = small_world();
    let term = |name: &str| {
        let entity = world.entities.iter().position(|entity| entity.name == name).unwrap();
        Term::Entity(crate::world::EntityId::from_index(entity))
    };
    let fear = fact(&world, "fear", term("Sally"));
    let sum = Expression::Arithmetic(Arithmetic::Add, boxed(fear.clone()), boxed(Expression::Number(1.0)));
    let double = Expression::Arithmetic(Arithmetic::Multiply, boxed(sum), boxed(Expression::Number(2.0)));
    let more = Expression::Compare(Comparison::Greater, boxed(double), boxed(Expression::Number(3.5)));
    assert_eq!(say::expression(&world, &more), "(fear(Sally) + 1) * 2 > 3.5");
    let same = Expression::Compare(
        Comparison::Equal,
        boxed(fact(&world, "at", term("Sally"))),
        boxed(fact(&world, "at", term("Anne"))),
    );
    assert_eq!(say::expression(&world, &same), "at(Sally) = at(Anne)");
    let believed = Expression::Believes(term("Anne"), boxed(same));
    assert_eq!(say::expression(&world, &believed), "Anne believes that (at(Sally) = at(Anne))");
}

#[test]
fn variables_get_names() {
    let world = small_world();
    let x = VariableId::from_index(0);
    let alive = fact(&world, "alive", Term::Variable(x));
    let binding = Binding::new(x, vec![World::CHARACTER_KIND]);
    let all = Expression::Quantified(Quantifier::ForAll, binding, boxed(alive.clone()));
    assert_eq!(say::expression(&world, &all), "every character is alive");
    assert_eq!(say::expression_with(&world, &alive, &|_| "the victim".to_owned()), "the victim is alive");
}

#[test]
fn statements_and_events() {
    let world = small_world();
    for line in [
        "the marble is in the red box",
        "the marble is in no container",
        "it is not so that the marble is in no container",
        "Sally is nowhere",
        "Sally's best friend is nobody",
        "it is unknown whether Sally is alive",
        "Sally is dead",
        "it is not so that Sally trusts Anne",
        "Sally does not have the marble",
        "Sally believes that Anne does not know whether Miles is alive",
        "Sally wonders whether the marble is in this or that container",
        "nobody knows that the marble is in the box",
        "everyone believes that nobody knows whether Sally is alive",
        "not everyone believes that Sally is dead",
        "somebody does not know that Sally is dead",
        "only Sally knows that the marble is in the box",
        "only Sally and Anne know that the marble is in the box",
        "everyone but Sally and Anne wonders whether Miles is alive",
        "Sally believes that only Anne knows that nobody knows that Miles is alive",
        "Sally told Anne that the marble is not in the box",
        "it happened that Sally goes to Miles's flat",
        "it never happened that someone put something in the box",
        "Miles's best friend is Anne",
        "Anne feels minus 3 units of fear",
    ] {
        assert_eq!(say::statement(&world, &read(&world, line)), line);
    }
    let told = event(&world, "Anne tells Sally that Sally believes Miles is dead").unwrap();
    assert_eq!(say::event(&world, &told), "Anne tells Sally that Sally believes that Miles is dead");
    assert_eq!(say::past(&world, &told), "Anne told Sally that Sally believes that Miles is dead");
    assert_eq!(say::negated(&world, &read(&world, "Sally is dead")), "Sally is alive");
}

#[test]
fn lists_and_capitals() {
    assert_eq!(say::list(&["A"]), "A");
    assert_eq!(say::list(&["A", "B"]), "A and B");
    assert_eq!(say::list::<&str>(&[]), "");
    assert_eq!(say::capitalised("élan"), "Élan");
    assert_eq!(say::capitalised(""), "");
}
