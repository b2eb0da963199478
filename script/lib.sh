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
# A C compiler for wasm, as a Python package.
ZIGLANG_VERSION=0.17.1
# The version in the measured runs. The tests run the page's programs with it.
AIOSQLITE_VERSION=0.22.1
# Maximum bytes, compressed with brotli, that a browser loads before the default run plays. The goal
# is 390000: the section Ask SQLite should load its cases and its drawing when it comes near.
SIZE_CEILING=455000
# Maximum bytes, compressed with brotli, of the engine, which is loaded when it is first needed.
ENGINE_CEILING=330000
# Maximum bytes of lockstep.html.
ONE_FILE_CEILING=1050000
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

# The C compilers for wasm, in order: the system's clang, or zig from the Python package.
has_wasm_clang() {
  have clang && have "$(clang -print-prog-name=llvm-ar)" &&
    echo 'int f(void) { return 1; }' | clang --target=wasm32-unknown-unknown -x c -c -o /dev/null - 2>/dev/null
}
zig() { "$LOCKSTEP_PYTHON" -m ziglang "$@"; }
has_zig() { [ "$(zig version 2>/dev/null)" = "$ZIGLANG_VERSION" ]; }
has_engine_compiler() { has_wasm_clang || has_zig; }

# Runs a command in an environment in which cargo compiles SQLite for wasm.
engine_env() {
  local flags
  # docs/build.md has the sizes with other flags.
  flags="-USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_SESSION -USQLITE_ENABLE_PREUPDATE_HOOK"
  flags="$flags -USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_DBPAGE_VTAB -USQLITE_ENABLE_DBSTAT_VTAB"
  flags="$flags -USQLITE_ENABLE_MATH_FUNCTIONS -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_STMTVTAB"
  flags="$flags -USQLITE_ENABLE_API_ARMOR -USQLITE_ENABLE_COLUMN_METADATA -USQLITE_ENABLE_UNLOCK_NOTIFY"
  flags="$flags -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION -DSQLITE_OMIT_TRACE -DSQLITE_OMIT_DESERIALIZE"
  # So that 1000 connections take 22 MiB.
  flags="$flags -DSQLITE_DEFAULT_LOOKASIDE=0,0 -DSQLITE_DEFAULT_PCACHE_INITSZ=0"
  # As natively; sqlite-wasm-rs has another default.
  flags="$flags -USQLITE_DEFAULT_PAGE_SIZE -DSQLITE_DEFAULT_PAGE_SIZE=4096"
  if has_wasm_clang; then
    CC_wasm32_unknown_unknown=clang AR_wasm32_unknown_unknown=$(clang -print-prog-name=llvm-ar) SQLITE_WASM_RS_FLAGS=$flags "$@"
  else
    CC_wasm32_unknown_unknown=$LOCKSTEP_ROOT/script/wasm_cc AR_wasm32_unknown_unknown=$LOCKSTEP_ROOT/script/wasm_ar \
      ZIG_GLOBAL_CACHE_DIR=$LOCKSTEP_TOOLS/zig-cache ZIG_LOCAL_CACHE_DIR=$LOCKSTEP_TOOLS/zig-cache SQLITE_WASM_RS_FLAGS=$flags "$@"
  fi
}
