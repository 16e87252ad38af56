//! A figure as SVG.

use std::fmt::Write;

use crate::figure::{Content, Figure, Line, Panel, Raster};
use crate::number::{coordinate, escape, label, width};
use crate::reduce::simplify;
use crate::ticks::{Ticks, ends, ticks};

/// Width of a figure, two columns of most journals at 96 dots an inch.
const WIDTH: f64 = 680.0;
/// Height of the axes of the only panel, and of each of several.
const HEIGHT: (f64, f64) = (260.0, 170.0);
/// Size of the text.
const TEXT: f64 = 13.0;
/// Length of a tick.
const TICK: f64 = 5.0;
/// Space between panels, and at the outer border.
const GAP: f64 = 20.0;
const BORDER: f64 = 12.0;
/// The most entries of a legend.
const MOST_NAMED: usize = 12;
/// The widest legend, and the height of one entry.
const LEGEND: (f64, f64) = (190.0, 18.0);
/// The most names beside a raster.
const MOST_ROWS_NAMED: usize = 24;

/// A rectangle between axes, and what they span.
struct Axes {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

impl Axes {
    fn x(&self, value: f64) -> f64 {
        self.left + (value - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (value - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }
}

/// A panel with its scale found.
struct Scaled<'f> {
    panel: &'f Panel,
    y: (f64, f64),
    ticks: Ticks,
    labels: Vec<String>,
}

/// Draws a figure.
pub fn svg(figure: &Figure) -> String {
    let height = if figure.panels.len() > 1 { HEIGHT.1 } else { HEIGHT.0 };
    let panels: Vec<Scaled<'_>> = figure.panels.iter().map(|p| scale(p, height)).collect();
    let named = figure.panels.iter().any(|p| !p.y_label.is_empty());
    let widest = panels.iter().flat_map(|p| &p.labels).map(|l| width(l)).fold(0.0, f64::max);
    let left = BORDER + widest * TEXT + TICK + 6.0 + if named { TEXT + 8.0 } else { 0.0 };
    let legend = figure.panels.iter().map(legend_width).fold(0.0, f64::max);
    let right = WIDTH - BORDER - legend - 6.0;
    let title = if figure.title.is_empty() { 0.0 } else { TEXT + 12.0 };
    let mut out = String::new();
    let mut top = BORDER + title;
    let mut body = String::new();
    for (at, panel) in panels.iter().enumerate() {
        let x = spread(figure.x_range);
        let axes = Axes { left, right, top, bottom: top + height, x, y: panel.y };
        let last = at + 1 == panels.len();
        draw_panel(&mut body, figure, panel, &axes, last);
        top += height + GAP;
    }
    let total = top - GAP + TICK + 2.0 * TEXT + 22.0 + BORDER;
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{h}\" viewBox=\"0 0 {WIDTH} {h}\" \
         font-family=\"'Noto Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif\" font-size=\"{TEXT}\">",
        h = coordinate(total.ceil()),
    );
    let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    if !figure.title.is_empty() {
        text(&mut out, (left, BORDER + TEXT), "start", &clip(&figure.title, WIDTH - left - BORDER));
    }
    out.push_str(&body);
    out.push_str("</svg>\n");
    out
}

/// An axis without length becomes one of length 1.
fn spread(range: (f64, f64)) -> (f64, f64) {
    if range.1 > range.0 { range } else { (range.0 - 0.5, range.0 + 0.5) }
}

fn scale(panel: &Panel, height: f64) -> Scaled<'_> {
    match &panel.content {
        Content::Lines(lines) => {
            let values =
                || lines.iter().flat_map(|l| &l.points).map(|p| p.1).filter(|v| v.is_finite());
            let (low, high) = (
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            );
            let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
            let y = ends(low, high, panel.y_range);
            let ticks = ticks(y.0, y.1, (height / 32.0).floor());
            let labels = labels(&ticks);
            Scaled { panel, y, ticks, labels }
        }
        Content::Raster(raster) => {
            let rows = raster.rows.len().max(1) as f64;
            let y = (0.0, rows);
            if raster.rows.len() <= MOST_ROWS_NAMED {
                let at = (0..raster.rows.len()).map(|row| row as f64 + 0.5).collect();
                let labels = raster.rows.iter().map(|row| clip(&row.label, 110.0)).collect();
                return Scaled { panel, y, ticks: Ticks { at, decimals: 0, exponent: 0 }, labels };
            }
            let ticks = ticks(y.0, y.1, (height / 32.0).floor());
            let labels = labels(&ticks);
            Scaled { panel, y, ticks, labels }
        }
    }
}

fn labels(ticks: &Ticks) -> Vec<String> {
    let unit = 10.0_f64.powi(ticks.exponent);
    ticks.at.iter().map(|&at| label(at / unit, ticks.decimals)).collect()
}

fn legend_width(panel: &Panel) -> f64 {
    match &panel.content {
        Content::Lines(lines) if lines.len() > 1 => {
            let names = lines.iter().take(MOST_NAMED).map(|l| width(&l.label) * TEXT);
            (names.fold(40.0, f64::max) + 40.0).min(LEGEND.0)
        }
        _ => 0.0,
    }
}

fn draw_panel(out: &mut String, figure: &Figure, scaled: &Scaled<'_>, axes: &Axes, last: bool) {
    match &scaled.panel.content {
        Content::Lines(lines) => {
            for line in lines {
                trace(out, line, axes);
            }
            if lines.len() > 1 {
                legend(out, lines, axes);
            }
        }
        Content::Raster(raster) => events(out, raster, axes),
    }
    let (left, right, top, bottom) = (
        coordinate(axes.left),
        coordinate(axes.right),
        coordinate(axes.top),
        coordinate(axes.bottom),
    );
    let mut marks = format!("M{left},{top}V{bottom}H{right}");
    for &at in &scaled.ticks.at {
        let _ = write!(marks, "M{left},{}h-{TICK}", coordinate(axes.y(at)));
    }
    let x = ticks(axes.x.0, axes.x.1, 8.0);
    for &at in &x.at {
        let _ = write!(marks, "M{},{bottom}v{TICK}", coordinate(axes.x(at)));
    }
    let _ =
        writeln!(out, "<path d=\"{marks}\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1\"/>");
    for (&at, name) in scaled.ticks.at.iter().zip(&scaled.labels) {
        text(out, (axes.left - TICK - 4.0, axes.y(at) + TEXT * 0.35), "end", name);
    }
    let power = scaled.ticks.exponent;
    let y_label = match (power, scaled.panel.y_label.is_empty()) {
        (0, _) => scaled.panel.y_label.clone(),
        (_, true) => format!("× 10{}", superscript(power)),
        (_, false) => format!("{} × 10{}", scaled.panel.y_label, superscript(power)),
    };
    if !y_label.is_empty() {
        let (x, y) = (BORDER + TEXT, f64::midpoint(axes.top, axes.bottom));
        let _ = writeln!(
            out,
            "<text transform=\"translate({},{}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            coordinate(x),
            coordinate(y),
            escape(&clip(&y_label, axes.bottom - axes.top + 2.0 * GAP)),
        );
    }
    if last {
        let base = axes.bottom + TICK + TEXT + 2.0;
        for (&at, name) in x.at.iter().zip(&labels(&x)) {
            text(out, (axes.x(at), base), "middle", name);
        }
        let middle = f64::midpoint(axes.left, axes.right);
        let mut name = figure.x_label.clone();
        if x.exponent != 0 {
            let _ = write!(name, " × 10{}", superscript(x.exponent));
        }
        text(out, (middle, base + TEXT + 9.0), "middle", &name);
    }
}

/// Draws one trace, cut at the borders.
fn trace(out: &mut String, line: &Line, axes: &Axes) {
    let inside = |y: f64| y.clamp(axes.top - 1.0, axes.bottom + 1.0);
    let placed: Vec<(f64, f64)> =
        line.points.iter().map(|&(x, y)| (axes.x(x), inside(axes.y(y)))).collect();
    let mut path = String::new();
    for (at, (x, y)) in simplify(&placed, 0.08).into_iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{},{}", coordinate(x), coordinate(y));
    }
    if path.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.3\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>",
        line.colour.to_hex(),
    );
}

fn legend(out: &mut String, lines: &[Line], axes: &Axes) {
    let x = axes.right + 18.0;
    // One that does not fit beside the panel is cut, not drawn over the next.
    let room = ((axes.bottom - axes.top) / LEGEND.1).floor();
    let room = (1..=MOST_NAMED).take_while(|&n| n as f64 <= room).last().unwrap_or(1);
    let shown = if lines.len() > room { room.saturating_sub(1).max(1) } else { lines.len() };
    let mut y = axes.top + TEXT * 0.7;
    for line in &lines[..shown] {
        let _ = writeln!(
            out,
            "<path d=\"M{},{}h16\" stroke=\"{}\" stroke-width=\"2\"/>",
            coordinate(x),
            coordinate(y - TEXT * 0.33),
            line.colour.to_hex(),
        );
        text(out, (x + 22.0, y), "start", &clip(&line.label, LEGEND.0 - 40.0));
        y += LEGEND.1;
    }
    if shown < lines.len() {
        text(out, (x, y), "start", &format!("and {} more", lines.len() - shown));
    }
}

/// Draws events as strokes, one row a source.
fn events(out: &mut String, raster: &Raster, axes: &Axes) {
    let height = (axes.bottom - axes.top) / raster.rows.len().max(1) as f64;
    // Rows thinner than a pixel still show.
    let stroke = (height * 0.7).clamp(1.0, 22.0);
    let mut path = String::new();
    for (at, row) in raster.rows.iter().enumerate() {
        let top = coordinate(axes.y(at as f64 + 0.5) - stroke / 2.0);
        for &time in &row.times {
            let _ = write!(path, "M{},{top}v{}", coordinate(axes.x(time)), coordinate(stroke));
        }
    }
    if !path.is_empty() {
        let _ = writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1\"/>"
        );
    }
}

fn text(out: &mut String, (x, y): (f64, f64), anchor: &str, content: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
        coordinate(x),
        coordinate(y),
        escape(content),
    );
}

/// As much of a text as fits.
fn clip(content: &str, room: f64) -> String {
    if width(content) * TEXT <= room {
        return content.to_owned();
    }
    let mut out = String::new();
    for c in content.chars() {
        if (width(&out) + width("m…")) * TEXT > room {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn superscript(number: i32) -> String {
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32(0x2070 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    };
    number.to_string().chars().map(raised).collect()
}
