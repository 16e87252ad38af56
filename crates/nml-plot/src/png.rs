//! Pictures of dots.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Why a picture could not be made of an SVG.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PngError(String);

/// Draws an SVG as PNG, `scale` dots for each of its pixels.
///
/// The font is one that comes along, so that the picture is the same everywhere.
///
/// # Errors
/// [`PngError`] where the text is no SVG, or the picture too large for memory.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| PngError(e.to_string()))?;
    let size = tree.size().to_int_size();
    let size = size.scale_by(scale).ok_or_else(|| PngError("it has no size".to_owned()))?;
    let pixels = Pixmap::new(size.width(), size.height());
    let mut pixels = pixels.ok_or_else(|| PngError("it is too large".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| PngError(e.to_string()))
}
