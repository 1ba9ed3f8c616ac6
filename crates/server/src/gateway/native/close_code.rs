use chinwag_core::ports::CloseReason;
use chinwag_gateway::websocket::CloseCode;
use chinwag_wire::websocket::close_code;

/// The close codes of the native protocol. They tell a client whether to come back.
pub(super) struct NativeCloseCode;

impl CloseCode for NativeCloseCode {
    fn close_code(reason: CloseReason) -> (u16, &'static str) {
        match reason {
            CloseReason::Requested(code) => (code.unwrap_or(close_code::NORMAL), ""),
            CloseReason::Restart => (close_code::RESTART, "The server restarts. Reconnect and resume."),
            CloseReason::BeginAnew => {
                (close_code::RESTART, "This connection cannot go on. Reconnect and resume.")
            }
            CloseReason::Busy => {
                (close_code::BUSY, "The server cannot do this now. Reconnect in a moment and resume.")
            }
            CloseReason::TooSlow => (close_code::TOO_SLOW, "You read too slowly. Reconnect and resume."),
            CloseReason::Timeout => (close_code::TIMEOUT, "No sign of life. Reconnect and resume."),
            CloseReason::Unauthorized => (close_code::UNAUTHORIZED, "The session has ended. Sign in again."),
            CloseReason::TokenEnded => {
                (close_code::UNAUTHORIZED, "Your token has ended. Connect again with another one.")
            }
            CloseReason::SignedOut => (close_code::SIGNED_OUT, "Signed out."),
            CloseReason::Revoked => {
                (close_code::REVOKED, "The session was ended from another device. Sign in again.")
            }
            CloseReason::NoHello => (close_code::NO_HELLO, "Say hello first, within the time limit."),
            CloseReason::Violation(code, text) => (code, text),
        }
    }
}
