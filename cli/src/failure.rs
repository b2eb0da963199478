//! Why a command ends early.

use std::fmt::Display;
use std::io;

/// Why a command ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// clap cannot parse the arguments, or was asked for help.
    Arguments(clap::Error),
    /// The input cannot be used. The message says what is allowed.
    BadInput(String),
    /// The reader of standard output closed it, as `head` does.
    OutputClosed,
    /// Standard output cannot be written, for instance because the disk is full.
    Output(io::Error),
}

impl Failure {
    /// Input that cannot be used, with the reason.
    pub(crate) fn bad_input(reason: impl Display) -> Self {
        Self::BadInput(reason.to_string())
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Arguments(error)
    }
}
