use std::fs;

/// What a reader wants to know of the machine.
pub(crate) struct Facts {
    pub(crate) processor: String,
    pub(crate) memory_gib: u64,
    pub(crate) kernel: String,
}

impl Facts {
    /// Of this machine; what it does not tell is called unknown.
    pub(crate) fn read() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let (processors, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
        let kernel = read("/proc/sys/kernel/osrelease").trim().to_owned();
        Self {
            processor: value(&processors, "model name").unwrap_or("an unknown processor").to_owned(),
            memory_gib: value(&memory, "MemTotal").and_then(gibibytes).unwrap_or_default(),
            kernel: if kernel.is_empty() { "of an unknown version".to_owned() } else { kernel },
        }
    }
}

/// What stands behind the first `name` and its colon.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.split_once(':')?.1.trim())
}

fn gibibytes(memory: &str) -> Option<u64> {
    const KIB_PER_GIB: u64 = 1 << 20;
    let kib: u64 = memory.strip_suffix("kB")?.trim().parse().ok()?;
    // The kernel keeps some of it for itself: 15.6 were sold as 16.
    Some(kib.div_ceil(KIB_PER_GIB))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read() {
        let text = "processor\t: 0\nmodel name\t: Some Processor @ 2.00GHz\nMemTotal:       24550176 kB\n";
        assert_eq!(value(text, "model name"), Some("Some Processor @ 2.00GHz"));
        assert_eq!(value(text, "MemTotal").and_then(gibibytes), Some(24));
        assert_eq!(value(text, "MemFree"), None);
    }
}
