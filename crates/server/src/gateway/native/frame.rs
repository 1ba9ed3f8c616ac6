use chinwag_gateway::websocket::FromText;
use chinwag_wire::native::{FrameError, NativeRequest, decode};

/// A text message of a client: what it asks for, or why that cannot be read.
pub(super) struct NativeFrame(pub(super) Result<NativeRequest, FrameError>);

impl FromText for NativeFrame {
    const NOT_BINARY: &'static str = "Send JSON as text; binary frames are not taken.";

    fn from_text(text: &str) -> Self {
        Self(decode(text))
    }
}
