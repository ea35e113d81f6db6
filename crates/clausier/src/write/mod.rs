//! Writers: one file per format, all fed by the same [`Document`](crate::document::Document).
