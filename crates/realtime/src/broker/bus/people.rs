use super::Link;
use chinwag_core::domain::UserId;
use chinwag_core::ports::PresenceNews;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// From one telling to the next; what changes meanwhile is told at once.
const PAUSE: Duration = Duration::from_millis(50);
/// People in one piece of news.
const AT_ONCE: usize = 256;

/// Tells the other nodes of the people here, for ever: what changes, and everything, part by part, when one of them asks. Both by one task: so a
/// part never comes behind a change that it does not know.
pub(crate) async fn tell_people(link: Arc<Link>) {
    link.receiver.tell_others();
    // Behind whom the next part begins, while everything is told.
    let mut told_up_to = None;
    loop {
        tokio::select! {
            () = link.all_people_wanted.notified() => told_up_to = Some(UserId(i64::MIN)),
            () = link.receiver.presence_came() => {}
            () = sleep(PAUSE), if told_up_to.is_some() => {}
        }
        let (mut news, is_everybody) = link.receiver.take_presence();
        if is_everybody {
            told_up_to = Some(UserId(i64::MIN));
        }
        if let Some(after) = told_up_to {
            let (people, until) = link.receiver.own_people(after, AT_ONCE);
            told_up_to = (until < UserId(i64::MAX)).then_some(until);
            news.push(PresenceNews::Part { after, until, people });
        }
        if !news.is_empty() {
            link.outbox.put_presence(news).await;
        }
        sleep(PAUSE).await;
    }
}
