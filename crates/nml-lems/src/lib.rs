//! The LEMS language as data: dimensions, units and component types, and their reader.
