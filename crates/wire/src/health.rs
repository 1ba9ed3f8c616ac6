//! What `GET /api/health` tells the operator.

use serde::{Deserialize, Serialize};

/// How a node is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthReport {
    /// Whether it serves.
    pub status: HealthStatus,
    /// What is not as it should be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The version that runs.
    pub version: String,
    /// Where messages are kept.
    pub storage: StorageReport,
}

/// Whether a node serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HealthStatus {
    /// It does.
    Ready,
    /// It does not.
    Unavailable,
}

/// Where messages are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageReport {
    /// What keeps them.
    pub engine: StorageEngine,
    /// What has to fail before something is lost that was acknowledged.
    pub durability: ReportedDurability,
    /// The history that the storage holds; a copy of it has another one.
    pub epoch: String,
}

/// What keeps the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StorageEngine {
    /// SQLite, in a file or in memory.
    Sqlite,
    /// A PostgreSQL database.
    Postgresql,
}

/// What has to fail before something is lost that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReportedDurability {
    /// The process: everything is in its memory.
    ThisProcess,
    /// The disk of one server.
    ThisServer,
    /// That, and those of replicas that every commit waits for.
    Replicated,
}
