//! `whoknew.toml`: what the commands take from a file above the story, read from its text.
//!
//! Every setting is an option of a command, or says what is allowed in the whole story. A name that is no setting, and a
//! value that does not fit, are errors with their place: settings that nobody reads would mislead.

pub mod amounts;

use crate::check::may_be_allowed;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Span};
use crate::suggest;
use crate::world::{Allowance, Covers, Spanned, say};
use core::time::Duration;
use std::ops::RangeInclusive;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

/// `E1001`: a text that is no TOML.
pub static UNREADABLE_SETTINGS: Code = Code {
    id: "E1001",
    name: "unreadable settings",
    severity: Severity::Error,
    summary: "`whoknew.toml` is not in the form of TOML",
};
/// `E1002`: a name that is no setting.
pub static UNKNOWN_SETTING: Code = Code {
    id: "E1002",
    name: "unknown setting",
    severity: Severity::Error,
    summary: "`whoknew.toml` names something that cannot be set",
};
/// `E1003`: a value that does not fit.
pub static UNFIT_SETTING: Code = Code {
    id: "E1003",
    name: "unfit setting",
    severity: Severity::Error,
    summary: "a value in `whoknew.toml` is of the wrong kind or outside its range, or names what is not there",
};

/// The codes of this file.
pub static CODES: &[&Code] = &[&UNREADABLE_SETTINGS, &UNKNOWN_SETTING, &UNFIT_SETTING];

/// How many acts a reason may have; 0: no reasons are looked for.
pub const REASONS: RangeInclusive<i64> = 0..=12;
/// How deep the reasons of a check may rest on each other.
pub const REASONS_NESTING: RangeInclusive<i64> = 0..=8;
/// How many events may be tried for a reason.
pub const REASONS_TRIED: RangeInclusive<i64> = 1..=i64::MAX;
/// How many acts a plan may have.
pub const PLAN_STEPS: RangeInclusive<i64> = 0..=250;
/// How many acts an imagined plan may have.
pub const PLAN_IMAGINED: RangeInclusive<i64> = 1..=250;
/// How deep the reasons of a plan may rest on each other.
pub const PLAN_NESTING: RangeInclusive<i64> = 0..=100;

/// What a settings file says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What commands without a path are about, seen from the file's folder.
    pub story: Option<Spanned<String>>,
    /// `[check]`
    pub check: CheckSettings,
    /// `[plan]`
    pub plan: PlanSettings,
    /// `[allow]`
    pub allow: Vec<Allowance>,
}

/// `[check]`: options of the check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSettings {
    /// `reasons`: how many acts a reason may have.
    pub reasons: Option<u8>,
    /// `max-nesting`: how deep reasons may rest on each other.
    pub max_nesting: Option<u8>,
    /// `max-tried`: how many events may be tried for a reason.
    pub max_tried: Option<u64>,
    /// `timeout`: how long the check may take.
    pub timeout: Option<Duration>,
}

/// `[plan]`: limits of planning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanSettings {
    /// `max-steps`: how many acts a plan may have.
    pub max_steps: Option<u8>,
    /// `max-imagined`: how many acts an imagined plan may have.
    pub max_imagined: Option<u8>,
    /// `max-nesting`: how deep reasons may rest on each other.
    pub max_nesting: Option<u8>,
    /// `max-memory`: how many bytes the search may take, roughly.
    pub max_memory: Option<usize>,
    /// `max-states`: how many situations the search may compute.
    pub max_states: Option<u64>,
    /// `timeout`: how long the search may take.
    pub timeout: Option<Duration>,
}

/// The tables and their settings; the first holds what stands above all tables.
const NAMES: [(&str, &[&str]); 3] = [
    ("", &["story", "check", "plan", "allow"]),
    ("check", &["reasons", "max-nesting", "max-tried", "timeout"]),
    ("plan", &["max-steps", "max-imagined", "max-nesting", "max-memory", "max-states", "timeout"]),
];

/// What the settings file `file` with this text says, or everything that is wrong with it.
///
/// ```
/// use whoknew::{settings, source::FileId};
/// let file = FileId::from_index(0);
/// let settings = settings::read(file, "story = \"tale.who\"\n[check]\nreasons = 3\n").unwrap_or_default();
/// assert_eq!((settings.story.map(|story| story.value), settings.check.reasons), (Some("tale.who".to_owned()), Some(3)));
/// let wrong = settings::read(file, "[check]\nreason = 3\n").err().unwrap_or_default();
/// assert_eq!(wrong[0].help, ["did you mean `reasons`?"]);
/// ```
pub fn read(file: FileId, text: &str) -> Result<Settings, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, wrong: Vec::new() };
    if errors.is_empty() {
        let settings = reader.settings(table.get_ref());
        return if reader.wrong.is_empty() { Ok(settings) } else { Err(reader.sorted()) };
    }
    // What comes after the first mistake mostly follows from it.
    let first = errors.iter().min_by_key(|error| error.span().map_or(0, |range| range.start));
    reader.wrong.extend(first.map(|error| reader.unreadable(text, error)));
    Err(reader.wrong)
}

struct Reader {
    file: FileId,
    wrong: Vec<Diagnostic>,
}

impl Reader {
    fn settings(&mut self, root: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in root {
            match &**key.get_ref() {
                "story" => settings.story = self.story(value),
                "check" => settings.check = self.check(value),
                "plan" => settings.plan = self.plan(value),
                "allow" => settings.allow = self.allow(value),
                _ => self.unknown("", key),
            }
        }
        settings
    }

    fn unreadable(&self, text: &str, error: &toml::de::Error) -> Diagnostic {
        let (title, help) = match error.message().trim() {
            "duplicate key" => ("this setting has a value already".to_owned(), "take one of the two lines away"),
            message => {
                let title = format!("this is not TOML: {}", message.replace('\n', ", "));
                (title, "a setting is written so: `story = \"story.who\"`, a line above others so: `[check]`")
            }
        };
        let span = error.span().map(|range| self.span(&range));
        let line = text.get(error.span().map_or(0, |range| range.start)..).unwrap_or_default();
        let diagnostic = Diagnostic::new(&UNREADABLE_SETTINGS, title, span).help(help);
        match line.chars().next() {
            Some('/') => diagnostic.help("a remark begins with `#`"),
            Some('“' | '”' | '„' | '‘' | '’' | '\'') => {
                diagnostic.help("texts stand in straight quotation marks: `\"`")
            }
            _ => diagnostic,
        }
    }

    fn story(&mut self, value: &At<DeValue<'_>>) -> Option<Spanned<String>> {
        let help = "as in `story = \"story.who\"`, or `story = \".\"` for the folder";
        let path = self.text("story", value, help)?;
        if path.trim().is_empty() {
            self.unfit(value, "`story` is empty".to_owned(), help);
            return None;
        }
        Some(Spanned { value: path, span: self.span(&value.span()) })
    }

    fn check(&mut self, value: &At<DeValue<'_>>) -> CheckSettings {
        let mut check = CheckSettings::default();
        for (key, value) in self.table("check", value) {
            match &**key.get_ref() {
                "reasons" => check.reasons = self.small("reasons", value, REASONS),
                "max-nesting" => check.max_nesting = self.small("max-nesting", value, REASONS_NESTING),
                "max-tried" => {
                    let number = self.number("max-tried", value, REASONS_TRIED);
                    check.max_tried = number.and_then(|number| u64::try_from(number).ok());
                }
                "timeout" => check.timeout = self.amount("timeout", value, amounts::duration),
                _ => self.unknown("check", key),
            }
        }
        check
    }

    fn plan(&mut self, value: &At<DeValue<'_>>) -> PlanSettings {
        let mut plan = PlanSettings::default();
        for (key, value) in self.table("plan", value) {
            match &**key.get_ref() {
                "max-steps" => plan.max_steps = self.small("max-steps", value, PLAN_STEPS),
                "max-imagined" => plan.max_imagined = self.small("max-imagined", value, PLAN_IMAGINED),
                "max-nesting" => plan.max_nesting = self.small("max-nesting", value, PLAN_NESTING),
                "max-memory" => plan.max_memory = self.amount("max-memory", value, amounts::bytes),
                "max-states" => plan.max_states = self.amount("max-states", value, amounts::count),
                "timeout" => plan.timeout = self.amount("timeout", value, amounts::duration),
                _ => self.unknown("plan", key),
            }
        }
        plan
    }

    fn allow(&mut self, value: &At<DeValue<'_>>) -> Vec<Allowance> {
        let mut allowances = Vec::new();
        for (key, value) in self.table("allow", value) {
            let code = key.get_ref().to_string();
            if let Err(no) = may_be_allowed(&code) {
                let span = self.span(&key.span());
                self.wrong.push(Diagnostic::new(&UNFIT_SETTING, no.why, Some(span)).help(no.help));
                continue;
            }
            let help = format!("say why, as in `{code} = \"a first draft\"`");
            let Some(reason) = self.text(&code, value, &help) else { continue };
            if reason.trim().is_empty() {
                self.unfit(value, format!("the reason of `{code}` is empty"), &help);
                continue;
            }
            allowances.push(Allowance { code, reason, covers: Covers::Story, span: None });
        }
        allowances
    }

    fn table<'v, 'i>(
        &mut self,
        name: &str,
        value: &'v At<DeValue<'i>>,
    ) -> impl Iterator<Item = (&'v At<toml::de::DeString<'i>>, &'v At<DeValue<'i>>)> + use<'v, 'i> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let title = format!("`{name}` holds settings of its own, but is {}", kind(value.get_ref()));
            self.unfit(value, title, &format!("write a line `[{name}]`, and its settings below it"));
        }
        table.into_iter().flatten()
    }

    fn text(&mut self, name: &str, value: &At<DeValue<'_>>, help: &str) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.to_string());
        }
        let title = format!("`{name}` is a text in quotation marks, not {}", kind(value.get_ref()));
        self.unfit(value, title, help);
        None
    }

    fn number(&mut self, name: &str, value: &At<DeValue<'_>>, range: RangeInclusive<i64>) -> Option<i64> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            other => {
                let title = format!("`{name}` is a whole number, not {}", kind(other));
                self.unfit(value, title, &format!("as in `{name} = {}`", 3));
                return None;
            }
        };
        if let Some(number) = number.filter(|number| range.contains(number)) {
            return Some(number);
        }
        let bounds = match *range.end() {
            i64::MAX => format!("at least {}", range.start()),
            most => format!("from {} to {most}", range.start()),
        };
        self.unfit(value, format!("`{name}` must be {bounds}"), "");
        None
    }

    /// A number, or a text with a unit.
    fn amount<T>(&mut self, name: &str, value: &At<DeValue<'_>>, read: fn(&str) -> Result<T, String>) -> Option<T> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            other => {
                let wrong = read("").err().unwrap_or_default();
                self.unfit(value, format!("`{name}` is a text in quotation marks, not {}", kind(other)), &wrong);
                return None;
            }
        };
        match read(&text) {
            Ok(amount) => Some(amount),
            Err(wrong) => {
                self.unfit(value, format!("`{name}` cannot be “{text}”"), &wrong);
                None
            }
        }
    }

    fn small(&mut self, name: &str, value: &At<DeValue<'_>>, range: RangeInclusive<i64>) -> Option<u8> {
        self.number(name, value, range).and_then(|number| u8::try_from(number).ok())
    }

    fn unknown(&mut self, table: &str, key: &At<toml::de::DeString<'_>>) {
        let name: &str = key.get_ref();
        let place = |table: &str| if table.is_empty() { String::new() } else { format!(" in `[{table}]`") };
        let own = NAMES.iter().find(|(other, _)| *other == table).map_or(&[][..], |(_, names)| *names);
        let elsewhere = NAMES.iter().find(|(other, names)| *other != table && names.contains(&name));
        let help = match (elsewhere, suggest::did_you_mean(name, own.iter().copied())) {
            (None, _) if may_be_allowed(name).is_ok() => "it belongs below a line `[allow]`".to_owned(),
            (Some(("", _)), _) => format!("`{name}` stands above all lines in square brackets"),
            (Some((other, _)), _) => format!("it belongs below a line `[{other}]`"),
            (None, Some(question)) => question,
            (None, None) => {
                let is_table = |name: &str| name == "allow" || NAMES.iter().any(|(table, _)| *table == name);
                let shown = |name: &&str| if is_table(name) { format!("`[{name}]`") } else { format!("`{name}`") };
                let names: Vec<String> = own.iter().map(shown).collect();
                format!("what can be set{} is {}", place(table), say::list(&names))
            }
        };
        let title = format!("there is no setting `{name}`{}", place(table));
        let span = self.span(&key.span());
        self.wrong.push(Diagnostic::new(&UNKNOWN_SETTING, title, Some(span)).help(help));
    }

    fn unfit(&mut self, value: &At<DeValue<'_>>, title: String, help: &str) {
        let diagnostic = Diagnostic::new(&UNFIT_SETTING, title, Some(self.span(&value.span())));
        self.wrong.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let byte = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.file, byte(range.start)..byte(range.end))
    }

    /// What is wrong, in the order of the text: the tables are ordered by their names.
    fn sorted(mut self) -> Vec<Diagnostic> {
        self.wrong.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map(|label| label.span));
        self.wrong
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
