//! Input that wants to crash, hang or fill the memory ends with findings, within bounds that are stated.

mod bounds;
mod files;
mod includes;
mod models;
mod xml;
