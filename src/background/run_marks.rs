//! Counts computed runs in the browser's performance timeline, where a profile or a test can see them.

/// The mark for a run computed on the page's thread.
pub const ON_PAGE: &str = "lockstep:run-on-page";
/// The mark for a run computed in a worker.
pub const IN_WORKER: &str = "lockstep:run-in-worker";

/// Adds `runs` marks with this name.
pub fn mark(name: &str, runs: u32) {
    let performance = web_sys::window().and_then(|window| window.performance());
    for _ in 0..runs {
        // A mark that is refused is only not counted.
        let _ = performance.as_ref().map(|performance| performance.mark(name));
    }
}
