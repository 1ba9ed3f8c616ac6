/// Who sends a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
}

/// A frame's part of the document.
#[derive(Debug)]
pub(super) struct Section<'a> {
    chapter: &'a str,
    side: Side,
    pub(super) name: &'a str,
    pub(super) examples: Vec<String>,
    /// The frames that answer it, as its line `Reply: ...` says.
    pub(super) replies: Vec<&'a str>,
}

/// What the document promises.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    sections: Vec<Section<'a>>,
    pub(super) error_codes: Vec<&'a str>,
}

impl<'a> Document<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let mut document = Self::default();
        let mut chapter = "";
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("## ") {
                chapter = title;
            } else if let (Some(side), Some(name)) = (side_of(chapter), frame_heading(line)) {
                document.sections.push(Section {
                    chapter,
                    side,
                    name,
                    examples: Vec::new(),
                    replies: Vec::new(),
                });
            } else if line == "```json" {
                let example: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
                if let (Some(_), Some(section)) = (side_of(chapter), document.sections.last_mut()) {
                    section.examples.push(example.join("\n"));
                }
            } else if let (Some(_), Some(reply)) = (side_of(chapter), line.strip_prefix("Reply")) {
                if let Some(section) = document.sections.last_mut() {
                    section.replies.extend(frames_of_reply(reply));
                }
            } else if chapter == "Errors" {
                document.error_codes.extend(codes_of_row(line));
            }
        }
        document
    }

    pub(super) fn of(&self, side: Side) -> impl Iterator<Item = &Section<'a>> {
        self.sections.iter().filter(move |section| section.side == side)
    }

    /// The sections of a chapter whose title ends like this.
    pub(super) fn of_chapter(&self, side: Side, end: &str) -> impl Iterator<Item = &Section<'a>> {
        self.of(side).filter(move |section| section.chapter.ends_with(end))
    }
}

fn side_of(chapter: &str) -> Option<Side> {
    if chapter.starts_with("Client frames") {
        return Some(Side::Client);
    }
    chapter.starts_with("Server frames").then_some(Side::Server)
}

fn frame_heading(line: &str) -> Option<&str> {
    line.strip_prefix("### `")?.strip_suffix('`')
}

/// The names of frames in backticks in the first sentence of what stands behind the word "Reply".
fn frames_of_reply(reply: &str) -> impl Iterator<Item = &str> {
    let sentence = reply.split_once(':').map_or(reply, |(_, sentence)| sentence);
    let sentence = sentence.split(". ").next().unwrap_or_default();
    let names = sentence.split('`').skip(1).step_by(2);
    names.filter(|name| name.chars().all(|letter| letter.is_ascii_alphabetic()))
}

/// The names in backticks in the first column of a table's row.
fn codes_of_row(line: &str) -> impl Iterator<Item = &str> {
    let column = line.strip_prefix('|').and_then(|row| row.split('|').next()).unwrap_or_default();
    column.split('`').skip(1).step_by(2)
}
