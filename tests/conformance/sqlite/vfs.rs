//! An instrumented VFS: SQLite's default VFS, except that sleeps are recorded and a COMMIT can be
//! paused.
//!
//! Sleeps of the busy handler are recorded and skipped. A thread with a [`Gate`] blocks when its
//! COMMIT is about to release the lock, or in WAL mode when it is about to write to the log, until
//! the gate opens. So a COMMIT holds its lock for as long as the simulated time needs. It does not
//! block in a sync, because `synchronous=off` has none.

use lockstep_core::trace::Lock;
use rusqlite::ffi;
use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null;
use std::sync::{Arc, Condvar, Mutex, Once, PoisonError};

/// The name of the VFS.
pub(crate) const NAME: &CStr = c"lockstep-instrumented";

thread_local! {
    static SLEEPS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    static SLEEP_HOOK: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
    static GATE: RefCell<Option<Arc<Gate>>> = const { RefCell::new(None) };
}

/// The sleeps that busy handlers on this thread have requested since the last call, in
/// microseconds.
pub(crate) fn take_sleeps() -> Vec<u64> {
    SLEEPS.take()
}

/// Runs `body`, and calls `hook` whenever a busy handler on this thread requests a sleep.
pub(crate) fn with_sleep_hook<T>(hook: impl FnMut() + 'static, body: impl FnOnce() -> T) -> T {
    SLEEP_HOOK.set(Some(Box::new(hook)));
    let result = body();
    SLEEP_HOOK.set(None);
    result
}

/// A point at which a COMMIT blocks while it holds its lock.
#[derive(Default)]
pub(crate) struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    NotReached,
    /// The COMMIT blocks here and holds this lock.
    Waiting(Lock),
    Opened,
    /// The COMMIT ended without reaching the gate.
    Missed,
}

impl Gate {
    fn set(&self, state: GateState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.changed.notify_all();
    }

    fn wait_until(&self, condition: impl Fn(GateState) -> bool) -> GateState {
        let guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *self.changed.wait_while(guard, |state| !condition(*state)).unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `commit` on this thread so that it blocks at this gate.
    pub(crate) fn run_commit<T>(self: &Arc<Self>, commit: impl FnOnce() -> T) -> T {
        GATE.set(Some(Arc::clone(self)));
        let result = commit();
        if GATE.take().is_some() {
            self.set(GateState::Missed);
        }
        result
    }

    /// Waits until the COMMIT blocks at the gate, and returns the lock that it holds; `None` if it
    /// ended without reaching the gate.
    pub(crate) fn wait_for_commit(&self) -> Option<Lock> {
        match self.wait_until(|state| state != GateState::NotReached) {
            GateState::Waiting(lock) => Some(lock),
            _ => None,
        }
    }

    /// Lets the COMMIT continue.
    pub(crate) fn open(&self) {
        self.set(GateState::Opened);
    }
}

/// Blocks this thread at its gate, if it has one. Its COMMIT holds `lock`, and other connections
/// cannot read its changes yet.
fn block_at_gate(lock: Lock) {
    if let Some(gate) = GATE.take() {
        gate.set(GateState::Waiting(lock));
        gate.wait_until(|state| state == GateState::Opened);
    }
}

/// The methods of an instrumented file, and the original ones.
#[repr(C)]
struct Instrumented {
    methods: ffi::sqlite3_io_methods,
    original: *const ffi::sqlite3_io_methods,
}

/// SAFETY: `file` must have been opened by [`open`]. Then its methods are the first field of an
/// [`Instrumented`] that is never freed.
unsafe fn original<'a>(file: *mut ffi::sqlite3_file) -> &'a ffi::sqlite3_io_methods {
    unsafe { &*(*(*file).pMethods.cast::<Instrumented>()).original }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    let mut held: c_int = 0;
    // SAFETY: SQLite calls it with a file of this VFS; the file control writes one int.
    unsafe {
        let original = original(file);
        original.xFileControl.map(|control| control(file, ffi::SQLITE_FCNTL_LOCKSTATE, (&raw mut held).cast()));
        if held == ffi::SQLITE_LOCK_EXCLUSIVE {
            block_at_gate(Lock::Exclusive);
        }
        original.xUnlock.map_or(ffi::SQLITE_MISUSE, |unlock| unlock(file, level))
    }
}

/// A write to the WAL file, which only a COMMIT does in these tests. Other connections can read the
/// changes only after it (wal.c, `walIndexWriteHdr`).
unsafe extern "C" fn write_log(file: *mut ffi::sqlite3_file, data: *const c_void, bytes: c_int, offset: i64) -> c_int {
    block_at_gate(Lock::Write);
    // SAFETY: SQLite calls it with a file of this VFS.
    unsafe { original(file).xWrite.map_or(ffi::SQLITE_MISUSE, |write| write(file, data, bytes, offset)) }
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    SLEEPS.with_borrow_mut(|sleeps| sleeps.push(u64::try_from(microseconds).unwrap_or(0)));
    if let Some(mut hook) = SLEEP_HOOK.take() {
        hook();
        SLEEP_HOOK.set(Some(hook));
    }
    microseconds
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: the default VFS exists. It gets SQLite's own arguments, and sets the file's methods.
    unsafe {
        let default = ffi::sqlite3_vfs_find(null());
        let code = (*default).xOpen.map_or(ffi::SQLITE_MISUSE, |open| open(vfs, name, file, flags, out_flags));
        if code == ffi::SQLITE_OK {
            let methods = (*file).pMethods;
            let instrumented = ffi::sqlite3_io_methods {
                xUnlock: Some(unlock),
                xWrite: if flags & ffi::SQLITE_OPEN_WAL == 0 { (*methods).xWrite } else { Some(write_log) },
                ..*methods
            };
            // This leaks a few hundred bytes per opened file, which is harmless in a test.
            let leaked: *const Instrumented = Box::leak(Box::new(Instrumented { methods: instrumented, original: methods }));
            (*file).pMethods = leaked.cast();
        }
        code
    }
}

/// Registers the VFS on the first call.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the default VFS exists. Its copy with two replaced methods is never freed.
        let code = unsafe {
            let default = ffi::sqlite3_vfs_find(null());
            let vfs = ffi::sqlite3_vfs {
                zName: NAME.as_ptr(),
                xOpen: Some(open),
                xSleep: Some(sleep),
                pNext: std::ptr::null_mut(),
                ..*default
            };
            ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0)
        };
        assert_eq!(code, ffi::SQLITE_OK, "the VFS is registered");
    });
}
