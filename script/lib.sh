# Shared by every script here: where the tools live, which of them are missing, and the variables for a wasm build.
# Sourced, not run.

LOCKSTEP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Outside the checkout, so that a fresh clone and `cargo clean` keep the tools.
LOCKSTEP_TOOLS=${LOCKSTEP_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/lockstep-tools}
WASM_TARGET=wasm32-unknown-unknown
TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
PATH=$LOCKSTEP_TOOLS/bin:$LOCKSTEP_TOOLS/node_modules/.bin:$PATH
export PATH

say() { printf '%s\n' "$*"; }
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# The wasm-bindgen command line must be of exactly the version in Cargo.lock.
wasm_bindgen_version() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$LOCKSTEP_ROOT/Cargo.lock"
}

newest_wasm_ld() {
  printf '%s\n' /usr/bin/wasm-ld-* | sort -V | tail -n 1
}

ordinary_wasm_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]
}

# Debian's compiler builds the wasm standard library from its sources: for machines on which rustup cannot download.
debian_wasm_toolchain() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x "$(newest_wasm_ld)" ] &&
    [ -d /usr/lib/rustlib/src/rust/library/std ] && { ! have rustup || rustup toolchain list 2>/dev/null | grep -q '^debian'; }
}

# Runs a command with what a wasm build needs. Native builds keep the ordinary toolchain.
wasm_env() {
  if ordinary_wasm_target; then
    "$@"
  else
    RUSTUP_TOOLCHAIN=debian RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(newest_wasm_ld) "$@"
  fi
}

# What a first call still has to install, one word a piece.
missing_pieces() {
  ordinary_wasm_target || debian_wasm_toolchain || say wasm-target
  [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK_VERSION" ] || say trunk
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(wasm_bindgen_version)" ] || say wasm-bindgen
  [ -x "$LOCKSTEP_TOOLS/node_modules/.bin/wasm-opt" ] || say wasm-opt
  { have chromium && have chromedriver; } || say chromium
  have cc || say cc
}
