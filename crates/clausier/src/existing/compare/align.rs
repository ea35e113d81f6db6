//! Which elements of two sequences are the same, and which ones answer each other.
//!
//! By hand: a difference of a few hundred elements at each level, with a bound on the work, is fifty lines.

use std::ops::Range;

/// What becomes of elements of two sequences, in reading order: what goes stands before what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// These two answer each other: the same, or one is the other changed.
    Both(usize, usize),
    /// Only in the first.
    Old(usize),
    /// Only in the second.
    New(usize),
}

/// Edits beyond which two sequences are taken as wholly different between their common ends.
const MOST_EDITS: usize = 1_500;
/// Pairs of elements beyond which likeness is not sought.
const MOST_PAIRS: usize = 10_000;

/// The longest common subsequence of two sequences, as pairs of places (Myers' greedy search, bounded).
pub(super) fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_core = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_core = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut out: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
    out.extend(middle(old_core, new_core).into_iter().map(|(i, j)| (i + head, j + head)));
    out.extend((0..tail).map(|i| (head + old_core.len() + i, head + new_core.len() + i)));
    out
}

fn middle<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (n, m) = (old.len(), new.len());
    if n == 0 || m == 0 {
        return Vec::new();
    }
    let most = (n + m).min(MOST_EDITS);
    // Farthest place in `old` on each diagonal; diagonal k stands at k + most + 1, k being place in old less place in new.
    let origin = most + 1;
    let mut reach = vec![0_usize; 2 * most + 3];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=most {
        trace.push(reach.get(origin - edits..=origin + edits).unwrap_or_default().to_vec());
        for k in (origin - edits..=origin + edits).step_by(2) {
            let down = k == origin - edits || (k != origin + edits && reach[k - 1] < reach[k + 1]);
            let mut x = if edits == 0 {
                0
            } else if down {
                reach[k + 1]
            } else {
                reach[k - 1] + 1
            };
            // A diagonal may leave the rectangle: nothing is read there.
            let Some(mut y) = (x + origin).checked_sub(k) else { continue };
            while x < n && y < m && old[x] == new[y] {
                x += 1;
                y += 1;
            }
            reach[k] = x;
            if x >= n && y >= m {
                return walk_back(&trace, n, m, edits);
            }
        }
    }
    Vec::new()
}

/// Walks the trace back from the end and keeps the pairs that were the same.
fn walk_back(trace: &[Vec<usize>], n: usize, m: usize, edits: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut x, mut y) = (n, m);
    for edits in (1..=edits).rev() {
        // The reach before this edit covers diagonals -edits to edits.
        let reach = &trace[edits];
        let at = |k: isize| {
            usize::try_from(k + isize::try_from(edits).unwrap_or(0)).ok().and_then(|i| reach.get(i)).copied()
        };
        let k = x as isize - y as isize;
        let bound = edits as isize;
        let down = k == -bound || (k != bound && at(k - 1) < at(k + 1));
        let before = if down { k + 1 } else { k - 1 };
        let from = at(before).unwrap_or(0);
        let start = if down { from } else { from + 1 };
        while x > start && y > 0 {
            x -= 1;
            y -= 1;
            out.push((x, y));
        }
        x = from;
        y = usize::try_from(from as isize - before).unwrap_or(0);
    }
    while x > 0 && y > 0 {
        x -= 1;
        y -= 1;
        out.push((x, y));
    }
    out.reverse();
    out
}

/// Aligns two sequences: what has the same key is the same; between those, the pairs whose likeness adds up to the most
/// answer each other. `likeness` gives that of each element of a stretch of the first to each of a stretch of the second, row
/// after row, in thousandths, 0 for two elements that cannot answer each other.
pub(super) fn align<K: PartialEq>(
    old: &[K],
    new: &[K],
    likeness: impl Fn(Range<usize>, Range<usize>) -> Vec<u32>,
) -> Vec<Step> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(old, new).into_iter().chain([(old.len(), new.len())]) {
        gap(i..x, j..y, &likeness, &mut out);
        if x < old.len() {
            out.push(Step::Both(x, y));
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

/// Aligns what stands between two common elements.
fn gap(
    old: Range<usize>,
    new: Range<usize>,
    likeness: &impl Fn(Range<usize>, Range<usize>) -> Vec<u32>,
    out: &mut Vec<Step>,
) {
    let (n, m) = (old.len(), new.len());
    let mut pairs = Vec::new();
    if n > 0 && m > 0 && n * m <= MOST_PAIRS {
        let known = likeness(old.clone(), new.clone());
        let width = m + 1;
        // Best sum of likeness of what remains from (i, j).
        let mut best = vec![0_u32; (n + 1) * width];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                let alike = known[i * m + j];
                let paired = if alike > 0 { best[(i + 1) * width + j + 1] + alike } else { 0 };
                best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n && j < m {
            let alike = known[i * m + j];
            if alike > 0 && best[i * width + j] == best[(i + 1) * width + j + 1] + alike {
                pairs.push((old.start + i, new.start + j));
                i += 1;
                j += 1;
            } else if best[i * width + j] == best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    let (mut i, mut j) = (old.start, new.start);
    for (x, y) in pairs.into_iter().map(|(x, y)| (x, Some(y))).chain([(old.end, None)]) {
        let y_end = y.unwrap_or(new.end);
        out.extend((i..x).map(Step::Old));
        out.extend((j..y_end).map(Step::New));
        if let Some(y) = y {
            out.push(Step::Both(x, y));
            (i, j) = (x + 1, y + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: usize) {
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let pairs = common(&a, &b);
        assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1), "{old} {new} {pairs:?}");
        assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]), "{old} {new} {pairs:?}");
        assert_eq!(pairs.len(), expected, "{old} {new} {pairs:?}");
    }

    #[test]
    fn the_longest_common_subsequence_is_found() {
        for (old, new, length) in [
            ("", "", 0),
            ("abc", "", 0),
            ("", "abc", 0),
            ("abc", "abc", 3),
            ("abcabba", "cbabac", 4),
            ("xay", "xby", 2),
            ("abcdef", "fedcba", 1),
            ("aab", "ab", 2),
            ("kitten", "sitting", 4),
            ("aaaa", "bbbb", 0),
        ] {
            check(old, new, length);
        }
    }

    /// Against the quadratic table, on every pair of words of three letters up to length five.
    #[test]
    fn it_is_as_long_as_the_table_says() {
        let words: Vec<String> = (0..6_u32)
            .flat_map(|length| {
                (0..3_u32.pow(length)).map(move |n| {
                    (0..length).map(|p| char::from(b'a' + (n / 3_u32.pow(p) % 3) as u8)).collect::<String>()
                })
            })
            .collect();
        for old in words.iter().step_by(3) {
            for new in words.iter().step_by(2) {
                let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
                let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
                for i in 0..a.len() {
                    for j in 0..b.len() {
                        table[i + 1][j + 1] =
                            if a[i] == b[j] { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
                    }
                }
                check(old, new, table[a.len()][b.len()]);
            }
        }
    }

    #[test]
    fn what_is_too_different_is_bounded() {
        let old: Vec<usize> = (0..20_000).collect();
        let new: Vec<usize> = (20_000..40_000).collect();
        assert!(common(&old, &new).is_empty());
        let mut near = old.clone();
        near[10_000] = 99_999;
        assert_eq!(common(&old, &near).len(), 19_999);
    }

    #[test]
    fn likeness_pairs_what_changed() {
        let (old, new) = (["un", "deux", "trois"], ["un", "Deux", "quatre", "trois"]);
        let alike = |i: usize, j: usize| if old[i].eq_ignore_ascii_case(new[j]) { 900 } else { 0 };
        let steps = align(&old, &new, |rows, columns| {
            rows.flat_map(|i| columns.clone().map(move |j| (i, j))).map(|(i, j)| alike(i, j)).collect()
        });
        assert_eq!(steps, [Step::Both(0, 0), Step::Both(1, 1), Step::New(2), Step::Both(2, 3)]);
    }
}
