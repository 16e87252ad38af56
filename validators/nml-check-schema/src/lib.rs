//! Checks a document against the structure table of the standard.
