use super::offset::{Offset, PrivateId};
use serde_json::{Map, Value};

/// A packet of a client's Socket.IO connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientPacket {
    /// The client wants to be in the main namespace, perhaps as the person of a session.
    Connect {
        /// What it brings for that.
        auth: Auth,
    },
    /// The client wants to be in another namespace, of which there is none.
    ConnectElsewhere {
        /// Its name.
        namespace: String,
    },
    /// The client leaves the main namespace, and so ends the connection.
    Disconnect,
    /// The client emits an event.
    Event(Emit),
    /// The client acknowledges an event, which nobody asked for.
    Ack,
}

/// What a client brings to be let in. Of a list or an object in it only that it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Auth(Map<String, Value>);

/// An event, and under which number the client wants it acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emit {
    /// The number, when the client passed a callback.
    pub ack: Option<u64>,
    /// The event's name.
    pub name: String,
    /// What stands behind the name.
    pub arguments: Vec<Value>,
}

/// The parts of a packet: `<type>[<attachments>-][<namespace>,][<ack>][<JSON>]`.
struct Parts<'a> {
    namespace: &'a str,
    ack: Option<u64>,
    data: &'a str,
}

const MAIN: &str = "/";

impl ClientPacket {
    /// Reads a packet, or says in which way it breaks the protocol.
    pub(super) fn decode(text: &str) -> Result<Self, &'static str> {
        let mut rest = text.chars();
        let kind = rest.next();
        if matches!(kind, Some('5' | '6')) {
            return Err("Binary data is not taken; send text.");
        }
        let Parts { namespace, ack, data } = Parts::of(rest.as_str());
        match kind {
            Some('0') if namespace != MAIN => Ok(Self::ConnectElsewhere { namespace: namespace.to_owned() }),
            Some('0') => Ok(Self::Connect { auth: auth(data)? }),
            Some('1' | '2' | '3') if namespace != MAIN => Err("Connect to a namespace first."),
            Some('1') => Ok(Self::Disconnect),
            Some('2') => event(data).map(|(name, arguments)| Self::Event(Emit { ack, name, arguments })),
            Some('3') => Ok(Self::Ack),
            _ => Err("This is no packet of Socket.IO 5 that a client sends."),
        }
    }
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (namespace, rest) = if text.starts_with('/') {
            let (namespace, rest) = text.split_once(',').unwrap_or((text, ""));
            // A query behind the name is of older clients and means nothing.
            (namespace.split('?').next().unwrap_or(namespace), rest)
        } else {
            (MAIN, text)
        };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (ack, data) = rest.split_at(digits);
        Self { namespace, ack: ack.parse().ok(), data }
    }
}

fn auth(data: &str) -> Result<Auth, &'static str> {
    if data.is_empty() {
        return Ok(Auth::default());
    }
    match serde_json::from_str(data) {
        Ok(Value::Object(mut auth)) => {
            // It is kept while the client waits at the door, and nothing in them means anything.
            for value in auth.values_mut().filter(|value| value.is_array() || value.is_object()) {
                *value = Value::Bool(true);
            }
            Ok(Auth(auth))
        }
        Ok(_) | Err(_) => Err("auth is an object."),
    }
}

impl Auth {
    /// The token of a session, or what stands in its place.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        match self.0.get("token")? {
            Value::Null => None,
            Value::String(token) => Some(token.clone()).filter(|token| !token.is_empty()),
            other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Some(other.to_string())
            }
        }
    }

    /// The same with this token, unless it has one.
    #[must_use]
    pub fn or(mut self, token: Option<&str>) -> Self {
        if let Some(token) = token.filter(|_| self.token().is_none()) {
            self.0.insert("token".to_owned(), Value::from(token));
        }
        self
    }

    /// The visit to which the client comes back.
    #[must_use]
    pub fn private_id(&self) -> Option<PrivateId> {
        PrivateId::parse(self.text("pid")?)
    }

    /// Up to where it has heard what. A page that keeps the place by itself, in the field `serverOffset`, knows it better.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        ["serverOffset", "offset"].into_iter().find_map(|key| Offset::parse(self.text(key)?))
    }

    /// Whether there is a field of this name.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }
}

fn event(data: &str) -> Result<(String, Vec<Value>), &'static str> {
    const NO_EVENT: &str = "An event is an array that begins with its name.";
    let Ok(Value::Array(mut parts)) = serde_json::from_str(data) else { return Err(NO_EVENT) };
    let arguments = parts.split_off(parts.len().min(1));
    match parts.pop() {
        Some(Value::String(name)) => Ok((name, arguments)),
        // Clients may use numbers as names.
        Some(Value::Number(name)) => Ok((name.to_string(), arguments)),
        _ => Err(NO_EVENT),
    }
}
