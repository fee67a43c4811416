//! Stage 5: bytes become the output folder.
