/// What has to fail before something is lost that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// The disk of the one server that was written to. A replica that takes its place may not have the last messages.
    ThisServer,
    /// That, and those of replicas that every commit waits for.
    Replicated,
}

impl Durability {
    /// By the setting `synchronous_standby_names`.
    pub(super) fn of(standby_names: &str) -> Self {
        if standby_names.trim().is_empty() { Self::ThisServer } else { Self::Replicated }
    }
}
