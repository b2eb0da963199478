//! Marks computed runs in the browser's performance timeline, for profiles and tests.

/// Marks a run computed on the main thread.
pub const ON_PAGE: &str = "lockstep:run-on-page";
/// Marks a run computed in a worker.
pub const IN_WORKER: &str = "lockstep:run-in-worker";

/// Adds `runs` marks with this name.
pub fn mark(name: &str, runs: u32) {
    let performance = web_sys::window().and_then(|window| window.performance());
    for _ in 0..runs {
        // If it fails, only the count is wrong.
        let _ = performance.as_ref().map(|performance| performance.mark(name));
    }
}
