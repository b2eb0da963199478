# shellcheck shell=bash disable=SC2034
# Shared by every script here: versions and ceilings, where the
# tools live, and what a wasm build needs. Sourced, not run.

LOCKSTEP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Outside the checkout, so that a fresh clone and `cargo clean` keep the tools.
export LOCKSTEP_TOOLS=${LOCKSTEP_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/lockstep-tools}
WASM_TARGET=wasm32-unknown-unknown
TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132
REVEAL_VERSION=6.0.2
MDBOOK_VERSION=0.5.4
# That of the measured runs. The tests run the page's programs with it.
AIOSQLITE_VERSION=0.22.1
# Bytes, brotli: everything that a browser loads until the default run plays.
SIZE_CEILING=390000
# Bytes on disk: the page in one file.
ONE_FILE_CEILING=1000000
# Error of the model against measured runs, where 1.0 is how far one measured run is from the
# others.
SCORE_CEILING=1.0

export PATH=$LOCKSTEP_TOOLS/bin:$LOCKSTEP_TOOLS/node_modules/.bin:$PATH
export LOCKSTEP_PYTHON=$LOCKSTEP_TOOLS/python/bin/python
export TRUNK_SKIP_VERSION_CHECK=true
# trunk stops at NO_COLOR=1, as many have it.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi

say() { printf '%s\n' "$*"; }
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# The first number in what a tool says of itself; nothing if it is missing or broken.
version_of() { "$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)*' | head -n 1; }

wasm_bindgen_version() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$LOCKSTEP_ROOT/Cargo.lock"
}
rust_version() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$LOCKSTEP_ROOT/Cargo.toml"; }

newest_wasm_ld() { printf '%s\n' /usr/bin/wasm-ld-* | sort -V | tail -n 1; }

# LOCKSTEP_WASM=debian leaves rustup's target alone, even where it is installed.
ordinary_wasm_target() { [ "${LOCKSTEP_WASM:-}" != debian ] && [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]; }

# Debian's compiler can build the wasm standard library from its sources: for machines on which
# rustup cannot download.
debian_wasm_toolchain() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/cargo-clippy ] && [ -x "$(newest_wasm_ld)" ] &&
    [ -d /usr/lib/rustlib/src/rust/library/std ] && { ! have rustup || rustup toolchain list 2>/dev/null | grep -q '^debian'; }
}

# Runs a command with what a wasm build needs. Native builds keep the ordinary toolchain.
wasm_env() {
  if ordinary_wasm_target; then
    "$@"
  else
    RUSTUP_TOOLCHAIN=debian CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(newest_wasm_ld) RUSTC_BOOTSTRAP=1 \
      CARGO_UNSTABLE_BUILD_STD=std,panic_abort "$@"
  fi
}
