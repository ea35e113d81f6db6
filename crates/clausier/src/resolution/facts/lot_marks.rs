//! How remarks name their lots: as marks at first, so that the remarks that differ by their lots only are brought together.

use super::*;

/// Marks of a lot in a remark: after « pour » or a like word, in brackets, and the end of its number.
const THE_LOT: char = '\u{FDE0}';
const IN_LOT: char = '\u{FDE1}';
const LOT_END: char = '\u{FDE2}';

impl Facts<'_> {
    /// « le lot 2 » in a remark, as a mark: the remarks that differ by their lots only are brought together, and
    /// [`Self::name_lots`] prints « les lots 2 et 3 », or « ce marché ».
    pub(crate) fn the_lot(&self, lot: u32) -> String {
        format!("{THE_LOT}{lot}{LOT_END}")
    }

    /// « (lot 2) » after a remark that names no lot, as a mark; nothing in a contract without lots.
    pub(crate) fn in_lot(&self, lot: u32) -> String {
        format!("{IN_LOT}{lot}{LOT_END}")
    }

    /// The lots that a remark marks, and the remark without their numbers.
    pub(crate) fn marked_lots(message: &str) -> (BTreeSet<u32>, String) {
        let mut lots = BTreeSet::new();
        let mut bare = String::with_capacity(message.len());
        let mut rest = message;
        while let Some(at) = rest.find([THE_LOT, IN_LOT]) {
            let (before, marked) = rest.split_at(at);
            let mark = marked.chars().next().unwrap_or(THE_LOT);
            let Some((number, after)) = marked[mark.len_utf8()..].split_once(LOT_END) else { break };
            lots.extend(number.parse::<u32>());
            bare.push_str(before);
            bare.push(mark);
            rest = after;
        }
        bare.push_str(rest);
        (lots, bare)
    }

    /// A remark with its lots in place of its marks.
    pub(crate) fn name_lots(&self, bare: &str, lots: &BTreeSet<u32>) -> String {
        let lots: Vec<u32> = lots.iter().copied().collect();
        let within = match self.consultation.has_lots() {
            true => format!(" ({})", lot_forms(&lots, self.consultation)[0]),
            false => String::new(),
        };
        bare.replace(THE_LOT, &self.the_lots(&lots)).replace(IN_LOT, &within)
    }

    /// « le lot 2 », « les lots 2 et 3 » or « ce marché ».
    pub(crate) fn the_lots(&self, lots: &[u32]) -> String {
        if self.consultation.has_lots() {
            let [_, the, ..] = lot_forms(lots, self.consultation);
            the
        } else {
            "ce marché".to_owned()
        }
    }
}
