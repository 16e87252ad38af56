//! Object headers and their messages, as bytes.
//!
//! Numbers of sections are those of the "HDF5 File Format Specification Version 3.0" (The HDF Group).
//! All integers are stored little end first.

use super::checksum::checksum;
use super::value::{Type, Value};
use crate::Hdf5Error;

/// An address that points nowhere.
const NOWHERE: [u8; 8] = [0xff; 8];
/// The bytes of a superblock.
pub(super) const SUPERBLOCK: u64 = 48;

/// The start of a file (section II.A, version 2); `end` is the length of the whole file.
pub(super) fn superblock(root: u64, end: u64) -> Vec<u8> {
    let mut bytes = b"\x89HDF\r\n\x1a\n".to_vec();
    // Version; bytes of an address, of a length; no writer at work.
    bytes.extend([2, 8, 8, 0]);
    bytes.extend(0_u64.to_le_bytes());
    bytes.extend(NOWHERE);
    bytes.extend(end.to_le_bytes());
    bytes.extend(root.to_le_bytes());
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The messages of an object header (section IV.A.1.b, version 2), growing.
pub(super) struct Header {
    messages: Vec<u8>,
}

/// How many bytes an object header takes besides its messages.
pub(super) const HEADER: u64 = 14;

impl Header {
    /// The header of a group (IV.A.2.c and IV.A.2.k) whose links stand in it.
    pub(super) fn group() -> Self {
        let mut header = Self { messages: Vec::new() };
        // Version, no order of creation, no heap and no index of names.
        header.fixed(0x02, &[&[0, 0], &NOWHERE[..], &NOWHERE[..]].concat());
        header.fixed(0x0a, &[0, 0]);
        header
    }

    /// The header of a dataset whose values lie in one piece at an address.
    pub(super) fn dataset(ty: Type, shape: &[u64], address: u64, size: u64) -> Self {
        let mut header = Self { messages: Vec::new() };
        header.fixed(0x01, &space(Some(shape)));
        header.fixed(0x03, &datatype(ty));
        // IV.A.2.f: room is made late, nothing is filled in.
        header.fixed(0x05, &[3, 0x0a]);
        let mut layout = vec![3, 1];
        layout.extend(if size == 0 { NOWHERE } else { address.to_le_bytes() });
        layout.extend(size.to_le_bytes());
        header.fixed(0x08, &layout);
        header
    }

    /// A message that is known to be short.
    fn fixed(&mut self, kind: u8, body: &[u8]) {
        let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
        self.messages.push(kind);
        self.messages.extend(length.to_le_bytes());
        self.messages.push(0);
        self.messages.extend(body);
    }

    /// A link to an object of the same file (IV.A.2.g).
    ///
    /// # Errors
    /// That the name is longer than 65 000 bytes.
    pub(super) fn link(&mut self, name: &str, address: u64) -> Result<(), Hdf5Error> {
        let length = u16::try_from(name.len()).ok().filter(|&n| n <= 65_000);
        let length = length.ok_or_else(|| too_long("name", name))?;
        // The length of the name takes two bytes; the character set stands in the message.
        let mut body = vec![1, 0x11, 1];
        body.extend(length.to_le_bytes());
        body.extend(name.as_bytes());
        body.extend(address.to_le_bytes());
        self.fixed(0x06, &body);
        Ok(())
    }

    /// An attribute (IV.A.2.m, version 3).
    ///
    /// # Errors
    /// That name and value together are longer than 64 KiB.
    pub(super) fn attribute(&mut self, name: &str, value: &Value) -> Result<(), Hdf5Error> {
        let (ty, shape, data) = value.stored();
        let (ty, space) = (datatype_of(ty, value), space(shape.as_ref().map(std::slice::from_ref)));
        let short = |n: usize| u16::try_from(n).map_err(|_| too_long("attribute", name));
        let mut body = vec![3, 0];
        body.extend(short(name.len() + 1)?.to_le_bytes());
        body.extend(short(ty.len())?.to_le_bytes());
        body.extend(short(space.len())?.to_le_bytes());
        body.push(1);
        body.extend(name.as_bytes());
        body.push(0);
        body.extend(ty);
        body.extend(space);
        body.extend(data);
        short(body.len())?;
        self.fixed(0x0c, &body);
        Ok(())
    }

    /// How long it is, all in all.
    pub(super) fn bytes(&self) -> u64 {
        HEADER + self.messages.len() as u64
    }

    /// The whole header.
    ///
    /// # Errors
    /// That it is longer than 4 GiB.
    pub(super) fn finish(self) -> Result<Vec<u8>, Hdf5Error> {
        let length = u32::try_from(self.messages.len())
            .map_err(|_| Hdf5Error::from_text("a group has too many members".to_owned()))?;
        let mut bytes = b"OHDR".to_vec();
        // Version; the length takes four bytes, no times are kept.
        bytes.extend([2, 2]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(self.messages);
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        Ok(bytes)
    }
}

fn too_long(what: &str, name: &str) -> Hdf5Error {
    let start: String = name.chars().take(40).collect();
    Hdf5Error::from_text(format!("the {what} `{start}` is too long"))
}

/// A dataspace (IV.A.2.b, version 2): a single value, or extents that stay as they are.
fn space(shape: Option<&[u64]>) -> Vec<u8> {
    let Some(shape) = shape.filter(|shape| !shape.is_empty()) else { return vec![2, 0, 0, 0] };
    let mut bytes = vec![2, u8::try_from(shape.len()).unwrap_or(u8::MAX), 0, 1];
    bytes.extend(shape.iter().flat_map(|n| n.to_le_bytes()));
    bytes
}

/// A datatype (IV.A.2.d).
fn datatype(ty: Type) -> Vec<u8> {
    let integer = |size: u8, signed: bool| {
        let bits = u16::from(size) * 8;
        let mut bytes = vec![0x10, if signed { 0x08 } else { 0 }, 0, 0];
        bytes.extend(u32::from(size).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(bits.to_le_bytes());
        bytes
    };
    // Sign, place and size of exponent and mantissa, bias; the first bit of the mantissa is implied.
    let float = |size: u32, sign: u8, exponent: [u8; 2], mantissa: u8, bias: u32| {
        let mut bytes = vec![0x11, 0x20, sign, 0];
        bytes.extend(size.to_le_bytes());
        bytes.extend([0, 0, size.to_le_bytes()[0] * 8, 0]);
        bytes.extend(exponent);
        bytes.extend([0, mantissa]);
        bytes.extend(bias.to_le_bytes());
        bytes
    };
    match ty {
        Type::U8 => integer(1, false),
        Type::U32 => integer(4, false),
        Type::U64 => integer(8, false),
        Type::I32 => integer(4, true),
        Type::I64 => integer(8, true),
        Type::F32 => float(4, 31, [23, 8], 23, 127),
        Type::F64 => float(8, 63, [52, 11], 52, 1023),
        Type::Text(width) => {
            // UTF-8, filled with zeros.
            let mut bytes = vec![0x13, 0x11, 0, 0];
            bytes.extend(width.to_le_bytes());
            bytes
        }
    }
}

/// The datatype of an attribute; one of named numbers names them all.
fn datatype_of(ty: Type, value: &Value) -> Vec<u8> {
    let Value::Named(_, names) = value else { return datatype(ty) };
    let mut bytes = vec![0x38];
    bytes.extend(u16::try_from(names.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.push(0);
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(datatype(Type::U8));
    for name in *names {
        bytes.extend(name.as_bytes());
        bytes.push(0);
    }
    bytes.extend((0_u8..).take(names.len()));
    bytes
}
