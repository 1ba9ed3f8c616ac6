//! What `GET /api/health` tells the operator.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a node is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// How it stands with the other nodes; none for a server that has its database for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterReport>,
}

/// Whether a node serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum HealthStatus {
    /// It does.
    Ready,
    /// It does, and something is wrong nevertheless.
    Degraded,
    /// It does not.
    Unavailable,
}

/// Where messages are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StorageReport {
    /// What keeps them.
    pub engine: StorageEngine,
    /// What has to fail before something is lost that was acknowledged.
    pub durability: ReportedDurability,
    /// The history that the storage holds; a copy of it has another one.
    pub epoch: String,
}

/// How it stands with a node among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClusterReport {
    /// The number of the node that answers; none before it has a lease.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<i64>,
    /// Whether it hears itself over Redis.
    pub hears: bool,
    /// Milliseconds for which it may deliver, unless it renews its lease; none when it may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease_ms: Option<u64>,
    /// All nodes that had a lease when this one renewed its own.
    pub nodes: Vec<NodeReport>,
}

/// A node that has a lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeReport {
    /// Its number, another one after each start.
    pub node: i64,
    /// What the operator calls it.
    pub name: String,
    /// What it runs.
    pub version: String,
    /// Milliseconds since it was heard over Redis; none for the node that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_ms_ago: Option<u64>,
    /// When it knew everything that was committed before, in milliseconds since 1970 by the database's clock; none before it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired_at: Option<i64>,
}

/// What keeps the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum StorageEngine {
    /// SQLite, in a file or in memory.
    Sqlite,
    /// A PostgreSQL database.
    Postgresql,
}

/// What has to fail before something is lost that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReportedDurability {
    /// The process: everything is in its memory.
    ThisProcess,
    /// The disk of one server.
    ThisServer,
    /// That, and those of replicas that every commit waits for.
    Replicated,
}
