//! What is stored.

/// The type of the values of a dataset.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
    /// Signed, 32 bits.
    I32,
    /// Signed, 64 bits.
    I64,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
    /// UTF-8, each text of so many bytes, filled with zeros; 1 at least.
    Text(u32),
}

impl Type {
    /// How many bytes a value takes.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::U8 => 1,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
            Self::Text(width) => width as u64,
        }
    }

    /// The type for texts of which none is longer than the longest of these.
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let longest = texts.into_iter().map(str::len).max().unwrap_or(1).max(1);
        Self::Text(u32::try_from(longest).unwrap_or(u32::MAX))
    }
}

/// The value of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// A number.
    U32(u32),
    /// A number.
    I32(i32),
    /// A number.
    I64(i64),
    /// A number.
    U64(u64),
    /// A number.
    F32(f32),
    /// A number.
    F64(f64),
    /// Numbers.
    U32s(Vec<u32>),
    /// Numbers.
    F64s(Vec<f64>),
    /// An enumerator: its number, and the names of all, from 0 up.
    Named(u8, &'static [&'static str]),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Value {
    /// Its type, its length where it is a list, and its bytes.
    pub(super) fn stored(&self) -> (Type, Option<u64>, Vec<u8>) {
        fn list<T: Number>(values: &[T]) -> (Type, Option<u64>, Vec<u8>) {
            let mut bytes = Vec::new();
            T::push(values, &mut bytes);
            (T::TYPE, Some(values.len() as u64), bytes)
        }
        fn one<T: Number>(value: T) -> (Type, Option<u64>, Vec<u8>) {
            let (ty, _, bytes) = list(&[value]);
            (ty, None, bytes)
        }
        match self {
            Self::Text(text) => {
                let ty = Type::of_texts([text.as_str()]);
                (ty, None, texts(ty, [text.as_str()]))
            }
            Self::Texts(list) => {
                let ty = Type::of_texts(list.iter().map(String::as_str));
                (ty, Some(list.len() as u64), texts(ty, list.iter().map(String::as_str)))
            }
            Self::U32(value) => one(*value),
            Self::I32(value) => one(*value),
            Self::I64(value) => one(*value),
            Self::U64(value) => one(*value),
            Self::F32(value) => one(*value),
            Self::F64(value) => one(*value),
            Self::U32s(values) => list(values),
            Self::F64s(values) => list(values),
            Self::Named(value, _) => one(*value),
        }
    }
}

/// Texts filled up to the bytes of their type.
fn texts<'t>(ty: Type, texts: impl IntoIterator<Item = &'t str>) -> Vec<u8> {
    let width = usize::try_from(ty.bytes()).unwrap_or(usize::MAX);
    let mut bytes: Vec<u8> = Vec::new();
    for text in texts {
        let start = bytes.len();
        bytes.extend(text.as_bytes());
        bytes.resize(start + width, 0);
    }
    bytes
}

/// A number that a dataset can hold.
pub trait Number: Copy + sealed::Sealed {
    /// What type it is.
    const TYPE: Type;

    /// Adds the bytes of some, little end first.
    fn push(values: &[Self], bytes: &mut Vec<u8>);
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! numbers {
    ($($number:ty => $type:ident),*) => {$(
        impl sealed::Sealed for $number {}
        impl Number for $number {
            const TYPE: Type = Type::$type;

            fn push(values: &[Self], bytes: &mut Vec<u8>) {
                bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
        }
    )*};
}

numbers!(u8 => U8, u32 => U32, u64 => U64, i32 => I32, i64 => I64, f32 => F32, f64 => F64);
