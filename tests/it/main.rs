//! The one integration binary: whole behaviours through public edges, a module per topic.

mod config;
