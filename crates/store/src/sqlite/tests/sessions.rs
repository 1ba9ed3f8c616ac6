use super::{store, wait};
use crate::engine::Engine as _;
use crate::sql::values;
use chinwag_core::domain::permissions::GuestsInPrivate;
use chinwag_core::domain::{Actor, SessionId, UserName};
use chinwag_core::ports::{Device, NewGuest, Sessions as _, TokenHash};

/// The port gives a guest one session; accounts with several have to be made by hand.
#[test]
fn a_guest_with_another_session_stays() {
    const INSERT: &str =
        "INSERT INTO sessions (user_id, token_hash, created_at, last_seen_at) VALUES (?1, ?2, 0, 0)";
    let (store, hearing) = store(|| {});
    let [first, second] = [TokenHash([1; 32]), TokenHash([2; 32])];
    let name = UserName::parse("Alex").unwrap();
    let (user, session) = wait(store.create_guest(NewGuest {
        name,
        token: first,
        keeper: None,
        device: Device::default(),
        invite: None,
        in_private: GuestsInPrivate::Allowed,
    }))
    .unwrap();
    let id = user.id;
    let other = store.0.write("second session", move |write| {
        Ok(write.sql.insert(INSERT, values![id, &second])?.map(SessionId).unwrap())
    });
    let other = wait(other).unwrap();

    wait(store.end_session(Actor { user: id, session, connection: None, address: None, is_visit: false }))
        .unwrap();
    assert!(wait(store.session(first)).is_err());
    assert_eq!(wait(store.session(second)), Ok((user, other)));

    wait(store.end_session(Actor {
        user: id,
        session: other,
        connection: None,
        address: None,
        is_visit: false,
    }))
    .unwrap();
    assert!(wait(store.session(second)).is_err());
    assert_eq!(hearing.try_iter().collect::<Vec<_>>(), [1, 1]);
}
