use super::*;

fn two_people() -> (Sockets, People) {
    let nodes: Vec<SocketAddrV4> = vec!["127.0.0.1:7".parse().unwrap(), "127.0.0.1:9".parse().unwrap()];
    let mut sockets = Sockets::new(nodes[0]).unwrap();
    let mut people = People::new(["a", "b"].into_iter().map(str::to_owned), nodes);
    for person in [0, 1] {
        people.heard(&mut sockets, person, br#"{"type":"joined","ref":2,"room":{"headSeq":7}}"#);
    }
    people.say(&mut sockets, 0);
    (sockets, people)
}

const MESSAGE: &[u8] = br#"{"type":"message","clientId":"s-3","seq":8}"#;
const ACK: &[u8] = br#"{"type":"ack","ref":3,"seq":8}"#;

#[test]
fn a_message_is_done_when_it_has_its_ack_and_all_have_heard_it() {
    let (mut sockets, mut people) = two_people();
    let begin = Instant::now();
    people.heard(&mut sockets, 0, ACK);
    people.heard(&mut sockets, 0, MESSAGE);
    assert!(!people.all_done() && people.remote.is_empty(), "the other has not heard it");
    assert!(!people.all_acked_after(begin));
    assert!(people.first_ack_of(0, begin).is_some() && people.first_ack_of(0, Instant::now()).is_none());
    people.heard(&mut sockets, 1, MESSAGE);
    assert!(people.all_done());
    assert_eq!(people.remote.len(), 1);
    people.ledger.check_all(3, 3).unwrap();
}

#[test]
fn what_was_refused_for_a_while_is_said_again_and_what_was_refused_for_good_is_told() {
    let (mut sockets, mut people) = two_people();
    let error = br#"{"type":"error","ref":3,"code":"unavailable","retryable":true,"retryAfterMs":1}"#;
    people.heard(&mut sockets, 0, error);
    assert!(!people.people[0].is_sending);
    while !people.people[0].is_sending {
        people.go_on(&mut sockets).unwrap();
    }
    people.ledger.check().unwrap();
    people.heard(&mut sockets, 0, br#"{"type":"error","ref":3,"code":"forbidden","retryable":false}"#);
    assert!(people.ledger.check().unwrap_err().to_string().contains("forbidden"));
}

#[test]
fn who_is_cut_off_comes_back_on_the_next_node_and_the_time_is_told() {
    let (mut sockets, mut people) = two_people();
    people.ended(&mut sockets, 0, "closed by the server: 4000");
    assert_eq!((people.people[0].node, people.all_live()), (1, false));
    assert!(people.people[0].returns_at.is_some_and(|at| at > Instant::now()));
    // The next is dead, too: it counts from the first end.
    people.ended(&mut sockets, 0, "refused");
    assert_eq!((people.people[0].node, people.first_break()), (0, Some("closed by the server: 4000")));
    people.heard(&mut sockets, 0, br#"{"type":"resumed","ref":1}"#);
    assert!(people.all_live());
    assert_eq!(people.absences.len(), 1);
    assert!(people.people[0].is_sending, "what has no ack is said again");
}

#[test]
fn holes_and_repeats_are_found() {
    let told = |heard: &[&[u8]]| {
        let (mut sockets, mut people) = two_people();
        people.say(&mut sockets, 0);
        heard.iter().for_each(|text| people.heard(&mut sockets, 1, text));
        people.ledger.check().unwrap_err().to_string()
    };
    assert_eq!(
        told(&[br#"{"type":"message","clientId":"s-3","seq":9}"#]),
        "person 1 was given event 9 after 7"
    );
    assert_eq!(told(&[MESSAGE, MESSAGE]), "person 1 was given event 8 after 8");
    assert_eq!(
        told(&[MESSAGE, br#"{"type":"message","clientId":"s-3","seq":9}"#]),
        "message 3 is kept twice, as event 8 and as event 9"
    );
    assert_eq!(
        told(&[br#"{"type":"message","clientId":"s-9","seq":8}"#]),
        "person 1 was given message 9, which nobody said"
    );
}
