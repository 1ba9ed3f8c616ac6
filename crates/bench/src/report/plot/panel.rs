use crate::servers::Contender;
use std::fmt::Write as _;

pub(super) const WIDTH: f64 = 720.0;
pub(super) const DARK: &str = "#1f2933";
pub(super) const PALE: &str = "#52606d";
pub(super) const FAINT: &str = "#d9dee4";

/// A picture in the making.
pub(super) struct Panel(String);

/// On which side of its place a text stands.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Panel {
    /// With a title.
    pub(super) fn new(height: f64, title: &str) -> Self {
        let mut panel = Self(format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">
<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>
<text x="8" y="20" font-size="15" fill="{DARK}">{title}</text>
"##
        ));
        panel.0.reserve(4096);
        panel
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, colour: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.element(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{colour}">{text}</text>"#
        ));
    }

    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), colour: &str) {
        self.element(format_args!(
            r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{colour}" stroke-width="1.5"/>"#
        ));
    }

    pub(super) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), colour: &str) {
        self.element(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2" fill="{colour}"/>"#
        ));
    }

    pub(super) fn curve(&mut self, points: &[(f64, f64)], colour: &str) {
        let places: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let places = places.join(" ");
        self.element(format_args!(
            r#"<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>"#
        ));
        for (x, y) in points {
            self.element(format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.5" fill="{colour}"/>"#));
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "{element}");
    }
}

pub(super) fn colour(contender: Contender) -> &'static str {
    match contender {
        Contender::Chinwag => "#2a7de1",
        Contender::Memory => "#86bdf4",
        Contender::Postgres => "#1b4f91",
        Contender::Nodes => "#0b2a52",
        Contender::ChinwagSimple => "#4a9a8e",
        Contender::ChinwagSocketio => "#7d6bd0",
        Contender::Bare | Contender::Rusqlite => "#9aa5b1",
        Contender::Ws => "#e8a33d",
        Contender::Socketio => "#d9704a",
    }
}
