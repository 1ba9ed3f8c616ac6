use super::*;
use crate::domain::{
    ClientId, MessageText, NameSearch, RoomSearch, RoomSlug, RoomTitle, RoomTopic, UserName,
};
use proptest::prelude::*;

#[track_caller]
fn kept(text: &str) {
    assert_eq!(visible_text(text), text, "{text:?}");
}

#[track_caller]
fn becomes(text: &str, seen: &str) {
    assert_eq!(visible_text(text), seen, "{text:?}");
}

#[test]
fn what_people_write_stays() {
    for text in [
        "Hello,\n\tworld!",
        "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️ ☎︎ 1️⃣ 🇺🇦",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "می\u{200C}خواهم",
        "ه\u{200D}.ش",
        "क्\u{200D}ष ക\u{d4d}\u{200D}",
        "שלום\u{200F}!",
        "葛\u{E0100}",
        "ᠠ\u{180B}",
        "⠓⠑⠇⠇⠕\u{2800}⠺",
        "שּׁ֚",
        "ཧཱུྃ",
        "Tiếng Việt, i\u{302}\u{301}",
        "ก็ ก้ ป่ากล้า",
    ] {
        kept(text);
    }
}

#[test]
fn what_shows_nothing_is_left_out() {
    for nothing in [
        "\u{200B}",
        "\u{2060}",
        "\u{FEFF}",
        "\u{3164}",
        "\u{115F}",
        "\u{1160}",
        "\u{FFA0}",
        "\u{2800}",
        "\u{AD}",
        "\u{34F}",
        "\u{E0001}",
        "\u{E0041}",
        "\u{200C}",
        "\u{200D}",
        "\u{200F}",
        "\u{FE0F}",
        "\u{1D159}",
        "\u{16FE4}",
    ] {
        becomes(nothing, "");
        becomes(&format!("Al{nothing}ex{nothing}"), "Alex");
    }
}

/// PostgreSQL takes none, and a database of another kind must not hold what cannot move there.
#[test]
fn no_text_that_comes_to_the_storage_has_a_zero_in_it() {
    for typed in ["\0Tea", "Te\0a", "Tea\0", "\0"] {
        assert!(MessageText::parse(typed, 10).is_err() && MessageText::exact(typed, 10).is_err());
        assert!(RoomTitle::parse(typed).is_err() && RoomTopic::parse(typed).is_err());
        assert!(RoomSlug::parse(typed).is_err() && UserName::parse(typed).is_err());
        assert!(ClientId::parse(typed).is_err());
    }
    assert_eq!(UserName::fitting("\0Te\0a\0").unwrap().as_str(), "Tea");
    // What is only looked for is compared, and stored nowhere.
    assert_eq!([RoomSearch::new("Te\0a").as_str(), NameSearch::new("Te\0a").as_str()], ["tea"; 2]);
}

#[test]
fn nothing_controls_a_terminal_or_turns_the_line() {
    becomes("a\u{1b}[2Jb", "a[2Jb");
    becomes("a\u{9b}2Jb\u{7}\u{8}\0", "a2Jb");
    becomes("one\r\ntwo\rthree\u{2028}four\u{85}five\u{b}six", "one\ntwo\nthree\nfour\nfive\nsix");
    becomes("gnp.\u{202E}exe\u{2066}x\u{2069}", "gnp.exex");
    becomes("\u{FDD0}a\u{1FFFF}", "a");
}

#[test]
fn marks_stand_on_something_and_are_few() {
    becomes(&format!("z{}lgo", "\u{301}\u{323}".repeat(20)), "z\u{301}\u{323}\u{301}lgo");
    becomes("\u{301}a \u{301}b\n\u{301}c", "a b\nc");
    becomes(&format!("ก{}", "\u{E49}".repeat(30)), "ก\u{E49}");
    becomes(&format!("1{}", "\u{20DD}".repeat(9)), "1\u{20DD}\u{20DD}\u{20DD}");
}

#[test]
fn a_line_has_single_spaces_inside() {
    for (text, line) in [
        ("  Late \n\t night ", "Late night"),
        ("a\u{A0}\u{3000}b", "a b"),
        ("a \u{200B} b", "a b"),
        (" \u{301}x", "x"),
        ("\u{3164}\u{2800} ", ""),
        ("⠓\u{2800}⠑", "⠓ ⠑"),
    ] {
        assert_eq!(visible_line(text), line, "{text:?}");
    }
}

#[test]
fn blank_is_what_unicode_ignores_by_default() {
    let beyond = ['\u{FFF9}', '\u{FFFA}', '\u{FFFB}', '\u{FFFC}', '\u{16FE4}', '\u{1D159}'];
    for character in '\0'..=char::MAX {
        let text = character.to_string();
        let is_ignored = unicode_security::skeleton(&text).next().is_none() || beyond.contains(&character);
        assert_eq!(characters::is_blank(character), is_ignored, "{:x}", u32::from(character));
    }
}

/// Texts of what is special in some way, beside any other character.
pub(in crate::domain) fn tricky_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        " \t\r\n-_.'’#~a\u{130}ßςИй\u{301}\u{323}\u{3099}か가\u{1100}\u{1161}\u{11A8}अ\u{94D}\u{200C}\u{200D}\u{200B}\u{200E}\u{200F}\u{61C}ש\u{5B0}ع\
         👩🏽🚀❤\u{FE0E}\u{FE0F}\u{FE00}1\u{20E3}🏴\u{E0067}\u{E007F}\u{E0100}葛\u{2800}⠓\u{3164}\u{1160}\u{202E}\u{1b}\u{9b}\u{FEFF}\u{345}ΐŉǰ"
            .chars()
            .collect::<Vec<_>>(),
    );
    let character = prop_oneof![4 => special, 1 => any::<char>()];
    prop::collection::vec(character, 0..24).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn seeing_twice_is_seeing_once(text in tricky_text()) {
        let seen = visible_text(&text).into_owned();
        prop_assert_eq!(visible_text(&seen), seen.as_str());
        let line = visible_line(&text);
        prop_assert_eq!(visible_line(&line), line.as_str());
        prop_assert_eq!(visible_text(&line), line.as_str());
    }

    #[test]
    fn what_is_seen_has_ink_and_no_controls(text in tricky_text()) {
        let seen = visible_text(&text);
        prop_assert!(!seen.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        prop_assert!(!seen.chars().any(turns));
        let ink = seen.chars().any(|c| !characters::is_blank(c) && !c.is_whitespace() && c != '\u{2800}');
        prop_assert!(ink || seen.trim().is_empty());
    }
}
