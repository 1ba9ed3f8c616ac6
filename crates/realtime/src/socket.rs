pub use chinwag_core::ports::{CloseReason, Socket};
