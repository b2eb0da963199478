//! SQLite's own Unix file layer with some calls watched: the busy handler's sleep, and where a COMMIT is made to wait.
//!
//! A sleep is recorded and not slept. A thread that has a [`Gate`] stops where its COMMIT is about to give the lock back, or in WAL
//! mode where it is about to write to the log, until the gate is opened: so a COMMIT holds its lock for as long as a run's clock
//! says, in every journal and synchronous mode (with `synchronous=off` there is no sync to stop in).

use lockstep_core::trace::Lock;
use rusqlite::ffi;
use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null;
use std::sync::{Arc, Condvar, Mutex, Once, PoisonError};

/// The name of the watched file layer.
pub(crate) const NAME: &CStr = c"lockstep-watched";

thread_local! {
    static SLEEPS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    static WHILE_ASLEEP: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
    static GATE: RefCell<Option<Arc<Gate>>> = const { RefCell::new(None) };
}

/// What this thread's busy handlers asked to sleep since the last call, in microseconds.
pub(crate) fn take_sleeps() -> Vec<u64> {
    SLEEPS.take()
}

/// Does `act` whenever a busy handler of this thread would sleep, until the end of `during`.
pub(crate) fn while_asleep<T>(act: impl FnMut() + 'static, during: impl FnOnce() -> T) -> T {
    WHILE_ASLEEP.set(Some(Box::new(act)));
    let result = during();
    WHILE_ASLEEP.set(None);
    result
}

/// Where a COMMIT waits with its lock.
#[derive(Default)]
pub(crate) struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    NotReached,
    /// The thread waits, and holds this lock.
    Waiting(Lock),
    Opened,
    /// The COMMIT was over before it got here.
    PassedBy,
}

impl Gate {
    fn set(&self, state: GateState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.changed.notify_all();
    }

    fn wait_until(&self, is_it: impl Fn(GateState) -> bool) -> GateState {
        let guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *self.changed.wait_while(guard, |state| !is_it(*state)).unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `commit` with this gate in its thread's way.
    pub(crate) fn guard<T>(self: &Arc<Self>, commit: impl FnOnce() -> T) -> T {
        GATE.set(Some(Arc::clone(self)));
        let result = commit();
        if GATE.take().is_some() {
            self.set(GateState::PassedBy);
        }
        result
    }

    /// Waits until the COMMIT stands at the gate, and says with which lock; none if it ended without coming here.
    pub(crate) fn reached(&self) -> Option<Lock> {
        match self.wait_until(|state| state != GateState::NotReached) {
            GateState::Waiting(lock) => Some(lock),
            _ => None,
        }
    }

    /// Lets it go on.
    pub(crate) fn open(&self) {
        self.set(GateState::Opened);
    }
}

/// This thread's COMMIT has `lock`, and nobody can read yet what it writes.
fn stop_at_gate(lock: Lock) {
    if let Some(gate) = GATE.take() {
        gate.set(GateState::Waiting(lock));
        gate.wait_until(|state| state == GateState::Opened);
    }
}

/// A file's methods, and those that they stand in for.
#[repr(C)]
struct Watched {
    methods: ffi::sqlite3_io_methods,
    original: *const ffi::sqlite3_io_methods,
}

/// SAFETY: `file` was opened by [`open`], so its methods are the first field of a [`Watched`] that is never freed.
unsafe fn original<'a>(file: *mut ffi::sqlite3_file) -> &'a ffi::sqlite3_io_methods {
    unsafe { &*(*(*file).pMethods.cast::<Watched>()).original }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    let mut held: c_int = 0;
    // SAFETY: called by SQLite with a file of this layer; the file control writes one int.
    unsafe {
        let original = original(file);
        original.xFileControl.map(|control| control(file, ffi::SQLITE_FCNTL_LOCKSTATE, (&raw mut held).cast()));
        if held == ffi::SQLITE_LOCK_EXCLUSIVE {
            stop_at_gate(Lock::Exclusive);
        }
        original.xUnlock.map_or(ffi::SQLITE_MISUSE, |unlock| unlock(file, level))
    }
}

/// A write to the log, which only a COMMIT does here. What it writes can be read when it is over (wal.c, `walIndexWriteHdr`).
unsafe extern "C" fn write_log(file: *mut ffi::sqlite3_file, data: *const c_void, bytes: c_int, offset: i64) -> c_int {
    stop_at_gate(Lock::Write);
    // SAFETY: called by SQLite with a file of this layer.
    unsafe { original(file).xWrite.map_or(ffi::SQLITE_MISUSE, |write| write(file, data, bytes, offset)) }
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    SLEEPS.with_borrow_mut(|sleeps| sleeps.push(u64::try_from(microseconds).unwrap_or(0)));
    if let Some(mut act) = WHILE_ASLEEP.take() {
        act();
        WHILE_ASLEEP.set(Some(act));
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
    // SAFETY: the default layer exists; it gets its arguments as SQLite gave them, and fills in the file's methods.
    unsafe {
        let plain = ffi::sqlite3_vfs_find(null());
        let code = (*plain).xOpen.map_or(ffi::SQLITE_MISUSE, |open| open(vfs, name, file, flags, out_flags));
        if code == ffi::SQLITE_OK {
            let methods = (*file).pMethods;
            let watched = ffi::sqlite3_io_methods {
                xUnlock: Some(unlock),
                xWrite: if flags & ffi::SQLITE_OPEN_WAL == 0 { (*methods).xWrite } else { Some(write_log) },
                ..*methods
            };
            // A few hundred bytes a file for the length of a test.
            (*file).pMethods = Box::leak(Box::new(Watched { methods: watched, original: methods })) as *const Watched as *const _;
        }
        code
    }
}

/// Registers the layer, once.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the default layer exists; a copy of it with two calls replaced lives as long as the process.
        let code = unsafe {
            let plain = ffi::sqlite3_vfs_find(null());
            let vfs = ffi::sqlite3_vfs {
                zName: NAME.as_ptr(),
                xOpen: Some(open),
                xSleep: Some(sleep),
                pNext: std::ptr::null_mut(),
                ..*plain
            };
            ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0)
        };
        assert_eq!(code, ffi::SQLITE_OK, "the watched file layer is registered");
    });
}
