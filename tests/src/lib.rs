//! End-to-end tests through public doors only.
