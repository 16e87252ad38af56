//! Documents grown from bytes: always well-formed, mostly nonsense, made of the words that count.

use crate::words::{ATTRIBUTES, LEMS_ELEMENTS, VALUES};

/// A document with this root; each byte of `recipe` is one step: open, close, add an attribute, add text.
pub fn document(recipe: &[u8], root: &str, names: &[&str]) -> String {
    let mut out = format!("<{root}>");
    let mut open: Vec<&str> = Vec::new();
    let mut bytes = recipe.iter().copied();
    let pick = |from: &[&'static str], bytes: &mut dyn Iterator<Item = u8>| {
        let at = usize::from(bytes.next().unwrap_or(0)) + 256 * usize::from(bytes.next().unwrap_or(0));
        from.get(at % from.len().max(1)).copied().unwrap_or("a")
    };
    while let Some(step) = bytes.next() {
        match step % 8 {
            0..=4 => {
                // Half of the elements come from the words of LEMS, half from all names.
                let name: &str = if step & 0x80 == 0 {
                    pick(&LEMS_ELEMENTS, &mut bytes)
                } else {
                    let at = usize::from(bytes.next().unwrap_or(0)) * 3;
                    names.get(at % names.len().max(1)).copied().unwrap_or("a")
                };
                out.push('<');
                out.push_str(name);
                let mut given: Vec<&str> = Vec::new();
                for _ in 0..(step >> 4) & 7 {
                    let attribute = pick(&ATTRIBUTES, &mut bytes);
                    let value = pick(&VALUES, &mut bytes);
                    if !given.contains(&attribute) {
                        given.push(attribute);
                        out.push_str(&format!(" {attribute}=\"{value}\""));
                    }
                }
                if step % 8 < 2 || open.len() > 100 {
                    out.push_str("/>");
                } else {
                    out.push('>');
                    open.push(name);
                }
            }
            5 => out.push_str("text "),
            _ => {
                if let Some(name) = open.pop() {
                    out.push_str(&format!("</{name}>\n"));
                }
            }
        }
    }
    while let Some(name) = open.pop() {
        out.push_str(&format!("</{name}>"));
    }
    let root = root.split(' ').next().unwrap_or("");
    out.push_str(&format!("</{root}>"));
    out
}
