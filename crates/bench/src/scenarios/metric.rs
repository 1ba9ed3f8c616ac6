use strum::VariantArray;

/// A figure's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub(crate) enum Metric {
    CpuPerDelivery,
    DeliveriesPerSecond,
    CpuPerMessage,
    MessagesPerSecond,
    DatabaseCpuPerMessage,
    RedisCpuPerMessage,
    Latency50,
    Latency99,
    Latency999,
    AckLatency50,
    AckLatency99,
    RemoteLatency50,
    RemoteLatency99,
    RemoteMeanwhile50,
    RemoteMeanwhile99,
    NormalAfter,
    DiskSync,
    MemoryPerConnection,
    CpuPerArrival,
    BytesPerArrival,
    ArrivalsPerSecond,
    CpuPerPage,
    PagesPerSecond,
    CpuPerTold,
    BytesPerTold,
    CpuPerChange,
    BytesPerChange,
    SignInsPerSecond,
    SignInsTurnedAway,
    WrongPassword,
    UnknownName,
    UploadedPerSecond,
    PicturesPerSecond,
    CpuPerPicture,
    PeakMemory,
    Search50,
    Search95,
    IndexTime,
    IndexSize,
    RestartTime,
    FirstAckAgain,
    AcksAgain,
    LongestAck,
    LongestAbsence,
    StormTime,
    CpuPerReturn,
    Missed,
    Retries,
    ServerCores,
    DatabaseCores,
    RedisCores,
    GeneratorCores,
    ServerMemory,
    SwitchesPerDelivery,
}

impl Metric {
    /// Whether it explains other figures, rather than telling something by itself.
    pub(crate) fn is_detail(self) -> bool {
        matches!(
            self,
            Self::ServerCores
                | Self::DatabaseCores
                | Self::RedisCores
                | Self::GeneratorCores
                | Self::ServerMemory
                | Self::SwitchesPerDelivery
        )
    }

    /// The metric of this name in JSON.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|metric| metric.key() == key)
    }

    /// Its name in JSON, with the unit.
    pub(crate) fn key(self) -> &'static str {
        self.words().0
    }

    /// Its name in tables and plots, with the unit.
    pub(crate) fn title(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::CpuPerDelivery => ("cpu_us_per_delivery", "CPU per delivery, µs"),
            Self::DeliveriesPerSecond => ("deliveries_per_s", "deliveries/s"),
            Self::CpuPerMessage => ("cpu_us_per_message", "CPU per message, µs"),
            Self::MessagesPerSecond => ("messages_per_s", "messages/s"),
            Self::DatabaseCpuPerMessage => {
                ("database_cpu_us_per_message", "CPU of PostgreSQL per message, µs")
            }
            Self::RedisCpuPerMessage => ("redis_cpu_us_per_message", "CPU of Redis per message, µs"),
            Self::Latency50 => ("latency_p50_ms", "p50, ms"),
            Self::Latency99 => ("latency_p99_ms", "p99, ms"),
            Self::Latency999 => ("latency_p999_ms", "p999, ms"),
            Self::AckLatency50 => ("ack_p50_ms", "ack p50, ms"),
            Self::AckLatency99 => ("ack_p99_ms", "ack p99, ms"),
            Self::RemoteLatency50 => ("remote_p50_ms", "other node p50, ms"),
            Self::RemoteLatency99 => ("remote_p99_ms", "other node p99, ms"),
            Self::RemoteMeanwhile50 => ("remote_meanwhile_p50_ms", "other node p50 meanwhile, ms"),
            Self::RemoteMeanwhile99 => ("remote_meanwhile_p99_ms", "other node p99 meanwhile, ms"),
            Self::NormalAfter => ("normal_after_s", "normal after, s"),
            Self::DiskSync => ("disk_sync_ms", "disk sync, ms"),
            Self::MemoryPerConnection => ("memory_kib_per_connection", "memory per connection, KiB"),
            Self::CpuPerArrival => ("cpu_us_per_arrival", "CPU to come in, µs"),
            Self::BytesPerArrival => ("bytes_per_arrival", "bytes to come in"),
            Self::ArrivalsPerSecond => ("arrivals_per_s", "arrivals/s"),
            Self::CpuPerPage => ("cpu_us_per_page", "CPU per page, µs"),
            Self::PagesPerSecond => ("pages_per_s", "pages/s"),
            Self::CpuPerTold => ("cpu_ns_per_change_and_person", "CPU per change and person told, ns"),
            Self::BytesPerTold => ("bytes_per_change_and_person", "bytes per change and person told"),
            Self::CpuPerChange => ("cpu_us_per_change", "CPU per change, µs"),
            Self::BytesPerChange => ("bytes_per_change", "bytes per change"),
            Self::SignInsPerSecond => ("sign_ins_per_s", "sign-ins/s"),
            Self::SignInsTurnedAway => ("sign_ins_turned_away_per_s", "sign-ins turned away/s"),
            Self::WrongPassword => ("wrong_password_ms", "wrong password, ms"),
            Self::UnknownName => ("unknown_name_ms", "unknown name, ms"),
            Self::UploadedPerSecond => ("uploaded_mib_per_s", "uploaded, MiB/s"),
            Self::PicturesPerSecond => ("pictures_per_s", "pictures/s"),
            Self::CpuPerPicture => ("cpu_us_per_picture", "CPU per picture, µs"),
            Self::PeakMemory => ("peak_memory_mib", "memory at most, MiB"),
            Self::Search50 => ("search_p50_ms", "search p50, ms"),
            Self::Search95 => ("search_p95_ms", "search p95, ms"),
            Self::IndexTime => ("index_s", "index made in, s"),
            Self::IndexSize => ("index_mib", "index, MiB"),
            Self::RestartTime => ("restart_s", "serves again after, s"),
            Self::FirstAckAgain => ("first_ack_again_s", "first ack after, s"),
            Self::AcksAgain => ("acks_again_s", "everyone has acks after, s"),
            Self::LongestAck => ("longest_ack_s", "longest wait for an ack, s"),
            Self::LongestAbsence => ("longest_absence_s", "longest without a connection, s"),
            Self::StormTime => ("storm_s", "all live after, s"),
            Self::CpuPerReturn => ("cpu_us_per_return", "CPU per return, µs"),
            Self::Missed => ("missed_per_return", "messages missed by each"),
            Self::Retries => ("retries", "connections that broke"),
            Self::ServerCores => ("server_cores", "server, cores"),
            Self::DatabaseCores => ("database_cores", "PostgreSQL, cores"),
            Self::RedisCores => ("redis_cores", "Redis, cores"),
            Self::GeneratorCores => ("generator_cores", "generator, cores"),
            Self::ServerMemory => ("server_memory_mib", "server, MiB"),
            Self::SwitchesPerDelivery => ("context_switches_per_1000_deliveries", "switches per 1,000"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_a_name_of_its_own() {
        for metric in Metric::VARIANTS {
            assert_eq!(Metric::of_key(metric.key()), Some(*metric));
        }
        assert_eq!(Metric::of_key("something_else"), None);
    }
}
