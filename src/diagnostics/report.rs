//! Findings as text for a terminal, as JSON Lines, and as GitHub annotations.
