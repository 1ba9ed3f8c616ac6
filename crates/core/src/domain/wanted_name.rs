use super::UserName;

/// The name that a visitor would like to have. Every visitor gets one, so what is taken is varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedName {
    /// This name; when it is taken, a variant of it such as "Alex 2".
    Named(UserName),
    /// This word with the number of the account, such as "Guest 12".
    Numbered(&'static str),
}
