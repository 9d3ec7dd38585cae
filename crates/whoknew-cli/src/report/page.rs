//! The page's frame: one file with its style, its script and the story's data inside, and nothing loaded from elsewhere.

/// What says that a file is a report.
pub const MARK: &str = "<meta name=\"generator\" content=\"whoknew report\">";

const FRAME: &str = include_str!("page.html");
const STYLE: [&str; 3] =
    [include_str!("style/base.css"), include_str!("style/views.css"), include_str!("style/print.css")];

/// The parts of the script, in an order in which each uses only those before it.
const SCRIPT: [&str; 12] = [
    include_str!("script/elements.js"),
    include_str!("script/story.js"),
    include_str!("script/minds.js"),
    include_str!("script/view.js"),
    include_str!("script/scene.js"),
    include_str!("script/timeline.js"),
    include_str!("script/matrix.js"),
    include_str!("script/flow.js"),
    include_str!("script/findings.js"),
    include_str!("script/search.js"),
    include_str!("script/print.js"),
    include_str!("script/main.js"),
];

/// The page with `title` and `data`, a JSON document.
pub fn html(title: &str, data: &str) -> String {
    let data = inside_script(data);
    let script = format!("\"use strict\";\n(() => {{\n{}\n}})();\n", SCRIPT.join("\n"));
    let parts = [
        ("MARK", MARK.to_owned()),
        ("TITLE", escaped(title)),
        ("NONCE", nonce(&data)),
        ("STYLE", STYLE.join("\n")),
        ("DATA", data),
        ("SCRIPT", script),
    ];
    fill(FRAME, &parts)
}

/// `frame` with each `{{NAME}}` replaced; what is put in is not looked at again.
fn fill(frame: &str, parts: &[(&str, String)]) -> String {
    let mut filled = String::new();
    let mut rest = frame;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        filled += before;
        filled += parts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        rest = after;
    }
    filled + rest
}

/// JSON that cannot end the element it stands in, nor the line that a script reads.
fn inside_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => safe += "\\u003c",
            '>' => safe += "\\u003e",
            '&' => safe += "\\u0026",
            '\u{2028}' => safe += "\\u2028",
            '\u{2029}' => safe += "\\u2029",
            other => safe.push(other),
        }
    }
    safe
}

/// Text as it must stand in HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '&' => safe += "&amp;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            other => safe.push(other),
        }
    }
    safe
}

/// What only this page's own style and script carry: FNV-1a of its data, so that no text inside the data can know it.
fn nonce(data: &str) -> String {
    let hash = data
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let page =
            html("</title><script>alert(1)</script>", "{\"x\":\"</script><img src=x onerror=alert(2)>\u{2028}&\"}");
        assert!(!page.contains("alert(1)</script>"));
        assert!(!page.contains("<img"));
        assert!(!page.contains('\u{2028}'));
        assert!(page.contains("&lt;/title&gt;"));
        assert!(page.contains("\\u003c/script\\u003e\\u003cimg src=x"));
    }

    #[test]
    fn what_is_put_in_is_not_filled_again() {
        assert_eq!(fill("a {{X}} b {{Y}}", &[("X", "{{Y}}".into()), ("Y", "y".into())]), "a {{Y}} b y");
    }

    #[test]
    fn the_page_loads_nothing() {
        let page = html("a", "{}");
        assert!(page.contains("default-src 'none'"));
        // Names inside the page itself are no addresses.
        let shown = page.replace("http://www.w3.org/2000/svg", "").replace("url(#", "");
        for outside in ["http://", "https://", "@import", "url(", "<link rel=\"stylesheet\"", " src="] {
            assert!(!shown.contains(outside), "{outside}");
        }
    }
}
