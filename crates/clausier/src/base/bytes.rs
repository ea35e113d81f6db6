//! What has been read, kept as bytes: a program that starts often does not read its library again each time.
//!
//! Numbers are written seven bits at a time; a text that stands in its file is written as its place there. What cannot be read
//! back is `None`: bytes are never trusted with more than speed.

/// Bytes being written, of what was read in a text.
#[derive(Debug, Default)]
pub(crate) struct Writer<'s> {
    bytes: Vec<u8>,
    source: &'s str,
}

impl<'s> Writer<'s> {
    /// Texts that stand in this one are written as their place in it.
    pub(crate) fn of(source: &'s str) -> Self {
        Self { bytes: Vec::new(), source }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn number(&mut self, n: usize) {
        self.wide(n as u64);
    }

    pub(crate) fn wide(&mut self, n: u64) {
        let mut rest = n;
        while rest >= 0x80 {
            self.bytes.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// A text that may stand in the source: its length and whether it does, then its place or itself.
    fn said(&mut self, text: &str) {
        /// A shorter text takes no more room than its place.
        const SHORT: usize = 3;
        match self.source.find(text).filter(|_| text.len() > SHORT) {
            Some(place) => {
                self.number(text.len() << 1 | 1);
                self.number(place);
            }
            None => {
                self.number(text.len() << 1);
                self.bytes.extend_from_slice(text.as_bytes());
            }
        }
    }

    pub(crate) fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(items.len());
        items.iter().for_each(|item| each(self, item));
    }
}

/// Bytes being read, of what was read in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    source: &'b str,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, source: "" }
    }

    /// What [`Writer::of`] the same source wrote.
    pub(crate) fn of(source: &'b str, bytes: &'b [u8]) -> Self {
        Self { bytes, source }
    }

    #[inline]
    pub(crate) fn number(&mut self) -> Option<usize> {
        // Most are small.
        match self.bytes.split_first() {
            Some((byte, rest)) if *byte < 0x80 => {
                self.bytes = rest;
                Some(usize::from(*byte))
            }
            _ => self.wide()?.try_into().ok(),
        }
    }

    pub(crate) fn wide(&mut self) -> Option<u64> {
        let mut out = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            out |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(out);
            }
        }
        None
    }

    /// How many bytes are left: no list has more items.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn bytes(&mut self) -> Option<&'b [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(bytes)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    fn said(&mut self) -> Option<&'b str> {
        let length = self.number()?;
        if length & 1 == 0 {
            return std::str::from_utf8(self.take(length >> 1)?).ok();
        }
        let place = self.number()?;
        self.source.get(place..place.checked_add(length >> 1)?)
    }

    pub(crate) fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()?;
        let mut out = Vec::with_capacity(length.min(self.left()));
        for _ in 0..length {
            out.push(each(self)?);
        }
        Some(out)
    }
}

/// What can be kept as bytes.
pub(crate) trait Kept: Sized {
    fn keep(&self, out: &mut Writer<'_>);

    /// What has been kept of a text, if anything has. A page starts from nothing, and does not carry what reads it.
    fn of(source: &str, bytes: &[u8]) -> Option<Self> {
        if cfg!(target_arch = "wasm32") || bytes.is_empty() {
            None
        } else {
            Self::recall(&mut Reader::of(source, bytes))
        }
    }

    /// What [`Kept::keep`] wrote.
    fn recall(bytes: &mut Reader<'_>) -> Option<Self>;
}

impl Kept for () {
    fn keep(&self, _: &mut Writer<'_>) {}

    fn recall(_: &mut Reader<'_>) -> Option<Self> {
        Some(())
    }
}

impl Kept for bool {
    fn keep(&self, out: &mut Writer<'_>) {
        out.number(usize::from(*self));
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(bytes.number()? == 1)
    }
}

impl Kept for u32 {
    fn keep(&self, out: &mut Writer<'_>) {
        out.wide((*self).into());
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        bytes.number()?.try_into().ok()
    }
}

impl Kept for usize {
    fn keep(&self, out: &mut Writer<'_>) {
        out.number(*self);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        bytes.number()
    }
}

impl Kept for i64 {
    fn keep(&self, out: &mut Writer<'_>) {
        out.wide((*self << 1 ^ *self >> 63).cast_unsigned());
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        let folded = bytes.wide()?;
        Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }
}

impl Kept for Box<str> {
    fn keep(&self, out: &mut Writer<'_>) {
        out.said(self);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        bytes.said().map(Self::from)
    }
}

impl Kept for String {
    fn keep(&self, out: &mut Writer<'_>) {
        out.said(self);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        bytes.said().map(Self::from)
    }
}

impl<T: Kept> Kept for Box<T> {
    fn keep(&self, out: &mut Writer<'_>) {
        (**self).keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        T::recall(bytes).map(Self::new)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, out: &mut Writer<'_>) {
        self.is_some().keep(out);
        self.iter().for_each(|inside| inside.keep(out));
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::recall(bytes)? { Some(T::recall(bytes)?) } else { None })
    }
}

/// What is worked out when it is first wanted is worked out again.
impl<T> Kept for std::sync::OnceLock<T> {
    fn keep(&self, _: &mut Writer<'_>) {}

    fn recall(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self, out: &mut Writer<'_>) {
        out.list(self, |out, item| item.keep(out));
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        bytes.list(T::recall)
    }
}

impl<T: Kept, const N: usize> Kept for [T; N] {
    fn keep(&self, out: &mut Writer<'_>) {
        out.list(self, |out, item| item.keep(out));
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Vec::recall(bytes)?.try_into().ok()
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn keep(&self, out: &mut Writer<'_>) {
        self.0.keep(out);
        self.1.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some((A::recall(bytes)?, B::recall(bytes)?))
    }
}

/// What was read in a text, as bytes.
pub(crate) fn kept_of(value: &impl Kept, source: &str) -> Vec<u8> {
    let mut out = Writer::of(source);
    value.keep(&mut out);
    out.finish()
}

/// Keeps structures by their parts, one after the other, and enumerations by the rank of their variant: a part that is not
/// named here does not compile.
macro_rules! kept {
    (parts $name:ident { $($part:tt),+ $(,)? }) => {
        impl $crate::base::bytes::Kept for $name {
            fn keep(&self, out: &mut $crate::base::bytes::Writer<'_>) {
                let Self { $($part: _),+ } = self;
                $(self.$part.keep(out);)+
            }

            fn recall(bytes: &mut $crate::base::bytes::Reader<'_>) -> Option<Self> {
                Some(Self { $($part: $crate::base::bytes::Kept::recall(bytes)?),+ })
            }
        }
    };
    (variants $name:ident { $($rank:literal = $variant:ident { $($part:tt: $bound:ident),* }),+ $(,)? }) => {
        impl $crate::base::bytes::Kept for $name {
            fn keep(&self, out: &mut $crate::base::bytes::Writer<'_>) {
                match self {
                    $(Self::$variant { $($part: $bound),* } => {
                        out.number($rank);
                        $($bound.keep(out);)*
                    })+
                }
            }

            fn recall(bytes: &mut $crate::base::bytes::Reader<'_>) -> Option<Self> {
                Some(match bytes.number()? {
                    $($rank => Self::$variant { $($part: $crate::base::bytes::Kept::recall(bytes)?),* },)+
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use kept;
