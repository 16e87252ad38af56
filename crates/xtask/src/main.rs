//! Tasks of the repository that are not the product.

fn main() {}
