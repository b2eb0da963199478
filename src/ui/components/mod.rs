//! The parts of the page, one file each: data comes down by props, actions go up by the dispatcher in the context.
