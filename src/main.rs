//! Mounts the page, and nothing else.

fn main() {
    lockstep::ui::mount();
}
