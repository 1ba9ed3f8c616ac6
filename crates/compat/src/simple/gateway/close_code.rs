use chinwag_core::ports::CloseReason;
use chinwag_gateway::websocket::CloseCode;
use chinwag_wire::websocket::close_code;

/// The close codes of the simple protocols: those that every WebSocket client knows.
pub(super) struct SimpleCloseCode;

impl CloseCode for SimpleCloseCode {
    fn close_code(reason: CloseReason) -> (u16, &'static str) {
        match reason {
            CloseReason::Requested(code) => (code.unwrap_or(close_code::NORMAL), ""),
            CloseReason::Restart => (close_code::SERVICE_RESTART, "The server restarts. Connect again."),
            CloseReason::BeginAnew => {
                (close_code::SERVICE_RESTART, "This connection cannot go on. Connect again.")
            }
            CloseReason::Busy => {
                (close_code::TRY_AGAIN_LATER, "The server cannot do this now. Connect again in a moment.")
            }
            CloseReason::TooSlow => (close_code::POLICY, "You read too slowly. Connect again."),
            CloseReason::Timeout => (close_code::POLICY, "No sign of life. Connect again."),
            CloseReason::Unauthorized | CloseReason::NoHello => (close_code::POLICY, "Connect again."),
            CloseReason::TokenEnded => {
                (close_code::POLICY, "Your token has ended. Connect with another one.")
            }
            CloseReason::SignedOut | CloseReason::Revoked => (close_code::NORMAL, "Signed out."),
            CloseReason::Violation(code, text) => (code, text),
        }
    }
}
