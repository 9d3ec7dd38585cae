//! The page of `whoknew report` in a real browser: what a reader can see, choose, find and print.
//!
//! Without a browser these tests are passed over with a word; with WHOKNEW_BROWSER_REQUIRED set they fail then. With
//! WHOKNEW_PICTURES set to a folder, pictures of the pages are put there for somebody to look at.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod devtools;
mod large_story;
#[path = "../program/mod.rs"]
mod program;

use devtools::Browser;
use program::{Story, whoknew};
use serde_json::json;
use std::fs;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

/// A page in a browser, and the folder that holds it.
struct Page {
    browser: Browser,
    file: PathBuf,
    _folder: Story,
}

impl Deref for Page {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}

/// The page of the story at `path`, opened; nothing where no browser is installed.
fn page(path: &str, place: &str) -> Option<Page> {
    page_of(Story::new(), path, place)
}

/// The same for a story inside `folder`.
fn page_of(folder: Story, path: &str, place: &str) -> Option<Page> {
    let program = devtools::installed()?;
    let file = folder.path().join("page.html");
    let inside = folder.path().join(path);
    let path = if inside.exists() { inside.to_string_lossy().into_owned() } else { path.to_owned() };
    let run = whoknew(&["report", &path, "-o", &file.to_string_lossy()]).run();
    assert_eq!(run.status, Some(0), "{}{}", run.output, run.complaint);
    let mut browser = Browser::start(&program, &folder.path().join("browser"));
    browser.open(&file, place);
    Some(Page { browser, file, _folder: folder })
}

const SLUMBER: &str = "stories/slumber";

/// The words of the cell of `who` about the fact whose row begins with `statement`.
fn cell(browser: &mut Browser, statement: &str, who: &str) -> String {
    browser.text(&format!(
        "(() => {{
            const names = [...document.querySelectorAll('#grid .head > div')].map((node) => node.textContent);
            const row = [...document.querySelectorAll('#grid .row')].find((node) => node.querySelector('.fact').textContent.startsWith({}));
            return row ? row.children[names.indexOf({})].getAttribute('aria-label') : 'no such row';
        }})()",
        json!(statement), json!(who)
    ))
}

fn filter(browser: &mut Browser, text: &str) {
    browser.evaluate("document.querySelector('#matrix input[type=search]').focus()");
    browser.write(text);
}

/// Puts a picture where somebody can look at it, if that is wanted.
fn picture(browser: &mut Browser, name: &str) {
    let picture = browser.picture();
    assert!(picture.starts_with(b"\x89PNG"), "a picture is a picture");
    if let Some(folder) = std::env::var_os("WHOKNEW_PICTURES") {
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(Path::new(&folder).join(name), picture))
            .expect("it can be written");
    }
}

#[test]
fn the_slider_moves_through_the_story() {
    let Some(mut browser) = page(SLUMBER, "tab=matrix&scene=0") else { return };
    filter(&mut browser, "willow is on holiday");
    assert_eq!(
        cell(&mut browser, "Willow is not on holiday", "Buffy"),
        "Buffy knows that Willow is not on holiday with her parents"
    );
    browser.evaluate("document.querySelector('#slider').focus()");
    for _ in 0..6 {
        browser.press("ArrowRight");
    }
    assert!(browser.text("document.querySelector('#where').textContent").contains("The excuse"));
    assert_eq!(
        cell(&mut browser, "Willow is not on holiday", "Buffy"),
        "Buffy wrongly believes that Willow is on holiday with her parents (new in this scene)"
    );
    let willow = cell(&mut browser, "Willow is not on holiday", "Willow");
    assert!(willow.starts_with("Willow knows"), "{willow}");
    browser.assert_quiet();
}

#[test]
fn beliefs_about_beliefs_can_be_chosen() {
    let Some(mut browser) = page(SLUMBER, "tab=matrix&scene=11") else { return };
    assert!(browser.text("document.querySelector('#where').textContent").contains("The warning"));
    filter(&mut browser, "willow is in danger");
    let choose = "(() => { const menu = document.querySelector('#matrix select'); \
        menu.value = [...menu.options].find((option) => option.text === 'what Spike believes').value; menu.dispatchEvent(new Event('change')); })()";
    browser.evaluate(choose);
    browser.settle();
    let seen = cell(&mut browser, "Willow is in danger", "Buffy");
    assert!(seen.starts_with("Spike believes that Buffy believes that Willow is safe"), "{seen}");
    browser.assert_quiet();
}

#[test]
fn search_finds_and_leads_there() {
    let Some(mut browser) = page(SLUMBER, "") else { return };
    browser.press("/");
    assert_eq!(browser.text("document.activeElement.id"), "search");
    browser.write("orb carries");
    let shown = browser.number("document.querySelectorAll('#results [id^=result-]').length");
    assert!(shown > 0.0);
    assert!(browser.holds("[...document.querySelectorAll('#results [id^=result-] .text')].every((node) => /orb/i.test(node.textContent) && /carries/i.test(node.textContent))"));
    browser.evaluate("document.querySelector('#search').value = ''");
    browser.write("willow is on holiday parents");
    assert!(browser.holds("document.querySelector('#results mark')"));
    browser.press("ArrowDown");
    browser.press("Enter");
    assert!(browser.holds("document.querySelector('#results').hidden"));
    browser.press("/");
    browser.write("no such words anywhere");
    assert!(browser.text("document.querySelector('#results').textContent").contains("Nothing holds"));
    browser.assert_quiet();
}

#[test]
fn the_keyboard_reaches_everything() {
    let Some(mut browser) = page(SLUMBER, "") else { return };
    for (key, tab) in [("2", "matrix"), ("3", "flow"), ("4", "findings"), ("1", "timeline")] {
        browser.press(key);
        assert!(!browser.holds(&format!("document.querySelector('#{tab}').hidden")), "{key} shows {tab}");
        assert_eq!(browser.text("document.querySelector('[role=tab][aria-selected=true]').id"), format!("tab-{tab}"));
    }
    let here = "document.querySelector('#where').textContent";
    let first = browser.text(here);
    browser.press(".");
    assert_ne!(browser.text(here), first);
    browser.press(",");
    assert_eq!(browser.text(here), first);
    browser.press("n");
    assert!(browser.text("document.querySelector('#scene').textContent").contains("note"), "a scene with a finding");
    browser.press("?");
    assert!(browser.holds("document.querySelector('#help').open"));
    browser.press("Escape");
    assert!(!browser.holds("document.querySelector('#help').open"));
    browser.press("2");
    browser.evaluate("document.querySelector('#grid').focus()");
    browser.press("ArrowDown");
    browser.press("ArrowRight");
    assert_eq!(browser.text("document.querySelector('#grid').getAttribute('aria-activedescendant')"), "cell-1-1");
    assert!(browser.holds("document.querySelector('#saying').textContent.length > 10"));
    browser.press("Enter");
    assert!(!browser.holds("document.querySelector('#flow').hidden"), "Enter shows how it spread");
    browser.evaluate("document.activeElement.blur()");
    for _ in 0..8 {
        browser.press("Tab");
        let visible = "(() => { const { activeElement } = document; const style = getComputedStyle(activeElement); \
            const next = activeElement.nextElementSibling; const beside = next ? getComputedStyle(next).outlineStyle : 'none'; \
            return style.outlineStyle !== 'none' || beside !== 'none'; })()";
        assert!(browser.holds(visible), "{}", browser.text("document.activeElement.outerHTML"));
    }
    browser.assert_quiet();
}

#[test]
fn lanes_and_orders_switch() {
    let Some(mut browser) = page(SLUMBER, "") else { return };
    let lanes = "[...document.querySelectorAll('#timeline .lane-label')].map((node) => node.textContent).join('|')";
    assert!(browser.text(lanes).starts_with("Spike|Willow|Tara"));
    browser.press("l");
    assert!(browser.text(lanes).starts_with("the park|the campus"), "{}", browser.text(lanes));
    browser.press("l");
    let both = browser.text(lanes);
    assert!(both.contains("Spike") && both.contains("the park"));
    let order = "[...document.querySelectorAll('#timeline [role=option]')].map((node) => node.id).join(' ')";
    let told = browser.text(order);
    let chosen = "Number(document.querySelector('#timeline rect.chosen').getAttribute('x'))";
    let before = browser.number(chosen);
    browser.press(".");
    assert!(browser.number(chosen) > before, "the mark moves with the scene");
    assert_eq!(browser.text("document.querySelector('#timeline [aria-selected=true]').id"), "column-1");
    browser.press("o");
    let happened = browser.text(order);
    assert_ne!(told, happened);
    let sorted = |text: &str| {
        let mut parts: Vec<String> = text.split(' ').map(str::to_owned).collect();
        parts.sort();
        parts
    };
    assert_eq!(sorted(&told), sorted(&happened), "the same scenes in another order");
    assert!(
        browser.number("document.querySelectorAll('#timeline .link.moved').length") >= 2.0,
        "scenes told out of order are drawn so"
    );
    browser.evaluate("[...document.querySelectorAll('#timeline button.lane-label')].find((node) => node.textContent === 'Willow').click()");
    browser.settle();
    assert!(browser.holds("document.querySelector('#timeline polyline.trace')"), "her way through the places");
    browser.assert_quiet();
}

#[test]
fn knowledge_flows_from_mouth_to_ear() {
    let Some(mut browser) = page(SLUMBER, "tab=flow") else { return };
    let choose = |name: &str| {
        format!(
            "(() => {{ const menu = document.querySelector('#fact'); \
          menu.value = [...menu.options].find((option) => option.text === {}).value; menu.dispatchEvent(new Event('change')); }})()",
            json!(name)
        )
    };
    browser.evaluate(&choose("Willow is on holiday with her parents"));
    browser.settle();
    let list = browser.text("document.querySelector('.story-of').textContent");
    assert!(
        list.contains("now wrongly believe that Willow is on holiday with her parents — told by Tara: a lie"),
        "{list}"
    );
    assert!(browser.holds("document.querySelector('.spread path.told.lied')"), "a lie is drawn as one");
    assert!(browser.holds("document.querySelector('.spread line.stretch.wrong')"));
    browser.evaluate(&choose("Willow telephoned Buffy"));
    browser.settle();
    let list = browser.text("document.querySelector('.story-of').textContent");
    assert!(list.contains("Buffy now wrongly believes that Willow telephoned Buffy"), "{list}");
    assert!(list.contains("told by Buffy"), "{list}");
    browser.assert_quiet();
}

#[test]
fn findings_stand_beside_their_scenes() {
    let Some(mut browser) = page(SLUMBER, "tab=findings") else { return };
    let all = browser.text("document.querySelector('#findings').textContent");
    for part in ["H02", "H04", "H07", "The author expects it", "expected error"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    browser.evaluate("[...document.querySelectorAll('#findings article')].find((node) => node.textContent.includes('H02')).querySelector('.place a').click()");
    browser.settle();
    let scene = browser.text("document.querySelector('#scene').textContent");
    assert!(scene.contains("Scene 12") && scene.contains("no way of knowing"), "{scene}");
    browser.press("1");
    assert!(browser.number("document.querySelectorAll('#timeline .mark.expected').length") >= 4.0);
    browser.assert_quiet();
}

#[test]
fn light_dark_wide_and_narrow() {
    let Some(mut browser) = page(SLUMBER, "tab=timeline&lanes=both&scene=14") else { return };
    let light = "(() => { const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number); return red + green + blue > 384; })()";
    browser.media("", "light");
    assert!(browser.holds(light));
    browser.media("", "dark");
    assert!(!browser.holds(light));
    browser.press("t");
    assert!(browser.holds(light), "chosen light, though the system is dark");
    browser.media("", "light");
    browser.press("t");
    assert!(!browser.holds(light), "chosen dark, though the system is light");
    browser.press("t");
    for (width, height) in [(390, 900), (820, 1000), (1440, 1000), (2200, 1200)] {
        browser.size(width, height);
        for (key, tab) in [("1", "timeline"), ("2", "matrix"), ("3", "flow"), ("4", "findings")] {
            browser.press(key);
            assert!(browser.holds("document.documentElement.scrollWidth <= window.innerWidth"), "{tab} at {width}");
            for scheme in ["light", "dark"] {
                browser.media("", scheme);
                picture(&mut browser, &format!("slumber-{tab}-{width}-{scheme}.png"));
            }
        }
    }
    browser.assert_quiet();
}

#[test]
fn paper_shows_everything_unfolded() {
    let Some(mut browser) = page(SLUMBER, "tab=matrix") else { return };
    let paper = browser.paper();
    assert!(paper.starts_with(b"%PDF"));
    if let Some(folder) = std::env::var_os("WHOKNEW_PICTURES") {
        fs::write(Path::new(&folder).join("slumber.pdf"), &paper).expect("it can be written");
    }
    browser.media("print", "light");
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    assert!(browser.holds("getComputedStyle(document.querySelector('#views')).visibility === 'visible' && document.querySelector('#body').offsetHeight === 0"));
    let printed = browser.text("document.querySelector('#print').textContent");
    for part in [
        "Slumber",
        "Findings",
        "H02",
        "Scene 1 “Fed”",
        "Scene 56 “Halfway”",
        "Who knows what",
        "How it spread",
        "told by Tara",
    ] {
        assert!(printed.contains(part), "{part}");
    }
    assert!(!browser.holds("document.querySelector('#print details')"), "nothing is folded");
    assert!(browser.number("document.querySelectorAll('#print svg').length") >= 1.0);
    browser.assert_quiet();
}

#[test]
fn names_that_look_like_code_stay_names() {
    let text = "story \"</script><script>window.hacked = 1</script>\"\nuse std/talk\nperson Ann, Ben\nplace hall\n\
        fact odd(who: person) \"{who} says <img src=x onerror=window.hacked=2> &amp; more\"\nstart\n  Ann and Ben are in hall\n\
        scene \"<b onmouseover=alert(1)>x</b> {{DATA}} \u{2028} '\"\n  at hall\n  present Ann, Ben\n  claim odd(Ann)\n    expect H06 \"</script><svg onload=window.hacked=3>\"\n";
    let Some(mut browser) = page_of(Story::new().file("odd.who", text), "odd.who", "") else { return };
    for key in ["1", "2", "3", "4"] {
        browser.press(key);
    }
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    assert!(browser.holds("window.hacked === undefined"));
    assert!(!browser.holds("document.querySelector('img, b[onmouseover], svg[onload]')"));
    assert!(browser.text("document.querySelector('h1').textContent").starts_with("</script><script>"));
    assert!(
        browser.text("document.querySelector('#scene').textContent").contains("<b onmouseover=alert(1)>x</b> {{DATA}}")
    );
    browser.assert_quiet();
}

#[test]
fn a_story_without_scenes_makes_a_page_too() {
    let Some(mut browser) = page_of(
        Story::new().file("empty.who", "story \"Nothing yet\"\nkind person : character\nperson Ann\n"),
        "empty.who",
        "",
    ) else {
        return;
    };
    assert!(browser.text("document.querySelector('#timeline').textContent").contains("tells no scenes yet"));
    for key in ["1", "2", "3", "4", ".", ",", "n", "o", "l", "m", "[", "s"] {
        browser.press(key);
    }
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    browser.assert_quiet();
}

#[test]
fn everything_has_a_name_and_what_is_named_is_there() {
    let Some(mut browser) = page(SLUMBER, "scene=20") else { return };
    for tab in ["1", "2", "3", "4"] {
        browser.press(tab);
        let nameless = "[...document.querySelectorAll('button, input, select, [role=grid], [role=listbox], [role=gridcell], [role=option]')]
            .filter((node) => node.offsetParent !== null && !(node.getAttribute('aria-label') || node.textContent.trim() || (node.labels && node.labels.length > 0)))
            .map((node) => node.outerHTML).join('\\n')";
        assert_eq!(browser.text(nameless), "");
        let dangling = "[...document.querySelectorAll('[aria-controls], [aria-activedescendant], [aria-labelledby]')]
            .flatMap((node) => ['aria-controls', 'aria-activedescendant', 'aria-labelledby'].map((name) => node.getAttribute(name)))
            .filter((id) => id && !document.getElementById(id)).join(' ')";
        assert_eq!(browser.text(dangling), "");
        let doubled = "(() => { const ids = [...document.querySelectorAll('[id]')].map((node) => node.id); return ids.filter((id, at) => ids.indexOf(id) !== at).join(' '); })()";
        assert_eq!(browser.text(doubled), "");
    }
    browser.assert_quiet();
}

#[test]
fn fifty_characters_and_two_hundred_scenes_stay_usable() {
    let text = large_story::story(large_story::Size { persons: 50, scenes: 200, seed: 1 });
    let Some(mut browser) = page_of(Story::new().file("large.who", text), "large.who", "scene=99") else { return };
    let size = fs::metadata(&browser.file).expect("it was written").len();
    assert!(size < 4_000_000, "the page has {size} bytes");
    for key in ["1", "2", "3", "4"] {
        browser.press(key);
        let nodes = browser.number("document.querySelectorAll('*').length");
        assert!(nodes < 15_000.0, "{key}: {nodes} elements");
    }
    browser.press("2");
    browser.evaluate("(() => { const menu = document.querySelectorAll('#matrix select')[1]; menu.value = 'all'; menu.dispatchEvent(new Event('change')); })()");
    browser.settle();
    let rows = browser.number("document.querySelectorAll('#grid .row').length");
    let all = browser.number("Number(document.querySelector('#grid').getAttribute('aria-rowcount'))");
    assert!(rows < 50.0 && all > 100.0, "{rows} of {all} rows are drawn");
    let before = browser.text("document.querySelector('#grid .rows').textContent");
    browser.press("End");
    assert_ne!(browser.text("document.querySelector('#grid .rows').textContent"), before);
    for (tab, name) in [("1", "timeline"), ("2", "matrix"), ("3", "flow")] {
        browser.press(tab);
        for (width, scheme) in [(1440, "light"), (1440, "dark"), (390, "light")] {
            browser.size(width, 1000);
            browser.media("", scheme);
            picture(&mut browser, &format!("large-{name}-{width}-{scheme}.png"));
        }
    }
    browser.assert_quiet();
}

/// The picture in docs/report.md. To make it anew: `WHOKNEW_UPDATE=1 cargo test -p whoknew-cli --test browser picture`.
#[test]
fn the_picture_in_the_documentation() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/report.png");
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        let Some(mut browser) = page(SLUMBER, "tab=matrix&scene=11") else { return };
        browser.size(1440, 780);
        browser.settle();
        browser.evaluate("document.querySelector('#grid').focus()");
        for key in [
            "ArrowDown",
            "ArrowDown",
            "ArrowRight",
            "ArrowRight",
            "ArrowRight",
            "ArrowRight",
            "ArrowRight",
            "ArrowRight",
        ] {
            browser.press(key);
        }
        browser.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)");
        browser.settle();
        let picture = browser.picture();
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(&file, picture).expect("it can be written");
    }
    let size = fs::metadata(&file).expect("it is there").len();
    assert!(size < 200_000, "the picture has {size} bytes");
}
