use chinwag_core::ports::CloseReason;
use chinwag_wire::websocket::close_code;

/// How many messages in a row a client sent that cannot be read.
///
/// Whoever writes a client makes mistakes, and is told of each. One that goes on is no client of this protocol.
#[derive(Debug, Default)]
pub struct UnreadableRow(u8);

/// The longest row. One more ends the connection.
const LONGEST: u8 = 10;

impl UnreadableRow {
    /// Notes a message that could be read.
    pub fn end(&mut self) {
        self.0 = 0;
    }

    /// Notes one that could not, after it was answered. Answers why the connection ends, if it does.
    #[must_use]
    pub fn go_on(&mut self) -> Option<CloseReason> {
        const REASON: &str = "Too many messages in a row could not be read.";
        self.0 = self.0.saturating_add(1);
        (self.0 > LONGEST).then_some(CloseReason::Violation(close_code::POLICY, REASON))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_ends_with_what_can_be_read() {
        let mut row = UnreadableRow::default();
        assert!((0..LONGEST).all(|_| row.go_on().is_none()));
        row.end();
        assert!((0..LONGEST).all(|_| row.go_on().is_none()));
        assert!(row.go_on().is_some() && row.go_on().is_some());
    }
}
