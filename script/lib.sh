# shellcheck shell=bash disable=SC2034
# Sourced by the other scripts: versions, limits, the tools folder, and the setup of wasm builds.

LOCKSTEP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Outside the checkout, so that a fresh clone and `cargo clean` keep the tools.
export LOCKSTEP_TOOLS=${LOCKSTEP_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/lockstep-tools}
WASM_TARGET=wasm32-unknown-unknown
TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132
REVEAL_VERSION=6.0.2
MDBOOK_VERSION=0.5.4
# The version in the measured runs. The tests run the page's programs with it.
AIOSQLITE_VERSION=0.22.1
# Maximum bytes, compressed with brotli, that a browser loads before the default run plays.
SIZE_CEILING=405000
# Maximum bytes of lockstep.html.
ONE_FILE_CEILING=1000000
# Maximum error of the model. 1.0 is the deviation of one measured run from the others.
SCORE_CEILING=1.0

export PATH=$LOCKSTEP_TOOLS/bin:$LOCKSTEP_TOOLS/node_modules/.bin:$PATH
export LOCKSTEP_PYTHON=$LOCKSTEP_TOOLS/python/bin/python
export TRUNK_SKIP_VERSION_CHECK=true
# trunk fails with NO_COLOR=1; it only accepts true or false.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi

say() { printf '%s\n' "$*"; }
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# The version number of a tool; empty if the tool is missing or broken.
version_of() { "$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)*' | head -n 1; }

wasm_bindgen_version() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$LOCKSTEP_ROOT/Cargo.lock"
}
rust_version() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$LOCKSTEP_ROOT/Cargo.toml"; }

newest_wasm_ld() { printf '%s\n' /usr/bin/wasm-ld-* | sort -V | tail -n 1; }

# LOCKSTEP_WASM=debian ignores rustup's target, even if it is installed.
has_rustup_wasm_target() { [ "${LOCKSTEP_WASM:-}" != debian ] && [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]; }

# Whether Debian's compiler can build the standard library for wasm, for machines on which rustup
# cannot download the target.
has_debian_wasm_toolchain() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/cargo-clippy ] && [ -x "$(newest_wasm_ld)" ] &&
    [ -d /usr/lib/rustlib/src/rust/library/std ] && { ! have rustup || rustup toolchain list 2>/dev/null | grep -q '^debian'; }
}

# Runs a command in an environment for wasm builds. Native builds do not need it.
wasm_env() {
  if has_rustup_wasm_target; then
    "$@"
  else
    RUSTUP_TOOLCHAIN=debian CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(newest_wasm_ld) RUSTC_BOOTSTRAP=1 \
      CARGO_UNSTABLE_BUILD_STD=std,panic_abort "$@"
  fi
}
