//! Counts, sizes and lengths of time with units, as written on the command line and in settings.

// A length of time; the library has no clock.
use core::time::Duration;

const COUNTS: &[(&str, f64)] = &[("", 1.0), ("k", 1e3), ("m", 1e6), ("g", 1e9)];
const BYTES: &[(&str, f64)] = &[
    ("", 1.0),
    ("b", 1.0),
    ("k", 1e3),
    ("kb", 1e3),
    ("m", 1e6),
    ("mb", 1e6),
    ("g", 1e9),
    ("gb", 1e9),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
];
const TIMES: &[(&str, f64)] = &[("ms", 0.001), ("", 1.0), ("s", 1.0), ("m", 60.0), ("min", 60.0), ("h", 3600.0)];

/// `500MB`, `2 GiB`
///
/// ```
/// assert_eq!(whoknew::settings::amounts::bytes("2GB"), Ok(2_000_000_000));
/// ```
pub fn bytes(text: &str) -> Result<usize, String> {
    amount(text, BYTES, "a size is needed, such as 500MB or 2GB").map(|bytes| bytes as usize)
}

/// `100000`, `5M`
pub fn count(text: &str) -> Result<u64, String> {
    amount(text, COUNTS, "a count is needed, such as 100000, 500k or 5M").map(|count| count as u64)
}

/// `500ms`, `30s`, `2m`; without a unit seconds
pub fn duration(text: &str) -> Result<Duration, String> {
    let wanted = "a length of time is needed, such as 30s, 2m or 1h";
    let seconds = amount(text, TIMES, wanted)?;
    Duration::try_from_secs_f64(seconds).map_err(|_| wanted.to_owned())
}

/// A number, not negative, with one of the units.
fn amount(text: &str, units: &[(&str, f64)], wanted: &str) -> Result<f64, String> {
    let digits = text.find(|character: char| !character.is_ascii_digit() && character != '.' && character != '_');
    let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
    let number: f64 = number.replace('_', "").parse().map_err(|_| wanted.to_owned())?;
    let unit = unit.trim().to_ascii_lowercase();
    let factor = units.iter().find(|(name, _)| *name == unit).ok_or_else(|| wanted.to_owned())?.1;
    Ok(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_understood() {
        assert_eq!(bytes("2GB"), Ok(2_000_000_000));
        assert_eq!(bytes("1.5 gib"), Ok(1_610_612_736));
        assert_eq!(bytes("100"), Ok(100));
        assert_eq!(count("5M"), Ok(5_000_000));
        assert_eq!(count("1_000"), Ok(1000));
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("0"), Ok(Duration::ZERO));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "GB", "2XB", "-1", "1e400", "two"] {
            assert!(bytes(text).is_err(), "{text}");
        }
        assert!(duration("3 weeks").is_err());
        assert!(duration("99999999999999999999h").is_err());
    }
}
