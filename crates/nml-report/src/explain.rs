//! The page of a rule as plain text for a terminal.

use nml_base::Rule;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::rules::Rules;
use crate::text::add;

/// How the text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// Columns.
    pub width: usize,
    /// Whether headings are set off with terminal colours.
    pub color: bool,
}

/// The page of a rule: a title line, its level, and the page laid out as text.
pub fn explain(rule: &Rule, style: TextStyle) -> String {
    let title = format!("{} {}", rule.code, rule.name);
    let mut out = heading(&title, style);
    add(&mut out, format_args!("{} (level: {})\n", rule.summary, rule.default_level));
    let body = markdown(rule.page, style);
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    out
}

/// Any other page in Markdown, laid out in the same way.
pub fn explain_page(page: &str, style: TextStyle) -> String {
    markdown(page, style)
}

/// All rules, one a line: code, level, name and summary.
pub fn list_rules(rules: Rules<'_>) -> String {
    let mut sorted: Vec<&Rule> = rules.0.to_vec();
    sorted.sort_by_key(|r| r.code);
    let widest = sorted.iter().map(|r| r.name.len()).max().unwrap_or(0);
    let line = |r: &Rule| {
        format!("{}  {:5}  {:widest$}  {}\n", r.code, r.default_level.as_str(), r.name, r.summary)
    };
    sorted.into_iter().map(line).collect()
}

fn heading(text: &str, style: TextStyle) -> String {
    if style.color { format!("\u{1b}[1m{text}\u{1b}[0m\n") } else { format!("{text}\n") }
}

/// Lays Markdown out as text: paragraphs and list items folded to the width, code as it is, four
/// columns in; links as their text with the address behind it.
fn markdown(page: &str, style: TextStyle) -> String {
    let mut layout = Layout::new(style);
    for event in Parser::new(page) {
        layout.event(event);
    }
    layout.flush();
    layout.out
}

struct Layout {
    style: TextStyle,
    out: String,
    /// The text of the block being read.
    block: String,
    /// One entry per list around the block: the next number, or nothing for bullets.
    lists: Vec<Option<u64>>,
    /// The mark of the list item whose first block is still to come.
    mark: Option<String>,
    code: bool,
    heading: bool,
    links: Vec<String>,
}

impl Layout {
    fn new(style: TextStyle) -> Self {
        Self {
            style,
            out: String::new(),
            block: String::new(),
            lists: Vec::new(),
            mark: None,
            code: false,
            heading: false,
            links: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => {
                self.block.push_str(&text);
            }
            Event::Code(text) => {
                self.block.push('`');
                self.block.push_str(&text);
                self.block.push('`');
            }
            Event::SoftBreak => self.block.push(' '),
            Event::HardBreak => self.block.push('\n'),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = level <= HeadingLevel::H6;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number += 1;
                        mark
                    }
                    _ => "- ".to_owned(),
                });
            }
            Tag::Link { dest_url, .. } => self.links.push(dest_url.into_string()),
            Tag::Paragraph | Tag::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some(address) = self.links.pop()
                    && !self.block.ends_with(&address)
                {
                    add(&mut self.block, format_args!(" ({address})"));
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    /// Writes the block read so far.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        let (code, heading) = (std::mem::take(&mut self.code), std::mem::take(&mut self.heading));
        if block.trim().is_empty() {
            return;
        }
        let tight = !self.lists.is_empty() && !code;
        let joined = tight && self.in_list();
        if !self.out.is_empty() && !joined {
            self.blank_line();
        }
        let indent = "  ".repeat(self.lists.len());
        if code {
            for line in block.trim_end().lines() {
                let text = format!("{indent}    {line}");
                self.out.push_str(text.trim_end());
                self.out.push('\n');
            }
        } else if heading {
            self.out.push_str(&self::heading(block.trim(), self.style));
        } else {
            let mark = self.mark.take().unwrap_or_default();
            let outer = "  ".repeat(self.lists.len().saturating_sub(1));
            let first = if mark.is_empty() { indent } else { format!("{outer}{mark}") };
            let hang = " ".repeat(first.len());
            let options = textwrap::Options::new(self.style.width.clamp(40, 100))
                .initial_indent(&first)
                .subsequent_indent(&hang)
                .break_words(false);
            self.out.push_str(&textwrap::fill(block.trim(), options));
            self.out.push('\n');
        }
    }

    /// Whether the last line written belongs to the list the block is in.
    fn in_list(&self) -> bool {
        let last = self.out.trim_end().lines().last().unwrap_or("");
        let text = last.trim_start();
        last.starts_with(' ')
            || text.starts_with("- ")
            || text.starts_with(|c: char| c.is_ascii_digit())
    }

    fn blank_line(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}
