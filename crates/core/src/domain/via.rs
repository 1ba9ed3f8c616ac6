/// How somebody is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// By the native protocol; also how those stand here who are not connected.
    #[default]
    Native,
    /// By one of the simple protocols: JSON or plain text.
    Simple,
    /// By Socket.IO.
    SocketIo,
}
