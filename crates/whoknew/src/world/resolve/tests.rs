//! The `test` blocks of a story.

use super::scenes::ToldPart;
use super::{Resolver, Tree};
use crate::syntax::ast::{AstNode, Item, TestBlock, TestPart};
use crate::world::StoryTest;

impl Resolver<'_> {
    /// Resolves the test blocks of all files.
    pub(super) fn resolve_tests(&mut self, trees: &[Tree]) {
        for item in trees.iter().flat_map(|tree| tree.items()) {
            if let Item::Test(block) = item {
                let test = self.test(&block);
                self.world.tests.push(test);
            }
        }
    }

    /// A test tells a story of its own: its scenes are named apart from those of the story.
    fn test(&mut self, block: &TestBlock) -> StoryTest {
        let mut start = Vec::new();
        let mut parts: Vec<ToldPart> = Vec::new();
        for part in block.parts() {
            match (part, parts.last_mut()) {
                (TestPart::Start(block), _) => start.extend(self.start_block(&block)),
                (TestPart::Scene(scene), _) => parts.push(ToldPart::Scene(scene)),
                (TestPart::Line(line), Some(ToldPart::Lines(lines))) => lines.push(line),
                (TestPart::Line(line), _) => parts.push(ToldPart::Lines(vec![line])),
            }
        }
        let story = std::mem::take(&mut self.scene_names);
        self.name_scenes(&parts);
        let telling = self.telling(&parts);
        self.scene_names = story;
        let title = block.title().map(|title| title.text().to_owned()).unwrap_or_default();
        StoryTest { title, start, telling, span: block.span() }
    }
}
