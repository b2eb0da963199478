//! A disk in memory: files with their locks, and the processes that have them open.

use crate::locks::{FileLocks, HandleId, WalSlots};
use crate::shared_memory::Region;
use lockstep_core::terminals::{Request, WalSlot, Wanted};
use lockstep_core::trace::Lock;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::{Rc, Weak};

/// The largest file. It bounds what SQL of a user can fill.
pub(crate) const MAX_FILE_BYTES: usize = 64 << 20;

/// A file.
#[derive(Debug, Default)]
pub(crate) struct Inode {
    pub(crate) data: Vec<u8>,
    pub(crate) locks: FileLocks,
    pub(crate) slots: WalSlots,
    /// WAL mode's shared memory. A handle keeps the regions that it has mapped.
    pub(crate) regions: Vec<Rc<Region>>,
    /// Handles of live processes that have mapped shared memory.
    pub(crate) mappings: usize,
}

impl Inode {
    /// Writes `bytes` at `range`, behind the end too.
    pub(crate) fn write(&mut self, range: Range<usize>, bytes: &[u8]) {
        if self.data.len() < range.end {
            self.data.resize(range.end, 0);
        }
        self.data[range].copy_from_slice(bytes);
    }
}

/// A process with one connection to the database file.
#[derive(Debug, Default)]
pub(crate) struct Process {
    /// Set while released locks are kept on the disk: during a COMMIT that lasts, or while a
    /// statement waits.
    keeps_locks: Cell<bool>,
    /// A dead process changes nothing.
    is_dead: Cell<bool>,
    /// The shared memory when the process died: SQLite still writes to it until it is closed.
    memory_at_death: RefCell<Vec<(Rc<Region>, Vec<u8>)>>,
    /// The process dies when it next writes to the database file or to its log.
    pub(crate) dies_at_write: Cell<bool>,
    handles: RefCell<Vec<Weak<Handle>>>,
}

impl Process {
    /// Whether it has died.
    pub(crate) fn is_dead(&self) -> bool {
        self.is_dead.get()
    }

    /// The process dies: nothing more of it reaches the disk.
    pub(crate) fn die(&self) {
        if self.is_dead.replace(true) {
            return;
        }
        let regions = self.database().map(|handle| handle.inode.borrow().regions.clone()).unwrap_or_default();
        self.memory_at_death.replace(regions.into_iter().map(|region| (Rc::clone(&region), region.copy())).collect());
    }

    /// After SQLite has closed the connection of a dead process: undoes what it has written to the
    /// shared memory since.
    pub(crate) fn restore_memory(&self) {
        for (region, copy) in self.memory_at_death.take() {
            region.restore(&copy);
        }
    }

    /// From now on, locks that SQLite releases stay on the disk.
    pub(crate) fn keep_locks(&self) {
        self.keeps_locks.set(true);
    }

    /// From now on, SQLite releases locks itself. Locks that were kept before stay until
    /// [`Process::release_kept_locks`].
    pub(crate) fn stop_keeping_locks(&self) {
        self.keeps_locks.set(false);
    }

    /// Releases all locks that SQLite has released.
    pub(crate) fn release_kept_locks(&self) {
        self.keeps_locks.set(false);
        for handle in self.live_handles() {
            handle.release_kept_locks();
        }
    }

    /// The lock that the process holds on the database file.
    pub(crate) fn lock(&self) -> Lock {
        self.database().map(|handle| handle.held()).unwrap_or_default()
    }

    /// The handle of the database file.
    pub(crate) fn database(&self) -> Option<Rc<Handle>> {
        self.live_handles().find(|handle| handle.is_database)
    }

    fn live_handles(&self) -> impl Iterator<Item = Rc<Handle>> {
        let mut handles = self.handles.borrow_mut();
        handles.retain(|handle| handle.strong_count() > 0);
        handles.iter().filter_map(Weak::upgrade).collect::<Vec<_>>().into_iter()
    }
}

/// A file that a process has open.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) id: HandleId,
    pub(crate) process: Rc<Process>,
    pub(crate) inode: Rc<RefCell<Inode>>,
    /// It is the main database file.
    pub(crate) is_database: bool,
    /// It is the main database file or its log: a crash inside COMMIT happens when it is written.
    pub(crate) is_crash_point: bool,
    log: Rc<RequestLog>,
    /// The lock that SQLite believes to hold. The disk holds the same or a stronger one.
    believed: Cell<Lock>,
    /// The slots that SQLite believes to hold, one bit each.
    believed_slots: Cell<u8>,
    /// The regions that this handle has mapped: pointers to them stay valid until it is closed.
    mapped: RefCell<Vec<Rc<Region>>>,
}

impl Handle {
    /// Requests a lock on the file.
    pub(crate) fn lock(&self, wanted: Lock) -> bool {
        if self.process.is_dead() {
            return false;
        }
        if wanted <= self.believed.get() {
            return true;
        }
        let mut inode = self.inode.borrow_mut();
        let is_granted = inode.locks.lock(self.id, wanted);
        let held = inode.locks.held(self.id);
        // After a refused EXCLUSIVE, PENDING stays until SQLite releases it.
        self.believed.set(if is_granted { wanted } else { self.believed.get().max(held.min(Lock::Pending)) });
        self.log.add(|| Request { what: Wanted::Lock(wanted), is_granted });
        is_granted
    }

    /// Goes down to a weaker lock.
    pub(crate) fn unlock(&self, lock: Lock) {
        if lock >= self.believed.get() {
            return;
        }
        self.believed.set(lock);
        self.log.add(|| Request { what: Wanted::Unlock(lock), is_granted: true });
        if !self.process.keeps_locks.get() {
            self.inode.borrow_mut().locks.set(self.id, lock);
        }
    }

    /// Requests slots of the shared memory.
    pub(crate) fn lock_slots(&self, range: Range<usize>, exclusive: bool) -> bool {
        if self.process.is_dead() {
            return false;
        }
        let is_granted = self.inode.borrow_mut().slots.lock(self.id, range.clone(), exclusive);
        if is_granted {
            self.believed_slots.set(self.believed_slots.get() | mask(&range));
        }
        self.log.add(|| Request { what: Wanted::Slot { slot: slot(range.start), is_exclusive: exclusive }, is_granted });
        is_granted
    }

    /// Releases slots of the shared memory.
    pub(crate) fn unlock_slots(&self, range: Range<usize>) {
        self.believed_slots.set(self.believed_slots.get() & !mask(&range));
        self.log.add(|| Request { what: Wanted::ReleaseSlot(slot(range.start)), is_granted: true });
        if !self.process.keeps_locks.get() {
            let mut inode = self.inode.borrow_mut();
            range.for_each(|slot| inode.slots.release(self.id, slot));
        }
    }

    /// Maps a region of the shared memory; `None` if it does not exist and `extend` is not set.
    pub(crate) fn map_region(&self, index: usize, bytes: usize, extend: bool) -> Option<Rc<Region>> {
        let mut mapped = self.mapped.borrow_mut();
        let mut inode = self.inode.borrow_mut();
        while inode.regions.len() <= index {
            if !extend {
                return None;
            }
            inode.regions.push(Rc::new(Region::new(bytes)));
        }
        if mapped.is_empty() {
            inode.mappings += 1;
        }
        let first_new = mapped.len();
        mapped.extend(inode.regions.iter().take(index + 1).skip(first_new).cloned());
        mapped.get(index).cloned()
    }

    /// Unmaps the shared memory. It is gone with its last mapping, as after the last process.
    pub(crate) fn unmap_regions(&self) {
        let mut mapped = self.mapped.borrow_mut();
        if mapped.is_empty() {
            return;
        }
        mapped.clear();
        let mut inode = self.inode.borrow_mut();
        inode.mappings -= 1;
        if inode.mappings == 0 {
            inode.regions.clear();
        }
    }

    /// Releases everything; the file is closed.
    pub(crate) fn close(&self) {
        self.believed.set(Lock::Unlocked);
        self.believed_slots.set(0);
        self.release_kept_locks();
        self.unmap_regions();
    }

    /// The lock on the disk. In WAL mode the shared memory has the locks; there each connection
    /// keeps SHARED on the file itself.
    fn held(&self) -> Lock {
        let inode = self.inode.borrow();
        if self.mapped.borrow().is_empty() { inode.locks.held(self.id) } else { inode.slots.held(self.id) }
    }

    fn release_kept_locks(&self) {
        let mut inode = self.inode.borrow_mut();
        inode.locks.set(self.id, self.believed.get());
        for slot in 0..crate::locks::SLOTS {
            if self.believed_slots.get() >> slot & 1 == 0 {
                inode.slots.release(self.id, slot);
            }
        }
    }
}

fn mask(range: &Range<usize>) -> u8 {
    range.clone().fold(0, |mask, slot| mask | 1 << slot)
}

fn slot(index: usize) -> WalSlot {
    WalSlot::from_index(u8::try_from(index).unwrap_or(0))
}

/// What connections asked for. It is recorded only for the terminals.
#[derive(Debug, Default)]
struct RequestLog {
    is_on: Cell<bool>,
    requests: RefCell<Vec<Request>>,
}

impl RequestLog {
    fn add(&self, request: impl FnOnce() -> Request) {
        if self.is_on.get() {
            self.requests.borrow_mut().push(request());
        }
    }
}

/// A sleep that SQLite asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sleep {
    pub(crate) milliseconds: u64,
    /// The lock that the sleeping connection holds.
    pub(crate) lock: Lock,
}

/// The disk: files by name.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    files: RefCell<BTreeMap<String, Rc<RefCell<Inode>>>>,
    /// The process that calls SQLite.
    caller: RefCell<Rc<Process>>,
    handles: Cell<u64>,
    log: Rc<RequestLog>,
    /// Simulated time since the start, in milliseconds.
    pub(crate) now_ms: Cell<u64>,
    /// How often and how long SQLite's own busy handler slept, and the caller's lock meanwhile.
    sleeps: RefCell<Vec<Sleep>>,
    random: Cell<u64>,
}

impl Disk {
    /// Notes which process calls SQLite: the files that SQLite opens are its.
    pub(crate) fn set_caller(&self, process: &Rc<Process>) {
        if !Rc::ptr_eq(&self.caller.borrow(), process) {
            self.caller.replace(Rc::clone(process));
        }
    }

    /// The process that calls SQLite.
    pub(crate) fn caller(&self) -> Rc<Process> {
        Rc::clone(&self.caller.borrow())
    }

    /// Begins to record requests.
    pub(crate) fn record_requests(&self) {
        self.log.is_on.set(true);
    }

    /// The recorded requests since the last call.
    pub(crate) fn take_requests(&self) -> Vec<Request> {
        self.log.requests.take()
    }

    /// The file with this name.
    pub(crate) fn file(&self, name: &str) -> Option<Rc<RefCell<Inode>>> {
        self.files.borrow().get(name).cloned()
    }

    /// Opens a file for the caller, and creates it if it is missing. Without a name it is
    /// temporary.
    pub(crate) fn open(&self, name: Option<&str>, is_database: bool, is_crash_point: bool) -> Rc<Handle> {
        let inode = match name {
            Some(name) => Rc::clone(self.files.borrow_mut().entry(name.to_owned()).or_default()),
            None => Rc::default(),
        };
        self.handles.set(self.handles.get() + 1);
        let process = self.caller();
        let handle = Rc::new(Handle {
            id: HandleId(self.handles.get()),
            process: Rc::clone(&process),
            inode,
            is_database,
            is_crash_point,
            log: Rc::clone(&self.log),
            believed: Cell::default(),
            believed_slots: Cell::default(),
            mapped: RefCell::default(),
        });
        process.handles.borrow_mut().push(Rc::downgrade(&handle));
        handle
    }

    /// Deletes a file, unless the caller is dead. Returns whether it existed.
    pub(crate) fn delete(&self, name: &str) -> bool {
        let exists = self.files.borrow().contains_key(name);
        if exists && !self.caller.borrow().is_dead() {
            self.files.borrow_mut().remove(name);
        }
        exists
    }

    /// Records a sleep of the caller. Nothing sleeps.
    pub(crate) fn sleep(&self, milliseconds: u64) {
        let lock = self.caller.borrow().lock();
        self.sleeps.borrow_mut().push(Sleep { milliseconds, lock });
    }

    /// The recorded sleeps since the last call.
    pub(crate) fn take_sleeps(&self) -> Vec<Sleep> {
        self.sleeps.take()
    }

    /// The next eight random bytes (`xorshift64*`, with a fixed seed).
    pub(crate) fn random(&self) -> [u8; 8] {
        let mut state = self.random.get() ^ 0x9E37_79B9_7F4A_7C15;
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        self.random.set(state ^ 0x9E37_79B9_7F4A_7C15);
        state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes()
    }
}
