use super::{Refusal, UserName, case};

/// Names that nobody has: those by which a person would speak for the server, and those of the configuration.
#[derive(Clone, Debug)]
pub struct ReservedNames {
    cores: Vec<String>,
}

/// Kept on every server.
const ALWAYS: [&str; 4] = ["Chinwag", "Admin", "System", "Operator"];

impl ReservedNames {
    /// The usual ones and `others`.
    #[must_use]
    pub fn with(others: &[UserName]) -> Self {
        let usual = ALWAYS.iter().filter_map(|name| UserName::parse(name).ok());
        let cores = usual.chain(others.iter().cloned()).map(|name| core_of(name.as_str()));
        Self { cores: cores.filter(|core| !core.is_empty()).collect() }
    }

    /// Refuses a name that looks like a reserved one, whatever stands around it: `admin`, `ADMlN`, `Admin 2`, `_Admin_`.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`].
    pub fn check(&self, name: &UserName) -> Result<(), Refusal> {
        if self.cores.contains(&core_of(name.as_str())) {
            return Err(Refusal::NameInvalid("This name is kept for the server. Choose another one."));
        }
        Ok(())
    }
}

impl Default for ReservedNames {
    fn default() -> Self {
        Self::with(&[])
    }
}

/// The letters of a text as they look, without the digits behind them. What looks like an i or an l in any case is the same here.
pub(super) fn core_of(text: &str) -> String {
    let folded = case::folded(text.chars());
    let looks =
        unicode_security::skeleton(folded.trim_end_matches(|character: char| !character.is_alphabetic()))
            .filter(|character| character.is_alphanumeric());
    looks.map(|character| if character == 'i' { 'l' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> UserName {
        UserName::parse(text).unwrap()
    }

    #[test]
    fn nobody_speaks_for_the_server() {
        let reserved = ReservedNames::with(&[name("Käpt'n")]);
        for taken in [
            "Chinwag",
            "admin",
            "SYSTEM",
            "Admin 2",
            "Admin1",
            "_Admin_",
            "(System)",
            "Adm1n",
            "AdmIn",
            "Sys tem",
            "Ａｄｍｉｎ",
            "admin🦊",
            "käptn",
            "KAPTN",
            "Ádmin",
        ] {
            assert!(reserved.check(&name(taken)).is_err(), "{taken}");
        }
        for free in ["Admina", "Alex", "Systematic", "Sam 2", "🦊", "7"] {
            assert!(reserved.check(&name(free)).is_ok(), "{free}");
        }
    }
}
