//! What a NeuroML document may contain: elements, attributes, order, cardinality, patterns.
