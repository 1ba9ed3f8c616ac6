use chinwag_wire::native::{ClientFrame, ErrorCode, NativeRequest, Ref, decode};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

/// The codes with which a frame is refused before anything is done.
const CODES: [ErrorCode; 5] = [
    ErrorCode::BadFrame,
    ErrorCode::UnknownType,
    ErrorCode::NameInvalid,
    ErrorCode::RoomInvalid,
    ErrorCode::ClientIdInvalid,
];

/// Every key that some frame has.
const KEYS: [&str; 19] = [
    "type", "ref", "room", "rooms", "slug", "kind", "token", "limit", "clientId", "text", "before", "around",
    "after", "title", "topic", "name", "seq", "state", "other",
];

/// Decodes and asserts the shape of what came out; answers the `ref` and the code.
fn answer(text: &str) -> (Option<Ref>, Option<ErrorCode>) {
    match decode(text) {
        Ok(NativeRequest { reference, .. }) => (reference, None),
        Err(refused) => {
            assert!(CODES.contains(&refused.error.code), "{text:?} is refused with {:?}", refused.error);
            assert!(!refused.error.retryable, "the same frame would be refused again");
            assert!(!refused.error.message.is_empty() && refused.error.message.chars().count() < 400);
            (refused.reference, Some(refused.error.code))
        }
    }
}

/// Any JSON, with what frames are made of among it.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        "\\PC{0,20}".prop_map(Value::from),
        prop::sample::select(vec!["general", "online", "offline", "Alex", "hello"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            hash_map("[a-z]{1,3}", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// An object with the keys of frames, a `type` that is mostly known, and anything as values.
fn object() -> impl Strategy<Value = Map<String, Value>> {
    let kind = prop_oneof![
        8 => prop::sample::select(ClientFrame::TYPES).prop_map(Value::from),
        1 => "\\PC{0,60}".prop_map(Value::from),
        1 => json(),
    ];
    (kind, vec((prop::sample::select(&KEYS[..]), json()), 0..6)).prop_map(|(kind, fields)| {
        let mut object: Map<_, _> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        object.insert("type".to_owned(), kind);
        object
    })
}

/// A `ref` that a client may choose.
fn reference() -> impl Strategy<Value = Value> {
    prop_oneof![(0..=1_u64 << 53).prop_map(Value::from), "\\PC{0,64}".prop_map(Value::from)]
}

proptest! {
    #[test]
    fn any_text(text in "\\PC*") {
        prop_assert!(answer(&text).1.is_some());
    }

    #[test]
    fn any_json(value in json()) {
        prop_assert_eq!(answer(&value.to_string()).1, Some(ErrorCode::BadFrame));
    }

    #[test]
    fn any_object_with_the_keys_of_frames(object in object()) {
        answer(&Value::Object(object).to_string());
    }

    #[test]
    fn a_valid_ref_is_always_echoed(mut object in object(), reference in reference()) {
        object.insert("ref".to_owned(), reference.clone());
        let (echoed, _) = answer(&Value::Object(object).to_string());
        prop_assert_eq!(echoed.map(|echoed| serde_json::to_value(echoed).unwrap()), Some(reference));
    }

    #[test]
    fn a_cut_frame(object in object(), place in any::<prop::sample::Index>()) {
        let text = Value::Object(object).to_string();
        let ends: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        prop_assert_eq!(answer(&text[..*place.get(&ends)]), (None, Some(ErrorCode::BadFrame)));
    }
}

#[test]
fn an_array_is_no_frame() {
    for array in [json!(["typing", 1]), json!(["rooms", 1]), json!(["rooms"]), json!([])] {
        assert_eq!(answer(&array.to_string()), (None, Some(ErrorCode::BadFrame)), "{array}");
    }
}

#[test]
fn a_ref_is_echoed_without_a_type() {
    for frame in [json!({"ref": 7}), json!({"ref": 7, "type": 8}), json!({"type": null, "ref": 7})] {
        assert_eq!(answer(&frame.to_string()), (Some(Ref::Number(7)), Some(ErrorCode::BadFrame)), "{frame}");
    }
}

#[test]
fn an_invalid_ref_is_refused_and_not_echoed() {
    let long = "x".repeat(65);
    for reference in
        [json!((1_u64 << 53) + 1), json!(-1), json!(1.5), json!(long), json!(true), json!({}), json!([1])]
    {
        let frame = json!({"type": "rooms", "ref": reference});
        assert_eq!(answer(&frame.to_string()), (None, Some(ErrorCode::BadFrame)), "{frame}");
    }
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}0{}", open.repeat(20_000), close.repeat(20_000));
        answer(&deep);
        for key in KEYS {
            answer(&format!("{{\"type\":\"hello\",\"token\":\"t\",\"{key}\":{deep}}}"));
            answer(&format!("{{\"{key}\":{deep},\"type\":\"send\",\"ref\":1}}"));
            answer(&format!("{{\"type\":\"read\",\"{key}\":{}", open.repeat(60_000)));
        }
    }
}

#[test]
fn huge_numbers() {
    let many_digits = "9".repeat(60_000);
    for number in ["1e400", "-1e400", "1e-400", "18446744073709551616", "9223372036854775808", &many_digits] {
        for frame in [
            format!("{{\"type\":\"read\",\"room\":1,\"seq\":{number}}}"),
            format!("{{\"type\":\"rooms\",\"ref\":{number}}}"),
            format!("{{\"type\":\"join\",\"room\":1,\"limit\":{number}}}"),
            format!("{{\"type\":\"hello\",\"token\":\"t\",\"rooms\":{{\"1\":{number}}}}}"),
        ] {
            assert_eq!(
                answer(&frame),
                (None, Some(ErrorCode::BadFrame)),
                "{}",
                &frame[..60.min(frame.len())]
            );
        }
    }
}

#[test]
fn a_key_that_stands_twice() {
    assert_eq!(answer(r#"{"type":"rooms","type":"rooms"}"#), (None, Some(ErrorCode::BadFrame)));
    assert_eq!(answer(r#"{"type":"rooms","ref":1,"ref":2}"#), (None, Some(ErrorCode::BadFrame)));
}

#[test]
fn an_error_does_not_repeat_a_long_text() {
    let long = "long ".repeat(10_000);
    for frame in [
        json!({"type": long}),
        json!({"type": "read", "room": 1, "seq": long}),
        json!({"type": "presence", "state": long}),
        json!({"type": "rooms", "ref": long}),
        json!(long),
    ] {
        answer(&frame.to_string());
    }
}
