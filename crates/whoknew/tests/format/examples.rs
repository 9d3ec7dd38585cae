//! Each rule of the canonical form, by example.

use super::canonical::canonical;

fn formatted(text: &str) -> String {
    let file = whoknew::source::FileId::from_index(0);
    assert_eq!(whoknew::syntax::parse(file, text).errors, [], "{text}");
    canonical(text).expect("it has no mistakes")
}

#[test]
fn spaces_stand_where_they_belong() {
    let text = "\
kind person:character
person  Sally ,Anne( the   girl,Ann )
fact at ( what:character or thing ,who : person ) : place
fact  night \"it  is   night\"
action go(a:person)
  needs at( a )!=box  and not(at(a)=? or fear(a)>-  3*(2+1))
  makes for   all x:thing( near( x,a ) ),not  lit( )
  seen  by c as go( someone )if  c=a
want  Sally:1 if times( go( a )since scene 3 )>=2
sayable every thing t ,every place p:at(t)=p
start
  known to Sally , Anne :the marble is here
";
    insta::assert_snapshot!(formatted(text));
}

#[test]
fn sentences_keep_their_words_and_marks() {
    let text = "start\n  Ann ,Ben  and\tCarl have 1,000 or 1 , 000 coins , at 09:00\n  Ben has -  5 coins\n  Giles's   flat : ?\n";
    let expected =
        "start\n  Ann, Ben and Carl have 1,000 or 1, 000 coins, at 09:00\n  Ben has -5 coins\n  Giles's flat : ?\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn patterns_of_declarations_stand_below_each_other() {
    let text = "\
fact at(what: thing): place \"{what} is in {value}\"
  location
# the rest
fact night    \"it is night\"
rule a_rather_long_name(of: somebody, with: many_parameters) \"{of} is alone with {with}\"

fact day \"it is day\"
kind place
fact \"the safe is open\"
action go(who: person) \"{who} goes\"
";
    insta::assert_snapshot!(formatted(text));
}

#[test]
fn comments_at_line_ends_stand_below_each_other() {
    let text = "\
kind outdoors : place # sun
kind home : outdoors  # no sun
kind thing
kind ring : thing#gold
# alone
kind a : b # one
person Sally, Anne, Ben, Carl, Dora, Ella, Fred, Gina, Hugo, Ida, Jan, Karl, Lea, Max, Nora  # so many
kind c # two
";
    insta::assert_snapshot!(formatted(text));
}

#[test]
fn comments_stay_with_what_they_stand_by() {
    let text = "\
# the story

# its kinds
kind person
scene 1
       # first
    Sally waits
      # because she is early
      because \"want\"
      # after it
    # below the event
# before the next scene
scene 2
    # to be written
  # this too
scene 3
    Sally waits
# the end
";
    insta::assert_snapshot!(formatted(text));
}

#[test]
fn blank_lines_group() {
    let text = "\n\nkind a\n\n\n\nkind b\nkind c\nstart\n\n  Ann is here\n\n\n  Ben is here\n \n\ntold\n# one\n\nscene\n\n\n  # two\n\n  Ann waits\nfact x\n\n\n";
    let expected = "kind a\n\nkind b\nkind c\nstart\n  Ann is here\n\n  Ben is here\n\ntold\n# one\n\nscene\n  # two\n\n  Ann waits\nfact x\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn further_lines_keep_their_breaks() {
    let text = "\
action go(a: b,
 c: d
) \"{a} goes\"
  needs (near(a) or
          far(a))
      and not ( # why
     # because
      exists x: person (
   near(x)

    and far(x)
  )
 )
";
    insta::assert_snapshot!(formatted(text));
}

#[test]
fn long_formulas_are_broken_where_the_language_lets_them() {
    let words = |count: usize| (0..count).map(|number| format!("fact_{number}(who)")).collect::<Vec<_>>();
    let text = format!(
        "rule a(who: b)\n  when {} or {}\n  makes for all c: d (not so(c) if {})\n  makes {} # at once\n",
        words(5).join(" and "),
        words(3).join(" and "),
        words(7).join(" and "),
        words(16).join(" and ")
    );
    insta::assert_snapshot!(formatted(&text));
}

#[test]
fn what_cannot_be_broken_stays_long() {
    let name = format!("{} man", "very".repeat(40));
    for line in [
        format!("person the {name}"),
        format!("claim the {name} believes it and says so"),
        format!("fact a(b: c)  \"{{b}} is {name}\""),
        format!("want Ann: (1 if old({name})) + (1 if b)"),
    ] {
        let text = if line.starts_with("claim") { format!("scene\n  {line}\n") } else { format!("{line}\n") };
        assert_eq!(formatted(&text), text);
    }
}

#[test]
fn carriage_returns_alone_are_white_space() {
    assert_eq!(formatted("kind a # one\r: b # two\r\nkind\rc"), "# one\nkind a : b  # two\nkind c\n");
}

#[test]
fn texts_of_nothing_are_empty() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\u{FEFF}\r\n \n"), "");
    assert_eq!(formatted("# only this"), "# only this\n");
}

#[test]
fn mistakes_are_told_and_nothing_is_formatted() {
    assert_eq!(canonical("kind  a\nkind b c\n"), None);
}
