//! The index of messages.

use super::{Line, print, unexpected};
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest};
use std::time::Duration;

/// From one look at the progress to the next.
const LOOK: Duration = Duration::from_millis(250);
/// Looks between two lines that tell it.
const TELL: u32 = 20;

/// Has the index made anew, and waits until it is. Whoever does not wait while a server runs takes nothing away from it.
pub(super) async fn make_anew(line: &mut Line) -> anyhow::Result<()> {
    match line.ask(ConsoleRequest::Reindex).await? {
        ConsoleAnswer::Done => {}
        ConsoleAnswer::NotFound => {
            return print(
                "PostgreSQL keeps the index itself. To have it make that anew: REINDEX INDEX CONCURRENTLY messages_search\n",
            );
        }
        answer @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Failed { .. }) => return unexpected(answer),
    }
    for look in 1.. {
        let messages = match line.ask(ConsoleRequest::IndexProgress).await? {
            ConsoleAnswer::Index { messages, goes_on: true } => messages,
            ConsoleAnswer::Index { messages, goes_on: false } => {
                return print(&format!("{messages} messages can be searched.\n"));
            }
            answer @ (ConsoleAnswer::Rooms { .. }
            | ConsoleAnswer::Users { .. }
            | ConsoleAnswer::Link { .. }
            | ConsoleAnswer::Done
            | ConsoleAnswer::NotFound
            | ConsoleAnswer::Failed { .. }) => return unexpected(answer),
        };
        if look % TELL == 0 {
            print(&format!("{messages} messages until now\n"))?;
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}
