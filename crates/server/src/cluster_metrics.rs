use crate::cluster::Cluster;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use std::fmt;
use std::sync::Arc;

/// How it stands with this node and the others at the moment when somebody asks.
pub(crate) struct ClusterMetrics(pub(crate) Arc<Cluster>);

impl Collector for ClusterMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let health = self.0.health();
        let lease_left = health.lease_left.unwrap_or_default().as_secs_f64();
        let metric = encoder.encode_descriptor(
            "lease_left_seconds",
            "For how long this node may deliver, unless it renews its lease",
            None,
            MetricType::Gauge,
        )?;
        ConstGauge::new(lease_left).encode(metric)?;
        let metric = encoder.encode_descriptor(
            "suspended",
            "1 while this node has no lease, and delivers nothing",
            None,
            MetricType::Gauge,
        )?;
        ConstGauge::new(i64::from(health.lease_left.is_none())).encode(metric)?;
        let mut metric = encoder.encode_descriptor(
            "peer_heard_seconds_ago",
            "Since another node with a lease was heard over Redis",
            None,
            MetricType::Gauge,
        )?;
        for (peer, ago) in &health.bus.peers {
            let Some(node) = health.live.iter().find(|node| node.id == *peer) else { continue };
            // Two of the same name are told apart.
            let labels = [("node", node.name.clone()), ("id", peer.to_string())];
            ConstGauge::new(ago.as_secs_f64()).encode(metric.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ClusterMetrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClusterMetrics")
    }
}
