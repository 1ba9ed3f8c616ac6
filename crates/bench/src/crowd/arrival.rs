use super::dialect::Dialect;
use super::hearing::Heard;

/// How far a client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Outside,
    Connecting,
    /// Waits to be greeted, so many times more.
    Greeting(u8),
    /// Waits to be let into so many rooms more.
    Entering(u32),
    /// Is in all its rooms.
    Inside,
}

impl Step {
    /// The step after hearing something (nothing in particular, when the connection has just opened), and what is said for it.
    pub(super) fn next(
        self,
        dialect: Dialect,
        heard: &Heard,
        client: usize,
        rooms: impl Iterator<Item = usize>,
        token: &str,
        mut say: impl FnMut(&str),
    ) -> Self {
        match (self, heard) {
            (Self::Connecting, _) if dialect.enters_by_path() => Self::Inside,
            (Self::Connecting, _) if dialect.greetings() > 0 => {
                if let Some(hello) = dialect.hello(token) {
                    say(&hello);
                }
                Self::Greeting(dialect.greetings())
            }
            (Self::Connecting, _) | (Self::Greeting(1), Heard::Greeted) => {
                let mut count = 0;
                for room in rooms {
                    say(&dialect.enter(client, room));
                    count += 1;
                }
                Self::Entering(count)
            }
            (Self::Greeting(more), Heard::Greeted) => {
                // The second greeting of Socket.IO answers the wish to enter its default namespace.
                say("40");
                Self::Greeting(more - 1)
            }
            (Self::Entering(1), Heard::Entered) => Self::Inside,
            (Self::Entering(more), Heard::Entered) => Self::Entering(more - 1),
            (step, _) => step,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(dialect: Dialect, heard: &[Heard]) -> (Step, Vec<String>) {
        let mut said = Vec::new();
        let step = heard.iter().fold(Step::Connecting, |step, heard| {
            step.next(dialect, heard, 17, [3, 4].into_iter(), "cw_x", |text| said.push(text.to_owned()))
        });
        (step, said)
    }

    #[test]
    fn each_dialect_comes_in_by_its_own_way() {
        assert_eq!(steps(Dialect::Bare, &[Heard::Other]), (Step::Inside, vec![]));
        let (step, said) = steps(Dialect::Ws, &[Heard::Other, Heard::Entered, Heard::Entered]);
        assert_eq!((step, said.len()), (Step::Inside, 2));
        let (step, said) = steps(Dialect::Chinwag, &[Heard::Other, Heard::Greeted, Heard::Entered]);
        assert_eq!((step, said.len()), (Step::Entering(1), 3));
        assert!(said[0].contains("cw_x") && said[2].contains("\"room\":8"), "{said:?}");
        let heard = [Heard::Other, Heard::Greeted, Heard::Greeted, Heard::Entered, Heard::Entered];
        let (step, said) = steps(Dialect::SocketIo, &heard);
        assert_eq!((step, said[0].as_str(), said.len()), (Step::Inside, "40", 3));
        let (step, said) = steps(Dialect::ChinwagSimple, &[Heard::Other, Heard::Entered, Heard::Entered]);
        assert_eq!((step, said.len()), (Step::Inside, 2));
        assert!(said[0].contains("guest17") && said[0].contains("\"r3\""), "{said:?}");
    }
}
