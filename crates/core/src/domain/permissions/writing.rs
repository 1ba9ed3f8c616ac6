//! Who may write now, where a room asks for more than the right to.

use super::{Action, RoomRole, ServerRole, check, may};
use crate::domain::{Millis, Refusal, RoomKind, RoomPosting, RoomSettings, SlowMode};

/// What there is to be asked before somebody writes in a room.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// How the room is kept.
    pub settings: RoomSettings,
    /// Up to when the person has to be silent there.
    pub muted_until: Option<Millis>,
    /// Up to when the person is banned, who is no member.
    pub banned_until: Option<Millis>,
    /// When the person wrote there last. It matters where the room is slow.
    pub wrote_at: Option<Millis>,
    /// The time now.
    pub now: Millis,
}

/// Refuses what somebody may not write in a room of this kind, at this time.
///
/// # Errors
/// Those of [`check`], and [`Refusal::Banned`], [`Refusal::Archived`], [`Refusal::Muted`], [`Refusal::ReadOnly`] and
/// [`Refusal::SlowMode`].
pub fn check_writing(
    server: ServerRole,
    kind: RoomKind,
    room: Option<RoomRole>,
    writing: Writing,
) -> Result<(), Refusal> {
    check(server, kind, room, Action::SendMessage)?;
    let Writing { settings, wrote_at, now, .. } = writing;
    writing.check_voice()?;
    if may(server, kind, room, Action::WriteAnyTime) {
        return Ok(());
    }
    match settings.posting {
        RoomPosting::Moderators => Err(Refusal::ReadOnly),
        RoomPosting::Everyone => check_pace(settings.slow_mode, wrote_at, now),
    }
}

/// Refuses one who may not react in a room of this kind, at this time. Who may write there, and how fast, does not matter.
///
/// # Errors
/// Those of [`check`], and [`Refusal::Banned`], [`Refusal::Archived`] and [`Refusal::Muted`].
pub fn check_reacting(
    server: ServerRole,
    kind: RoomKind,
    room: Option<RoomRole>,
    writing: Writing,
) -> Result<(), Refusal> {
    check(server, kind, room, Action::React)?;
    writing.check_voice()
}

/// Refuses one who may not share files in a room of this kind, at this time. How fast one writes there does not matter: that is asked when the
/// message comes.
///
/// # Errors
/// Those of [`check`], and those of [`check_writing`] but [`Refusal::SlowMode`].
pub fn check_sharing(
    server: ServerRole,
    kind: RoomKind,
    room: Option<RoomRole>,
    writing: Writing,
) -> Result<(), Refusal> {
    check(server, kind, room, Action::ShareFile)?;
    check_writing(server, kind, room, Writing { wrote_at: None, ..writing })
}

impl Writing {
    /// Refuses one who is not heard there at present, or where nobody is any more.
    fn check_voice(&self) -> Result<(), Refusal> {
        let is_at_present = |until: &Millis| *until > self.now;
        if let Some(until) = self.banned_until.filter(is_at_present) {
            return Err(Refusal::Banned { until: until.if_finite(), reason: None });
        }
        if self.settings.archived {
            return Err(Refusal::Archived);
        }
        match self.muted_until.filter(is_at_present) {
            Some(until) => Err(Refusal::Muted { until: until.if_finite() }),
            None => Ok(()),
        }
    }
}

fn check_pace(slow_mode: SlowMode, wrote_at: Option<Millis>, now: Millis) -> Result<(), Refusal> {
    let wait = wrote_at.map_or(0, |last| last.0.saturating_add(slow_mode.millis()) - now.0);
    if wait <= 0 {
        return Ok(());
    }
    // A clock that was set back makes nobody wait longer than the room says.
    let retry_after_ms = wait.min(slow_mode.millis()).unsigned_abs();
    if retry_after_ms == 0 { Ok(()) } else { Err(Refusal::SlowMode { retry_after_ms }) }
}

/// Whether this is to be had in a room that is archived, which is there to be read, and to be left.
#[must_use]
pub fn may_when_archived(action: Action) -> bool {
    match action {
        Action::ReadMessages
        | Action::DeleteMessage
        | Action::DeleteOthersMessage
        | Action::ListMembers
        | Action::MarkRead
        | Action::LeaveRoom
        | Action::RemoveMember
        | Action::Ban
        | Action::Mute
        // For its end; the storage refuses everything else.
        | Action::UpdateRoom
        | Action::SetPace
        | Action::DeleteRoom
        | Action::CreateRoom
        | Action::WriteAnyTime => true,
        Action::SendMessage
        | Action::MentionRoom
        | Action::MentionLargeRoom
        | Action::MentionGroup
        | Action::EditMessage
        | Action::React
        | Action::ShareFile
        | Action::Pin
        | Action::JoinRoom
        | Action::AddMember
        | Action::SetRole => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(posting: RoomPosting, seconds: u32, wrote_at: Option<i64>) -> Writing {
        let slow_mode = SlowMode::parse(seconds).unwrap();
        let settings = RoomSettings { posting, slow_mode, ..RoomSettings::default() };
        let (muted_until, banned_until) = (None, None);
        Writing { settings, muted_until, banned_until, wrote_at: wrote_at.map(Millis), now: Millis(10_000) }
    }

    fn write(room: RoomRole, writing: Writing) -> Result<(), Refusal> {
        check_writing(ServerRole::Member, RoomKind::Public, Some(room), writing)
    }

    #[test]
    fn those_who_keep_order_write_whenever_they_like() {
        let slow = writing(RoomPosting::Everyone, 5, Some(6_000));
        let silent = writing(RoomPosting::Moderators, 0, None);
        assert_eq!(write(RoomRole::Member, slow), Err(Refusal::SlowMode { retry_after_ms: 1_000 }));
        assert_eq!(write(RoomRole::Member, silent), Err(Refusal::ReadOnly));
        for room in [RoomRole::Moderator, RoomRole::Owner] {
            assert_eq!((write(room, slow), write(room, silent)), (Ok(()), Ok(())));
        }
        let staff = |kind| check_writing(ServerRole::Moderator, kind, Some(RoomRole::Member), silent);
        assert_eq!((staff(RoomKind::Public), staff(RoomKind::Private)), (Ok(()), Err(Refusal::ReadOnly)));
    }

    #[test]
    fn a_pace_is_kept_to_the_millisecond() {
        for (wrote_at, wait) in
            [(5_000, None), (5_001, Some(1)), (10_000, Some(5_000)), (99_000, Some(5_000))]
        {
            let slow = writing(RoomPosting::Everyone, 5, Some(wrote_at));
            let expected = wait.map_or(Ok(()), |retry_after_ms| Err(Refusal::SlowMode { retry_after_ms }));
            assert_eq!(write(RoomRole::Member, slow), expected, "{wrote_at}");
        }
        assert_eq!(write(RoomRole::Member, writing(RoomPosting::Everyone, 0, Some(10_000))), Ok(()));
        assert_eq!(write(RoomRole::Member, writing(RoomPosting::Everyone, 5, None)), Ok(()));
    }

    #[test]
    fn whoever_has_to_be_silent_is_so_up_to_the_end_of_it() {
        for (until, refused) in [(10_000, None), (10_001, Some(Some(Millis(10_001)))), (i64::MAX, Some(None))]
        {
            let open = writing(RoomPosting::Everyone, 0, None);
            let muted = Writing { muted_until: Some(Millis(until)), ..open };
            let banned = Writing { banned_until: Some(Millis(until)), ..open };
            let expected =
                |refusal: fn(Option<Millis>) -> Refusal| refused.map_or(Ok(()), |it| Err(refusal(it)));
            assert_eq!(write(RoomRole::Moderator, muted), expected(|until| Refusal::Muted { until }));
            assert_eq!(
                write(RoomRole::Member, banned),
                expected(|until| Refusal::Banned { until, reason: None })
            );
        }
    }

    #[test]
    fn whoever_may_not_write_may_react_unless_silent() {
        let react = |room, writing| check_reacting(ServerRole::Member, RoomKind::Public, room, writing);
        let member = Some(RoomRole::Member);
        let silent = writing(RoomPosting::Moderators, 5, Some(10_000));
        assert_eq!(react(member, silent), Ok(()));
        assert_eq!(react(None, silent), Err(Refusal::NotMember));
        let muted = Writing { muted_until: Some(Millis(i64::MAX)), ..silent };
        assert_eq!(react(member, muted), Err(Refusal::Muted { until: None }));
        let mut over = silent;
        over.settings.archived = true;
        assert_eq!(react(member, over), Err(Refusal::Archived));
    }

    #[test]
    fn nobody_writes_where_everything_is_over() {
        let mut over = writing(RoomPosting::Everyone, 0, None);
        over.settings.archived = true;
        for room in RoomRole::ALL {
            assert_eq!(write(room, over), Err(Refusal::Archived));
        }
    }
}
