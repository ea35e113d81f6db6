//! How columns of figures make one value: what a frame to fill prints in words, and a sheet reckons by itself.

use crate::base::bytes::kept;
use serde::{Deserialize, Serialize};

/// How columns of figures make one value. Ranks of columns count from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[serde(tag = "sorte")]
#[non_exhaustive]
pub enum Reckoning {
    /// Sum of a column.
    #[serde(rename = "somme")]
    Sum {
        /// The column.
        #[serde(rename = "de")]
        of: usize,
    },
    /// Sum of a column, each line times another.
    #[serde(rename = "produit")]
    Product {
        /// The column.
        #[serde(rename = "de")]
        of: usize,
        /// The one that multiplies it.
        #[serde(rename = "par")]
        by: usize,
    },
    /// Mean of a column, weighted by another when there is one.
    #[serde(rename = "moyenne")]
    Mean {
        /// The column.
        #[serde(rename = "de")]
        of: usize,
        /// The weights.
        #[serde(rename = "par", default, skip_serializing_if = "Option::is_none")]
        by: Option<usize>,
    },
    /// Sum of a column for one unit of the sum of another.
    #[serde(rename = "rapport")]
    Ratio {
        /// What is shared out.
        #[serde(rename = "de")]
        of: usize,
        /// The units.
        #[serde(rename = "par")]
        by: usize,
    },
    /// Sum of a column in per cent of the sum of another.
    #[serde(rename = "part")]
    Share {
        /// The part.
        #[serde(rename = "de")]
        of: usize,
        /// The whole.
        #[serde(rename = "par")]
        by: usize,
    },
    /// Least value of a column.
    #[serde(rename = "minimum")]
    Least {
        /// The column.
        #[serde(rename = "de")]
        of: usize,
    },
    /// Greatest value of a column.
    #[serde(rename = "maximum")]
    Greatest {
        /// The column.
        #[serde(rename = "de")]
        of: usize,
    },
}

kept! {
    variants Reckoning {
        0 = Sum { of: of },
        1 = Product { of: of, by: by },
        2 = Mean { of: of, by: by },
        3 = Ratio { of: of, by: by },
        4 = Share { of: of, by: by },
        5 = Least { of: of },
        6 = Greatest { of: of },
    }
}

impl Reckoning {
    /// The column that it reads first.
    pub fn of(self) -> usize {
        match self {
            Self::Sum { of } | Self::Product { of, .. } | Self::Mean { of, .. } | Self::Ratio { of, .. } => of,
            Self::Share { of, .. } | Self::Least { of } | Self::Greatest { of } => of,
        }
    }

    /// The other column that it reads.
    pub fn by(self) -> Option<usize> {
        match self {
            Self::Product { by, .. } | Self::Ratio { by, .. } | Self::Share { by, .. } => Some(by),
            Self::Mean { by, .. } => by,
            Self::Sum { .. } | Self::Least { .. } | Self::Greatest { .. } => None,
        }
    }

    /// The word of a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sum { .. } => "somme",
            Self::Product { .. } => "produit",
            Self::Mean { .. } => "moyenne",
            Self::Ratio { .. } => "rapport",
            Self::Share { .. } => "part",
            Self::Least { .. } => "minimum",
            Self::Greatest { .. } => "maximum",
        }
    }

    /// In words, with the headings of the columns; empty for a column that has none.
    pub fn words(self, headings: &[String]) -> String {
        let name = |rank: usize| headings.get(rank).map_or_else(String::new, |heading| format!("« {heading} »"));
        match self {
            Self::Sum { of } => format!("somme de {}", name(of)),
            Self::Product { of, by } => format!("somme de {} × {}, ligne par ligne", name(by), name(of)),
            Self::Mean { of, by: Some(by) } => format!("moyenne de {}, pondérée par {}", name(of), name(by)),
            Self::Mean { of, by: None } => format!("moyenne de {}", name(of)),
            Self::Ratio { of, by } => format!("somme de {} ÷ somme de {}", name(of), name(by)),
            Self::Share { of, by } => format!("somme de {} en part de la somme de {}", name(of), name(by)),
            Self::Least { of } => format!("plus petite valeur de {}", name(of)),
            Self::Greatest { of } => format!("plus grande valeur de {}", name(of)),
        }
    }
}
