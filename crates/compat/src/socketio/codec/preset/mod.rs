//! Presets: the vocabularies that published tutorials teach, each a table as in [`presets.toml`](BUILT_IN): what their clients emit, and what they hear.

mod ack;
mod encoder;
mod pattern;
mod template;

pub use encoder::{SocketIoPresetEncoder, SocketIoSilentEncoder};
pub use pattern::{PresetAction, PresetEvent};

use super::offset::Offset;
use super::packet::Auth;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use pattern::Pattern;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use template::Template;

/// The tables that come with the server.
const BUILT_IN: &str = include_str!("presets.toml");

/// Vocabularies, in the order in which they are looked through.
#[derive(Clone, Debug)]
pub struct Presets(Arc<[Arc<Preset>]>);

/// One vocabulary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its place among the presets.
    #[serde(skip)]
    pub number: u8,
    /// What it is called.
    pub name: String,
    /// Whether a client gets its own messages. Where not, it shows them itself.
    #[serde(default = "yes")]
    pub echo: bool,
    /// The field in what a client brings when it connects that tells that it speaks this.
    told_by: Option<String>,
    /// Whether a client that comes is told what was said before.
    #[serde(default = "yes")]
    pub history: bool,
    /// Whether a client talks in the lobby until it joins a room.
    #[serde(default)]
    lobby: bool,
    emits: Emits,
    hears: Hears,
    /// What a callback is called with; without it, with what became of the event.
    answers: Option<Answers>,
}

/// By which events a client does what.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Emits {
    join: Vec<Pattern>,
    name: Vec<Pattern>,
    say: Vec<Pattern>,
    stop_typing: Vec<Pattern>,
    typing: Vec<Pattern>,
    leave: Vec<Pattern>,
}

/// By which events a client is told what.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Hears {
    message: Vec<Template>,
    /// A line that nobody wrote.
    notice: Vec<Template>,
    /// Once, to one who came.
    greeting: Vec<Template>,
    people: Vec<Template>,
    joined: Vec<Template>,
    left: Vec<Template>,
    typing: Vec<Template>,
    stopped_typing: Vec<Template>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    joined: Template,
    done: Template,
    refused: Template,
}

fn yes() -> bool {
    true
}

impl Presets {
    /// The tables of a TOML text, and behind them those that come with the server.
    ///
    /// # Errors
    /// A sentence that tells what is wrong with them.
    pub fn with_built_in(text: &str) -> Result<Self, String> {
        // Alone, so that a mistake is told in its own lines.
        Self::parse(text)?;
        Self::parse(&format!("{text}\n{BUILT_IN}"))
    }

    /// The tables of a TOML text.
    ///
    /// # Errors
    /// A sentence that tells what is wrong with them.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Tables {
            #[serde(default)]
            presets: Vec<Preset>,
        }
        let Tables { mut presets } = toml::from_str(text).map_err(|error| error.to_string())?;
        for (number, preset) in presets.iter_mut().enumerate() {
            preset.number =
                u8::try_from(number).map_err(|_| "there are more presets than can be told apart")?;
            preset.check().map_err(|mistake| format!("preset {:?}: {mistake}", preset.name))?;
        }
        Ok(Self(presets.into_iter().map(Arc::new).collect()))
    }

    /// Each of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Preset>> {
        self.0.iter()
    }

    /// The one that a client speaks that comes from a `place` in it, or brings what only its clients bring.
    #[must_use]
    pub fn of(&self, place: Option<&Offset>, auth: &Auth) -> Option<&Arc<Preset>> {
        let name = place.and_then(|place| place.preset.as_deref());
        let is_told = |preset: &Preset| preset.told_by.as_deref().is_some_and(|field| auth.has(field));
        self.all().find(|preset| name.map_or_else(|| is_told(preset), |name| preset.name == name))
    }

    /// The first that has a client begin or say something by this event, which tells that it is spoken.
    #[must_use]
    pub fn tell_by(&self, name: &str, arguments: &[Value]) -> Option<(&Arc<Preset>, PresetEvent)> {
        self.all().find_map(|preset| {
            let emitted = preset.read(name, arguments)?;
            let is_telling = match emitted.action {
                PresetAction::Join | PresetAction::Name | PresetAction::Say => true,
                PresetAction::Typing | PresetAction::StopTyping | PresetAction::Leave => false,
            };
            is_telling.then_some((preset, emitted))
        })
    }
}

impl Preset {
    /// What a client wants that emits this event. `None` when the vocabulary has no such event.
    #[must_use]
    pub fn read(&self, name: &str, arguments: &[Value]) -> Option<PresetEvent> {
        self.patterns().find_map(|(action, pattern)| pattern.read(action, name, arguments))
    }

    /// The events that a client may emit.
    #[must_use]
    pub fn events(&self) -> Vec<&str> {
        let mut events: Vec<_> = self.patterns().map(|(_, pattern)| pattern.name()).collect();
        events.dedup();
        events
    }

    /// What a client is told whose event this vocabulary does not have, or not with these arguments.
    #[must_use]
    pub fn correct(&self, name: &str) -> ProtocolError {
        let forms: Vec<_> =
            self.patterns().map(|(_, pattern)| pattern).filter(|pattern| pattern.name() == name).collect();
        if forms.is_empty() {
            let events = self.events().join(", ");
            let sentence = format!("There is no event {name:?}. There are {events}; see docs/socketio.md.");
            return ProtocolError::new(ErrorCode::UnknownType, sentence);
        }
        let forms: Vec<_> = forms.into_iter().map(Pattern::to_string).collect();
        ProtocolError::new(ErrorCode::BadFrame, format!("{name} is emitted as {}.", forms.join(" or ")))
    }

    /// Whether a client has to join a room before it can talk.
    #[must_use]
    pub fn needs_join(&self) -> bool {
        !self.lobby && !self.emits.join.is_empty()
    }

    /// Whether a client may be silent for as long as it likes, and is to hear the lobby nevertheless.
    fn may_be_silent(&self) -> bool {
        !self.needs_join() && self.emits.name.is_empty()
    }

    fn patterns(&self) -> impl Iterator<Item = (PresetAction, &Pattern)> {
        let Emits { join, name, say, stop_typing, typing, leave } = &self.emits;
        let all = [
            (PresetAction::Join, join),
            (PresetAction::Name, name),
            (PresetAction::Say, say),
            // Of events with the same name, those that ask for more stand first.
            (PresetAction::StopTyping, stop_typing),
            (PresetAction::Typing, typing),
            (PresetAction::Leave, leave),
        ];
        all.into_iter().flat_map(|(action, patterns)| patterns.iter().map(move |pattern| (action, pattern)))
    }

    fn templates(&self) -> impl Iterator<Item = &Template> {
        let Hears { message, notice, greeting, people, joined, left, typing, stopped_typing } = &self.hears;
        let hears = [message, notice, greeting, people, joined, left, typing, stopped_typing];
        let answers =
            self.answers.iter().flat_map(|answers| [&answers.joined, &answers.done, &answers.refused]);
        hears.into_iter().flatten().chain(answers)
    }

    fn check(&self) -> Result<(), String> {
        if self.emits.say.is_empty() || self.hears.message.is_empty() || self.hears.notice.is_empty() {
            return Err("it needs emits.say, hears.message and hears.notice".to_owned());
        }
        self.patterns().try_for_each(|(_, pattern)| pattern.check())?;
        self.templates().try_for_each(Template::check)
    }
}
