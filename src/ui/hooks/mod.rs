//! What the components share and the browser owns: time, sizes, the address.
