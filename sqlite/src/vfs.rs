//! SQLite's interface to the disk in memory.

use crate::disk::{Disk, Handle, MAX_FILE_BYTES, Process};
use crate::ffi::SQLITE_BUSY;
use lockstep_core::trace::Lock;
use rsqlite_vfs::ffi::{SQLITE_OK, SQLITE_SHM_SHARED, SQLITE_SHM_UNLOCK, sqlite3_file, sqlite3_io_methods};
use rsqlite_vfs::{
    AccessMode, DeviceCharacteristics, FileKind, LockLevel, OpenOptions, OpenRequest, OpenedFile, OsCallback, SQLiteIoMethods,
    SQLiteVfs, SQLiteVfsFile, SyncOptions, VfsError, VfsErrorCode, VfsFile, VfsFilename, VfsRegistration, VfsResult, VfsStore,
    register_vfs,
};
use std::cell::RefCell;
use std::ffi::{CString, c_int, c_void};
use std::ops::{Deref, Range};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// 2026-01-01 00:00 UTC in milliseconds: the date at the start of simulated time.
const START_MS: i64 = 1_767_225_600_000;

/// A disk that is registered with SQLite under its own name.
pub(crate) struct Vfs {
    registration: Option<VfsRegistration<State>>,
    disk: Rc<Disk>,
    name: CString,
}

impl Vfs {
    /// Registers an empty disk.
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("lockstep-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let disk = Rc::<Disk>::default();
        let state = State { disk: Rc::clone(&disk), error: RefCell::default() };
        // SAFETY: the name is unique, the types agree, and the registration lives as long as `self`.
        // Connections hold an `Rc` of `self`, so that all files are closed before it is dropped.
        let registration = unsafe { register_vfs::<Methods, Callbacks>(&name, state, false) };
        Self { registration: registration.ok(), disk, name: CString::new(name).unwrap_or_default() }
    }

    /// The name under which connections open files of this disk.
    pub(crate) fn name(&self) -> &CString {
        &self.name
    }
}

impl Deref for Vfs {
    type Target = Disk;

    fn deref(&self) -> &Disk {
        &self.disk
    }
}

impl Drop for Vfs {
    fn drop(&mut self) {
        if let Some(registration) = self.registration.take() {
            // SAFETY: the last connection is closed, so SQLite has no pointer to it. If it cannot be
            // unregistered, SQLite may still use it, so it is leaked.
            if let Err((registration, _)) = unsafe { registration.unregister() } {
                registration.into_raw();
            }
        }
    }
}

struct State {
    disk: Rc<Disk>,
    error: RefCell<Option<VfsError>>,
}

impl OsCallback for State {
    fn sleep(&self, duration: Duration) {
        self.disk.sleep(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
    }

    fn random(&self, buffer: &mut [u8]) -> usize {
        for chunk in buffer.chunks_mut(8) {
            chunk.copy_from_slice(&self.disk.random()[..chunk.len()]);
        }
        buffer.len()
    }

    fn epoch_timestamp_in_ms(&self) -> VfsResult<i64> {
        Ok(START_MS.saturating_add_unsigned(self.disk.now_ms.get()))
    }
}

struct Callbacks;

impl SQLiteVfs<Methods> for Callbacks {
    type Os = State;

    fn os(state: &State) -> &State {
        state
    }
}

struct Store;

impl VfsStore for Store {
    type File = OpenFile;
    type AppData = State;

    fn record_error(state: &State, error: VfsError) {
        state.error.replace(Some(error));
    }

    fn last_error(state: &State) -> Option<VfsError> {
        state.error.borrow().clone()
    }

    fn open_file(state: &State, request: OpenRequest<'_>) -> VfsResult<OpenedFile<OpenFile>> {
        let name = request.filename.map(VfsFilename::path);
        let exists = name.is_some_and(|name| state.disk.file(name).is_some());
        if name.is_some() && !exists && !request.options.create() {
            return Err(VfsError::new(VfsErrorCode::CantOpen, "there is no such file".into()));
        }
        let kind = request.options.kind();
        let is_database = kind == Some(FileKind::MainDb);
        let is_crash_point = is_database || kind == Some(FileKind::Wal);
        Ok(OpenedFile { file: OpenFile(state.disk.open(name, is_database, is_crash_point)), access: request.options.access() })
    }

    fn close_file(state: &State, name: Option<&str>, file: OpenFile, options: OpenOptions) -> VfsResult<()> {
        file.0.close();
        if let Some(name) = name.filter(|_| options.delete_on_close()) {
            state.disk.delete(name);
        }
        Ok(())
    }

    fn access(state: &State, name: &str, _mode: AccessMode) -> VfsResult<bool> {
        // As on Unix, an empty file counts as missing: a truncated journal is no journal.
        Ok(state.disk.file(name).is_some_and(|file| !file.borrow().data.is_empty()))
    }

    fn full_pathname(_state: &State, name: &str) -> VfsResult<String> {
        Ok(name.to_owned())
    }

    fn delete_file(state: &State, name: &str, _sync_dir: bool) -> VfsResult<()> {
        match state.disk.delete(name) {
            true => Ok(()),
            false => Err(VfsError::new(VfsErrorCode::IoDeleteNoEntry, "there is no such file".into())),
        }
    }
}

struct OpenFile(Rc<Handle>);

impl OpenFile {
    fn process(&self) -> &Process {
        &self.0.process
    }
}

impl VfsFile for OpenFile {
    fn device_characteristics(&self) -> DeviceCharacteristics {
        DeviceCharacteristics::POWERSAFE_OVERWRITE
    }

    fn read(&mut self, buffer: &mut [u8], offset: u64) -> VfsResult<usize> {
        let inode = self.0.inode.borrow();
        let rest = usize::try_from(offset).ok().and_then(|offset| inode.data.get(offset..)).unwrap_or_default();
        let length = buffer.len().min(rest.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        Ok(length)
    }

    fn write(&mut self, bytes: &[u8], offset: u64) -> VfsResult<()> {
        if self.process().is_dead() {
            return Ok(());
        }
        let start = usize::try_from(offset).ok();
        let end = start.and_then(|start| start.checked_add(bytes.len())).filter(|end| *end <= MAX_FILE_BYTES);
        let (Some(start), Some(end)) = (start, end) else {
            return Err(VfsError::new(VfsErrorCode::Full, "the file is too large for the page".into()));
        };
        self.0.inode.borrow_mut().write(start..end, bytes);
        if self.0.is_crash_point && self.process().dies_at_write.get() {
            self.process().die();
        }
        Ok(())
    }

    fn truncate(&mut self, size: u64) -> VfsResult<()> {
        if !self.process().is_dead() {
            self.0.inode.borrow_mut().data.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        }
        Ok(())
    }

    fn sync(&mut self, _options: SyncOptions) -> VfsResult<()> {
        Ok(())
    }

    fn size(&self) -> VfsResult<u64> {
        Ok(self.0.inode.borrow().data.len() as u64)
    }

    fn lock(&mut self, level: LockLevel) -> VfsResult<()> {
        match self.0.lock(lock_of(level)) {
            true => Ok(()),
            false => Err(VfsError::new(VfsErrorCode::Busy, "another connection holds a lock".into())),
        }
    }

    fn unlock(&mut self, level: LockLevel) -> VfsResult<()> {
        self.0.unlock(lock_of(level));
        Ok(())
    }

    fn check_reserved_lock(&self) -> VfsResult<bool> {
        Ok(self.0.inode.borrow().locks.is_reserved())
    }
}

const fn lock_of(level: LockLevel) -> Lock {
    match level {
        LockLevel::None => Lock::Unlocked,
        LockLevel::Shared => Lock::Shared,
        LockLevel::Reserved => Lock::Reserved,
        LockLevel::Pending => Lock::Pending,
        LockLevel::Exclusive => Lock::Exclusive,
    }
}

struct Methods;

impl SQLiteIoMethods for Methods {
    type Store = Store;
    const VERSION: c_int = 2;
    const METHODS: sqlite3_io_methods = sqlite3_io_methods {
        iVersion: 2,
        xClose: Some(Self::xClose),
        xRead: Some(Self::xRead),
        xWrite: Some(Self::xWrite),
        xTruncate: Some(Self::xTruncate),
        xSync: Some(Self::xSync),
        xFileSize: Some(Self::xFileSize),
        xLock: Some(Self::xLock),
        xUnlock: Some(Self::xUnlock),
        xCheckReservedLock: Some(Self::xCheckReservedLock),
        xFileControl: Some(Self::xFileControl),
        xSectorSize: Some(Self::xSectorSize),
        xDeviceCharacteristics: Some(Self::xDeviceCharacteristics),
        xShmMap: Some(map_shared_memory),
        xShmLock: Some(lock_shared_memory),
        xShmBarrier: Some(shared_memory_barrier),
        xShmUnmap: Some(unmap_shared_memory),
        xFetch: None,
        xUnfetch: None,
    };
}

/// The handle of a file that SQLite passes to a method.
///
/// # Safety
/// `file` was opened by this VFS and is not closed yet.
unsafe fn handle(file: *mut sqlite3_file) -> Rc<Handle> {
    // SAFETY: the caller ensures that the file is open, and `OpenFile` is the type that `Store`
    // opens it with. The borrow ends here, so callbacks cannot overlap.
    unsafe { Rc::clone(&(*SQLiteVfsFile::from_file(file)).handle::<OpenFile>().0) }
}

/// # Safety
/// As SQLite calls `xShmMap`.
unsafe extern "C" fn map_shared_memory(
    file: *mut sqlite3_file,
    index: c_int,
    bytes: c_int,
    extend: c_int,
    region: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite passes an open file.
    let handle = unsafe { handle(file) };
    let (index, bytes) = (usize::try_from(index).unwrap_or(0), usize::try_from(bytes).unwrap_or(0));
    // The handle keeps the region, so that its pointer stays valid until the file is closed or
    // unmapped.
    let pointer = handle.map_region(index, bytes, extend != 0).map_or(std::ptr::null_mut(), |region| region.pointer());
    // SAFETY: SQLite passes a valid place for the pointer.
    unsafe { *region = pointer };
    SQLITE_OK
}

/// # Safety
/// As SQLite calls `xShmLock`.
unsafe extern "C" fn lock_shared_memory(file: *mut sqlite3_file, first: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    let handle = unsafe { handle(file) };
    let first = usize::try_from(first).unwrap_or(0);
    let range: Range<usize> = first..first + usize::try_from(count).unwrap_or(0);
    if flags & SQLITE_SHM_UNLOCK != 0 {
        handle.unlock_slots(range);
        return SQLITE_OK;
    }
    if handle.lock_slots(range, flags & SQLITE_SHM_SHARED == 0) { SQLITE_OK } else { SQLITE_BUSY }
}

/// One thread needs no barrier.
unsafe extern "C" fn shared_memory_barrier(_file: *mut sqlite3_file) {}

/// # Safety
/// As SQLite calls `xShmUnmap`.
unsafe extern "C" fn unmap_shared_memory(file: *mut sqlite3_file, _delete: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    unsafe { handle(file) }.unmap_regions();
    SQLITE_OK
}
