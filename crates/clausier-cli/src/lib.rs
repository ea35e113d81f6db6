//! The command `clausier`: a thin French front to the library.
//!
//! Each subcommand is one file that declares its arguments and runs them. Exit status: 0 when all is well, 1 when a blocking
//! finding stands or a comparison shows a change, 2 when an input cannot be read or the command is misused.

mod commands;
mod files;
mod locks;
mod report;
mod terminal;
mod usage;

use std::process::ExitCode;
use terminal::{Ended, Outcome};

/// The library read beforehand, when the command was built.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bibliotheque.bin"));

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    clausier::Library::start_from(PREPARED);
    match run() {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Blocked | Outcome::Different) => ExitCode::from(1),
        Err(failure) => {
            terminal::tell(&report::failure(&failure));
            ExitCode::from(2)
        }
    }
}

fn run() -> Ended {
    let command = commands::tree();
    match command.try_get_matches_from(usage::asked(std::env::args_os().collect())) {
        Ok(matches) => commands::run(&matches),
        Err(error) => usage::explain(&error),
    }
}

/// The command line, described: its subcommands, their arguments and their help.
pub fn describe() -> clap::Command {
    commands::tree()
}
