//! Calls every accessor of the typed tree, as its readers do. Shared by tests and fuzz targets.

use whoknew::syntax::{
    Parse,
    ast::{AstNode, BelowLine, Item, SceneBlock, SceneLine, SceneReference, StartBlock, TestPart, TimeKind},
};

/// Every value that the tree holds, as text.
pub fn walk(parse: &Parse) -> String {
    let file = parse.file();
    let mut out = format!("{:?}\n", file.span());
    for item in file.items() {
        out += &format!("{:?}\n", item.span());
        walk_item(&item, &mut out);
    }
    out
}

fn walk_item(item: &Item, out: &mut String) {
    match item {
        Item::Story(story) => out.push_str(&format!("{:?}", story.title().map(|title| title.text().to_owned()))),
        Item::Use(line) => line.paths().for_each(|path| out.push_str(&path.text())),
        Item::Kind(kind) => {
            out.push_str(&format!("{:?}", kind.name()));
            kind.parents().for_each(|name| out.push_str(&name.text()));
        }
        Item::Entities(line) => {
            out.push_str(&format!("{} {}", line.minor(), line.kinds().count()));
            for entity in line.entities() {
                out.push_str(&format!("{:?} {}", entity.name(), entity.aliases().count()));
            }
        }
        Item::Fact(fact) => {
            out.push_str(&format!("{:?} {:?} {}", fact.name(), fact.pattern(), fact.value_kinds().count()));
            fact.parameters()
                .for_each(|group| out.push_str(&format!("{}{}", group.names().count(), group.kinds().count())));
            fact.lines().for_each(|line| out.push_str(&format!("{:?} {:?}", line.kind(), line.span())));
        }
        Item::Action(action) => {
            out.push_str(&format!("{:?} {:?} {}", action.name(), action.pattern(), action.parameters().count()));
            action.lines().for_each(|line| out.push_str(&format!("{:?} {:?}", line.kind(), line.span())));
        }
        Item::Rule(rule) => {
            out.push_str(&format!("{:?} {:?} {}", rule.name(), rule.pattern(), rule.parameters().count()));
            rule.lines().for_each(|line| out.push_str(&format!("{:?} {:?}", line.kind(), line.span())));
        }
        Item::Extend(extension) => {
            out.push_str(&format!("{:?}", extension.name()));
            extension.lines().for_each(|line| out.push_str(&format!("{:?} {:?}", line.kind(), line.span())));
        }
        Item::Want(want) => out.push_str(&format!("{:?} {:?} {:?}", want.holder(), want.label(), want.value())),
        Item::Aim(aim) => out.push_str(&format!("{:?} {:?}", aim.label(), aim.value())),
        Item::Sayable(sayable) => {
            let every = sayable.every().map(|every| (every.kinds(), every.variable())).collect::<Vec<_>>();
            out.push_str(&format!("{every:?} {:?}", sayable.statement()));
        }
        Item::Start(start) => walk_start(start, out),
        Item::Told(told) => out.push_str(&format!("{told:?}")),
        Item::Scene(scene) => walk_scene(scene, out),
        Item::Test(test) => {
            out.push_str(&format!("{:?}", test.title().map(|title| title.inner_span())));
            for part in test.parts() {
                match part {
                    TestPart::Start(start) => walk_start(&start, out),
                    TestPart::Scene(scene) => walk_scene(&scene, out),
                    TestPart::Line(line) => walk_line(&line, out),
                }
            }
        }
    }
}

fn walk_start(start: &StartBlock, out: &mut String) {
    for line in start.lines() {
        out.push_str(&format!("{:?} {:?} {:?}", line.scope(), line.content(), line.span()));
    }
}

fn walk_scene(scene: &SceneBlock, out: &mut String) {
    out.push_str(&format!("{} {:?} {:?}", scene.offstage(), scene.label(), scene.title()));
    for time in scene.times() {
        let kind = time.kind();
        if let Some(TimeKind::Between(first, second)) = &kind {
            walk_reference(first, out);
            walk_reference(second, out);
        }
        if let Some(TimeKind::Distance { duration, .. }) = &kind {
            out.push_str(&duration.minutes().to_string());
        }
        out.push_str(&format!("{kind:?} {:?}", time.span()));
    }
    scene.lines().for_each(|line| walk_line(&line, out));
}

fn walk_reference(reference: &SceneReference, out: &mut String) {
    out.push_str(&format!("{:?}", reference.name()));
}

fn walk_line(line: &SceneLine, out: &mut String) {
    out.push_str(&format!("{:?} {:?}", line.kind(), line.span()));
    line.below().for_each(|below: BelowLine| out.push_str(&format!("{:?} {:?}", below.kind(), below.span())));
}
