//! In a window: mounts the page. In a worker, which has no window: serves requests.

use lockstep::{app, background, panic};

fn main() {
    panic::set_hook();
    if web_sys::window().is_some() {
        app::mount();
    } else {
        lockstep_worker::serve(background::handler::Handler::default());
    }
}
