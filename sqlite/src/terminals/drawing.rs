//! The database file as the page draws it, read from the disk.

use super::terminal::Terminal;
use crate::disk::{Disk, Inode};
use crate::locks::FIRST_READ_SLOT;
use crate::setup::PATH;
use lockstep_core::terminals::{File, Journal, Snapshot, Terminal as Letter, WalLog};

/// The place of the number of committed frames in the header of the shared memory (`WalIndexHdr`).
const FRAMES: usize = 16;
/// The place of the number of frames that checkpoints have copied (`WalCkptInfo`).
const CHECKPOINTED: usize = 96;
/// The place of the first of the five read marks.
const READ_MARKS: usize = 100;

/// The state of the database file.
pub(super) fn file(disk: &Disk, terminals: &[Option<Terminal>; Letter::COUNT]) -> File {
    let name = PATH.to_string_lossy();
    let database = disk.file(&name).unwrap_or_default();
    let database = database.borrow();
    let page_bytes = page_bytes(&database.data);
    File {
        pages: (database.data.len() as u64).checked_div(page_bytes).unwrap_or(0),
        page_bytes,
        journal: journal(disk, &name, &database),
        wal: wal(disk, &name, &database, terminals),
    }
}

/// The size of a page, from the file's header: 1 stands for 65 536.
fn page_bytes(data: &[u8]) -> u64 {
    match data.get(16..18).map(|bytes| u64::from(bytes[0]) << 8 | u64::from(bytes[1])) {
        Some(1) => 65_536,
        bytes => bytes.unwrap_or(0),
    }
}

fn journal(disk: &Disk, name: &str, database: &Inode) -> Option<Journal> {
    let journal = disk.file(&format!("{name}-journal"))?;
    let journal = journal.borrow();
    // A journal whose first byte is zero, or that is empty, is not valid.
    let is_valid = journal.data.first().is_some_and(|byte| *byte != 0);
    Some(Journal { bytes: journal.data.len() as u64, is_hot: is_valid && !database.locks.is_reserved() })
}

fn wal(disk: &Disk, name: &str, database: &Inode, terminals: &[Option<Terminal>; Letter::COUNT]) -> Option<WalLog> {
    let is_wal = database.data.get(18) == Some(&2);
    if !is_wal {
        return None;
    }
    let word = |at| database.regions.first().map_or(0, |region| region.word(at));
    let snapshot = |letter: Letter| {
        let handle = terminals[letter.index()].as_ref()?.process().database()?;
        let mut read_slots = database.slots.slots[FIRST_READ_SLOT..].iter();
        let mark = read_slots.position(|slot| slot.is_held_by(handle.id))?;
        // Mark 0 stands for the database file alone: all frames are in it.
        let mark = if mark == 0 { word(CHECKPOINTED) } else { word(READ_MARKS + 4 * mark) };
        Some(Snapshot { terminal: letter, mark })
    };
    Some(WalLog {
        bytes: disk.file(&format!("{name}-wal")).map_or(0, |log| log.borrow().data.len() as u64),
        frames: word(FRAMES),
        checkpointed: word(CHECKPOINTED),
        snapshots: Letter::all().filter_map(snapshot).collect(),
    })
}
