//! Markdown: what a body says about itself, and its HTML.
