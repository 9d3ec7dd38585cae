//! What is aimed at, as written on the command line; sizes and lengths of time as shown.

use std::time::Duration;

/// What is aimed at.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// So much.
    Number(f64),
    /// What has this name.
    Name(String),
}

/// `2`, `-0.5`, `the wedding`
pub fn aim(text: &str) -> Result<Aim, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Aim::Number(number)),
        Ok(_) => Err("a finite number is needed, such as 1 or 2.5, or the name of an aim".to_owned()),
        Err(_) if text.trim().is_empty() => Err("a number is needed, or the name of an aim".to_owned()),
        Err(_) => Ok(Aim::Name(text.to_owned())),
    }
}

/// `1.5 GB`
pub fn size(bytes: usize) -> String {
    let bytes = bytes as f64;
    let (unit, name) = match bytes {
        bytes if bytes >= 1e9 => (1e9, "GB"),
        bytes if bytes >= 1e6 => (1e6, "MB"),
        bytes if bytes >= 1e3 => (1e3, "kB"),
        _ => (1.0, "bytes"),
    };
    format!("{} {name}", (bytes / unit * 10.0).round() / 10.0)
}

/// `0.25 s`, `12 s`, `3 min 5 s`
pub fn time(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match seconds {
        seconds if seconds < 1.0 => format!("{} s", (seconds * 100.0).ceil() / 100.0),
        seconds if seconds < 10.0 => format!("{} s", (seconds * 10.0).round() / 10.0),
        seconds if seconds < 120.0 => format!("{seconds:.0} s"),
        _ => format!("{} min {} s", duration.as_secs() / 60, duration.as_secs() % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aims_are_numbers_or_names() {
        assert_eq!(aim("-2.5"), Ok(Aim::Number(-2.5)));
        assert_eq!(aim("the wedding"), Ok(Aim::Name("the wedding".to_owned())));
        assert!(aim("nan").is_err() && aim("inf").is_err() && aim("").is_err());
    }

    #[test]
    fn amounts_are_readable() {
        assert_eq!((size(999), size(1_500_000_000)), ("999 bytes".into(), "1.5 GB".into()));
        assert_eq!(time(Duration::from_millis(3)), "0.01 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 5 s");
    }
}
