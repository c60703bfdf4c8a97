//! The time that a bench itself took, whatever else the machine did meanwhile.

use std::time::Instant;

/// Seconds that this thread has run, by the kernel's count; by the clock where there is none.
pub(crate) fn processor_seconds() -> f64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| START.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}
