//! The console of the operator: `chinwag admin` asks a running server over a socket in the data folder, or, when none runs, does itself what
//! the server would.

mod carry_out;
mod line;
mod socket;

pub(crate) use line::Line;
pub(crate) use socket::Console;

/// The socket in the data folder.
const SOCKET: &str = "chinwag.sock";
/// Bytes of a line in either direction. A page of rooms fits.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;
