//! `--plot`.

use std::path::{Path, PathBuf};

use nml::figures::Figures;
use nml::results::FileName;

use super::args::Picture;
use super::{Session, stem};
use crate::{Stop, atomic};

/// Dots for each pixel: 300 an inch where a figure is as wide as two columns of a journal.
#[cfg(feature = "png")]
const DOTS: f32 = 3.0;

impl Session<'_> {
    /// The folder for pictures, seen from that of results.
    fn picture_folder(&self) -> PathBuf {
        let plot = self.options.plot.as_ref();
        let named = plot.and_then(|plot| plot.folder.as_ref());
        named.map_or(PathBuf::new(), |folder| self.working_folder.join(folder))
    }

    /// The pictures of a run, as paths from the folder of results; none if none are wanted.
    pub(super) fn pictures(&self, files: &[FileName]) -> Vec<PathBuf> {
        let Some(plot) = &self.options.plot else { return Vec::new() };
        let folder = self.picture_folder();
        let figures = Figures::new(&self.model, &self.prepared);
        let mut taken: Vec<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
        let mut paths = Vec::new();
        for name in figures.names() {
            let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
            let name: String = name.chars().map(plain).collect();
            let stem = stem(&self.options.file);
            let mut number = 1;
            let path = loop {
                let again = if number > 1 { format!("_{number}") } else { String::new() };
                let file = format!("{stem}_{name}{again}.{}", plot.format.extension());
                let path = folder.join(file);
                if !taken.contains(&path) {
                    break path;
                }
                number += 1;
            };
            taken.push(path.clone());
            paths.push(path);
        }
        paths
    }

    /// Draws and writes; answers the names.
    pub(super) fn draw(
        &self,
        figures: &Figures<'_>,
        names: Vec<PathBuf>,
    ) -> Result<Vec<PathBuf>, Stop> {
        for (figure, name) in figures.finish().iter().zip(&names) {
            let svg = nml::plot::svg(figure);
            let path = self.folder.join(name);
            let format = self.options.plot.as_ref().map_or(Picture::Svg, |plot| plot.format);
            let bytes = match format {
                Picture::Svg => svg.into_bytes(),
                Picture::Png => png(&svg)?,
            };
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))
                .and_then(|()| atomic::write(&path, &bytes))
                .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
        }
        Ok(names)
    }
}

#[cfg(feature = "png")]
fn png(svg: &str) -> Result<Vec<u8>, Stop> {
    nml::plot::png(svg, DOTS).map_err(|e| Stop(format!("cannot draw: {e}")))
}

#[cfg(not(feature = "png"))]
fn png(_: &str) -> Result<Vec<u8>, Stop> {
    Err(Stop("this build draws SVG only; build it with the feature `png`".to_owned()))
}
