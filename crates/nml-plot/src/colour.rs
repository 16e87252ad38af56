//! Colours.

/// A colour of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The colours of Okabe & Ito (2008), "Color Universal Design", without the yellow, which is pale on white.
const PALETTE: [Rgb; 7] = [
    Rgb(0x00, 0x72, 0xb2),
    Rgb(0xd5, 0x5e, 0x00),
    Rgb(0x00, 0x9e, 0x73),
    Rgb(0xcc, 0x79, 0xa7),
    Rgb(0x56, 0xb4, 0xe9),
    Rgb(0xe6, 0x9f, 0x00),
    Rgb(0x00, 0x00, 0x00),
];

/// The least contrast to white at which a line is legible; the colours above have 2.6 and more.
const LEAST_CONTRAST: f64 = 2.5;

impl Rgb {
    /// Black.
    pub const BLACK: Self = Self(0, 0, 0);

    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let all: Option<Vec<u8>> =
            digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        match all?[..] {
            [r, g, b] => Some(Self(r * 17, g * 17, b * 17)),
            [r, s, g, h, b, c] => Some(Self(r * 16 + s, g * 16 + h, b * 16 + c)),
            _ => None,
        }
    }

    /// `#rrggbb`.
    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance times contrast formula of WCAG 2.2 against white: 1 for white, 21 for black.
    fn contrast_to_white(self) -> f64 {
        // The gamma of the screen, near enough to the piecewise definition.
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            part * part * (0.2 + 0.8 * part)
        };
        let luminance = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        1.05 / (luminance + 0.05)
    }

    fn distance(self, other: Self) -> u32 {
        let part = |a: u8, b: u8| u32::from(a.abs_diff(b));
        part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)
    }
}

/// Gives out colours for one panel.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    given: Vec<Rgb>,
}

impl Palette {
    /// The colour wished for, if it is legible and unlike those given before; else the next free one.
    pub fn next(&mut self, wished: Option<Rgb>) -> Rgb {
        let free = |c: &Rgb| self.given.iter().all(|g| g.distance(*c) > 60);
        let wished = wished.filter(|c| c.contrast_to_white() >= LEAST_CONTRAST && free(c));
        let next = wished.or_else(|| PALETTE.into_iter().find(free));
        let next = next.unwrap_or(PALETTE[self.given.len() % PALETTE.len()]);
        self.given.push(next);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        assert_eq!(Rgb::parse("#ee40FF"), Some(Rgb(0xee, 0x40, 0xff)));
        assert_eq!(Rgb::parse(" #f00 "), Some(Rgb(255, 0, 0)));
        assert_eq!(Rgb::parse("red"), None);
        assert_eq!(Rgb::parse("#ee40f"), None);
        assert_eq!(Rgb(1, 2, 255).to_hex(), "#0102ff");
    }

    #[test]
    fn a_wish_is_granted_once_and_if_legible() {
        let mut palette = Palette::default();
        let red = Rgb(255, 0, 0);
        assert_eq!(palette.next(Some(red)), red);
        assert_ne!(palette.next(Some(red)), red);
        let pale = Rgb(255, 255, 200);
        assert_ne!(palette.next(Some(pale)), pale);
        for _ in 0..30 {
            palette.next(None);
        }
        assert!(PALETTE.iter().all(|c| c.contrast_to_white() >= LEAST_CONTRAST));
    }
}
