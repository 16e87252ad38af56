//! Traces and rasters as pictures one would put in a paper.
//!
//! A [`Figure`] is panels above one another over a common time axis; [`svg()`] draws it and [`png()`] turns that
//! into dots.  There is one theme: black axes on white, outward ticks, no frame and no grid, colours that people
//! who are colour-blind can tell apart (Okabe & Ito 2008).  The same figure gives the same bytes.
//!
//! [`Reducer`] makes any number of rows into as many points as can be seen.

mod colour;
mod draw;
mod figure;
mod number;
#[cfg(feature = "png")]
mod png;
mod reduce;
mod ticks;

pub use colour::{Palette, Rgb};
pub use draw::svg;
pub use figure::{Content, Figure, Line, Panel, Raster, Row};
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub use reduce::{Raster as RasterReducer, Reducer};
