use std::fs;

/// How often, so far, somebody who wanted to connect found the queue of a server full, on this machine. The kernel lets them try
/// again after 1, 3, 7 seconds and so on. 0 where the kernel does not tell.
pub(crate) fn full_listen_queues() -> u64 {
    let counts = fs::read_to_string("/proc/net/netstat").unwrap_or_default();
    overflows(&counts).unwrap_or_default()
}

/// Names stand in a line, and their values in the next.
fn overflows(counts: &str) -> Option<u64> {
    let mut lines = counts.lines().filter_map(|line| line.strip_prefix("TcpExt: "));
    let (names, values) = (lines.next()?, lines.next()?);
    let place = names.split(' ').position(|name| name == "ListenOverflows")?;
    values.split(' ').nth(place)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_by_its_name() {
        let counts = "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 17 18\nIpExt: InNoRoutes\nIpExt: 0\n";
        assert_eq!(overflows(counts), Some(17));
        assert_eq!(overflows("IpExt: InNoRoutes\nIpExt: 0\n"), None);
    }
}
