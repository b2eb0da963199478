//! Explores all states that three connections can reach within seven statements.

use lockstep_core::model::database::script::{Command, Engine};
use lockstep_core::model::database::sessions::View;
use lockstep_core::model::database::{ConnectionId, Locks, RollbackJournal, Sessions, Wal};
use lockstep_core::model::invariants::{Connection, State};
use lockstep_core::scenario::Strategy;
use lockstep_core::time::SimDuration;
use std::collections::BTreeSet;

const CONNECTIONS: [ConnectionId; 3] = [ConnectionId(1), ConnectionId(2), ConnectionId(3)];
const DEPTH: usize = 7;

/// Identifies a state. The views are sorted, because connections are interchangeable.
fn key<L: Locks>(sessions: &Sessions<L>) -> Vec<View> {
    let mut views: Vec<View> = CONNECTIONS.iter().map(|connection| sessions.view(*connection)).collect();
    views.sort();
    views
}

fn state<L: Locks>(sessions: &Sessions<L>) -> State {
    let connection = |id: &ConnectionId| Connection { lock: sessions.view(*id).lock, ..Connection::default() };
    State {
        connections: CONNECTIONS.iter().map(connection).collect(),
        strategy: Strategy::ConnectionPerTask,
        timeout: SimDuration::ZERO,
        open_writes: 0,
    }
}

/// Checks the invariants in every reachable state, and returns the number of states.
fn explore<L: Locks + Clone + Default>() -> usize {
    let start = Sessions::new(L::default());
    let mut seen = BTreeSet::from([key(&start)]);
    let mut frontier = vec![start];
    for depth in 1..=DEPTH {
        let mut next = Vec::new();
        for (sessions, connection) in frontier.iter().flat_map(|sessions| CONNECTIONS.map(|connection| (sessions, connection))) {
            for command in Command::all() {
                let mut after = sessions.clone();
                after.execute(connection, command);
                let broken = state(&after).violations();
                assert!(
                    broken.is_empty(),
                    "after {depth} statements, the last one {command}, these invariants are broken: {broken:?}\n{:?}",
                    key(&after)
                );
                if seen.insert(key(&after)) {
                    next.push(after);
                }
            }
        }
        frontier = next;
    }
    seen.len()
}

#[test]
fn every_reachable_state_keeps_the_invariants_with_a_rollback_journal() {
    let states = explore::<RollbackJournal>();
    println!("{states} states with a rollback journal");
    assert!(states > 100);
}

#[test]
fn every_reachable_state_keeps_the_invariants_in_wal_mode() {
    let states = explore::<Wal>();
    println!("{states} states in WAL mode");
    assert!(states > 100);
}
