//! The part of JSON Schema that our schemas use. A keyword it does not know is an error, so nothing goes unchecked.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use serde_json::{Map, Value};

/// Fails with the place where `value` breaks `schema`.
pub fn assert_valid(value: &Value, schema: &Value) {
    if let Some(problem) = problem(value, schema) {
        panic!("{problem}");
    }
}

/// Where and how `value` breaks `schema`.
pub fn problem(value: &Value, schema: &Value) -> Option<String> {
    (Validator { root: schema }).check(value, schema, "$").err()
}

struct Validator<'a> {
    root: &'a Value,
}

impl Validator<'_> {
    fn check(&self, value: &Value, schema: &Value, place: &str) -> Result<(), String> {
        let schema = schema.as_object().ok_or("a schema is an object")?;
        for (keyword, rule) in schema {
            self.keyword(value, keyword, rule, place)?;
        }
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
            let known = schema.get("properties").and_then(Value::as_object);
            let names = value.as_object().into_iter().flat_map(Map::keys);
            let mut unknown = names.filter(|name| !known.is_some_and(|known| known.contains_key(*name)));
            if let Some(name) = unknown.next() {
                return Err(format!("{place} has an unknown field {name}"));
            }
        }
        Ok(())
    }

    fn keyword(&self, value: &Value, keyword: &str, rule: &Value, place: &str) -> Result<(), String> {
        let holds = match keyword {
            "$schema" | "title" | "$defs" | "additionalProperties" => true,
            "const" => value == rule,
            "enum" => rule.as_array().is_some_and(|allowed| allowed.contains(value)),
            "type" => Some(type_name(value)) == rule.as_str() || rule == "number" && value.is_number(),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap_or(0)),
            "minimum" => value.as_i64() >= rule.as_i64(),
            "pattern" => is_code(value, rule),
            "required" => {
                rule.as_array().into_iter().flatten().all(|name| value.get(name.as_str().unwrap_or("")).is_some())
            }
            "anyOf" => rule.as_array().into_iter().flatten().any(|rule| self.check(value, rule, place).is_ok()),
            "$ref" => return self.check(value, self.definition(rule)?, place),
            "items" => return self.items(value, rule, place),
            "properties" => return self.properties(value, rule, place),
            _ => return Err(format!("the keyword {keyword} is not known to this test")),
        };
        if holds { Ok(()) } else { Err(format!("{place} breaks {keyword}: {rule}, it is {value}")) }
    }

    fn definition(&self, reference: &Value) -> Result<&Value, String> {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).ok_or("references begin with #")?;
        self.root.pointer(pointer).ok_or_else(|| format!("nothing is defined at {pointer}"))
    }

    fn items(&self, value: &Value, rule: &Value, place: &str) -> Result<(), String> {
        let mut items = value.as_array().into_iter().flatten().enumerate();
        items.try_for_each(|(index, item)| self.check(item, rule, &format!("{place}[{index}]")))
    }

    fn properties(&self, value: &Value, rules: &Value, place: &str) -> Result<(), String> {
        let rules = rules.as_object().into_iter().flatten();
        let mut present = rules.filter_map(|(name, rule)| Some((name, value.get(name)?, rule)));
        present.try_for_each(|(name, field, rule)| self.check(field, rule, &format!("{place}.{name}")))
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The one pattern that our schemas use: the form of codes.
fn is_code(value: &Value, pattern: &Value) -> bool {
    assert_eq!(pattern, "^(E[0-9]{4}|H[0-9]{2})$");
    let text = value.as_str().unwrap_or_default();
    let digits = |rest: &str, count| rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('E').is_some_and(|rest| digits(rest, 4))
        || text.strip_prefix('H').is_some_and(|rest| digits(rest, 2))
}
