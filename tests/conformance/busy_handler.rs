//! The sleeps that SQLite's busy handler really asks for, timeout by timeout.

use crate::sqlite::{File, INSERT, vfs};
use lockstep::model::database::script::{Command, Engine};
use lockstep::model::database::{BusyHandler, ConnectionId, ResultCode};
use lockstep::scenario::Begin;
use lockstep::time::SimDuration;

#[test]
fn sqlite_asks_for_the_sleeps_of_the_model_for_timeouts_from_a_millisecond_to_a_minute() {
    let mut file = File::new("busy-handler", false);
    let locked = file.execute(ConnectionId(1), Command::Begin(Begin::Immediate));
    assert_eq!(locked.answer.code, ResultCode::Ok);
    let waiter = file.open();
    for timeout in (1..=1500).chain((1500..=60_000).step_by(487)).chain([60_000]).map(SimDuration::from_millis) {
        waiter.set_busy_timeout(timeout);
        vfs::take_sleeps();
        assert_eq!(waiter.run(INSERT), ResultCode::Busy);
        let mut handler = BusyHandler::new(timeout);
        let ours: Vec<u64> = std::iter::from_fn(|| handler.next_sleep()).map(SimDuration::micros).collect();
        assert_eq!(vfs::take_sleeps(), ours, "timeout {timeout} s");
    }
}
