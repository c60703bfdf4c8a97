//! The page behind each code, for `explain` and `docs/diagnostics.md`.
