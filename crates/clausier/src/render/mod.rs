//! From what is resolved to the document of each piece: the values that texts may print, then the assembly.

pub(crate) mod assemble;
pub(crate) mod values;
