/// Whether a person is there, over all of their connections. Absence of an entry means offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// At least one connection whose person is active.
    Online,
    /// Connected, but nobody has touched any of the devices for a while.
    Away,
    /// No connection.
    Offline,
}
