//! Skeletons of files.

use tera::{Context, Tera};

/// The templates of a target, compiled in.
pub struct Templates {
    tera: Tera,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Templates")
    }
}

/// A template that is wrong, or lacks a value: a bug of the target.
#[derive(Debug, thiserror::Error)]
#[error("template: {0}")]
pub struct TemplateFault(String);

impl Templates {
    /// Reads templates, given by name and text.
    ///
    /// # Errors
    /// [`TemplateFault`] where one is wrong.
    pub fn new(texts: &[(&str, &str)]) -> Result<Self, TemplateFault> {
        let mut tera = Tera::default();
        // Programs are no web pages.
        tera.autoescape_on(Vec::<&str>::new());
        tera.add_raw_templates(texts.iter().copied()).map_err(|e| fault(&e))?;
        Ok(Self { tera })
    }

    /// Fills one in.
    ///
    /// # Errors
    /// [`TemplateFault`] where a value is missing.
    pub fn fill(&self, name: &str, values: &Context) -> Result<String, TemplateFault> {
        self.tera.render(name, values).map_err(|e| fault(&e))
    }
}

fn fault(error: &tera::Error) -> TemplateFault {
    TemplateFault(error.to_string())
}
