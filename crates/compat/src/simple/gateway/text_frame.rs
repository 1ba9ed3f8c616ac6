use chinwag_gateway::websocket::FromText;

/// A text message as it came. What it means depends on what was said first.
pub(super) struct TextFrame(pub(super) String);

impl FromText for TextFrame {
    const NOT_BINARY: &'static str = "Send text; binary frames are not taken.";

    fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }
}
