//! Starts the workshop, and nothing else.

fn main() {
    lockstep::sections::mount();
}
