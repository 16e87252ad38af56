//! Files of groups, attributes and datasets of any shape, written in one go from front to end.
//!
//! What a file holds is laid out first; its values then follow in that order, in blocks of any size, so that no
//! more than a block of them is ever in memory.  Every dataset lies in one piece.  The library that reads for us
//! cannot do that: it wants all values at once, or grows datasets of one dimension only.

mod checksum;
mod message;
mod value;

use std::collections::BTreeMap;
use std::io::Write;

use self::message::{Header, SUPERBLOCK, superblock};
pub use self::value::{Number, Type, Value};
use crate::Hdf5Error;

/// Values start at multiples of this.
const ALIGNMENT: u64 = 8;
/// How many bytes are gathered before they are written.
const BUFFER: usize = 1 << 16;

/// The groups, attributes and datasets of a file to be.
#[derive(Clone, Debug)]
pub struct Layout {
    objects: Vec<Object>,
    by_path: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Object {
    /// With a slash before each name; empty for the root.
    path: String,
    attributes: Vec<(String, Value)>,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// Members by name, as places in the list of all.
    Group(BTreeMap<String, usize>),
    Dataset(Type, Vec<u64>),
}

impl Default for Layout {
    fn default() -> Self {
        Self::new()
    }
}

fn wrong(text: String) -> Hdf5Error {
    Hdf5Error::from_text(text)
}

impl Layout {
    /// A file with nothing in it.
    pub fn new() -> Self {
        let root = Object {
            path: String::new(),
            attributes: Vec::new(),
            what: What::Group(BTreeMap::new()),
        };
        Self { objects: vec![root], by_path: BTreeMap::from([(String::new(), 0)]) }
    }

    /// Adds a group, and those it lies in; nothing happens where it is there already.
    ///
    /// A path begins with a slash; `/` is the root.
    ///
    /// # Errors
    /// That the path is none, or leads through a dataset.
    pub fn group(&mut self, path: &str) -> Result<(), Hdf5Error> {
        self.group_at(path.strip_suffix('/').unwrap_or(path)).map(|_| ())
    }

    fn group_at(&mut self, path: &str) -> Result<usize, Hdf5Error> {
        if let Some(&at) = self.by_path.get(path) {
            return match self.objects[at].what {
                What::Group(_) => Ok(at),
                What::Dataset(..) => Err(wrong(format!("`{path}` is a dataset, not a group"))),
            };
        }
        let mut at = 0;
        let mut end = 0;
        for name in path.split('/').skip(1) {
            end += 1 + name.len();
            let here = &path[..end];
            at = match self.by_path.get(here) {
                Some(&there) => there,
                None => self.add(at, name, here, What::Group(BTreeMap::new()))?,
            };
        }
        if end == path.len() {
            Ok(at)
        } else {
            Err(wrong(format!("`{path}` does not begin with a slash")))
        }
    }

    fn add(
        &mut self,
        group: usize,
        name: &str,
        path: &str,
        what: What,
    ) -> Result<usize, Hdf5Error> {
        if matches!(name, "" | "." | "..") || name.contains('\0') {
            return Err(wrong(format!("`{path}` has a part that cannot be a name")));
        }
        let at = self.objects.len();
        let What::Group(members) = &mut self.objects[group].what else {
            return Err(wrong(format!("`{}` is a dataset, not a group", self.objects[group].path)));
        };
        if members.insert(name.to_owned(), at).is_some() {
            return Err(wrong(format!("there are two objects `{path}`")));
        }
        self.objects.push(Object { path: path.to_owned(), attributes: Vec::new(), what });
        self.by_path.insert(path.to_owned(), at);
        Ok(at)
    }

    /// Adds a dataset with its extents, slowest first; no extents make a single value.  The groups it lies in are
    /// added where need be.
    ///
    /// # Errors
    /// That there is something of that path already, that a part of it cannot be a name, that there are more than
    /// 32 extents or values beyond 2^63 bytes.
    pub fn dataset(&mut self, path: &str, ty: Type, shape: &[u64]) -> Result<(), Hdf5Error> {
        let Some((folder, name)) = path.rsplit_once('/') else {
            return Err(wrong(format!("`{path}` does not begin with a slash")));
        };
        if shape.len() > 32 || size_of(ty, shape).is_none() {
            return Err(wrong(format!("`{path}` is too large")));
        }
        if self.by_path.contains_key(path) {
            return Err(wrong(format!("there are two objects `{path}`")));
        }
        let group = self.group_at(folder)?;
        self.add(group, name, path, What::Dataset(ty, shape.to_vec())).map(|_| ())
    }

    /// Adds an attribute to a group or a dataset.
    ///
    /// # Errors
    /// That there is no such object, or an attribute of that name already.
    pub fn attribute(
        &mut self,
        path: &str,
        name: &str,
        value: impl Into<Value>,
    ) -> Result<(), Hdf5Error> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let Some(&at) = self.by_path.get(path) else {
            return Err(wrong(format!("there is no object `{path}`")));
        };
        let attributes = &mut self.objects[at].attributes;
        if name.is_empty() || name.contains('\0') || attributes.iter().any(|(n, _)| n == name) {
            return Err(wrong(format!("`{name}` cannot be an attribute of `{path}`")));
        }
        attributes.push((name.to_owned(), value.into()));
        Ok(())
    }

    /// Writes all that is not the values of datasets.
    ///
    /// # Errors
    /// Those of the receiver, and attributes or names too long for the format.
    pub fn begin<W: Write>(self, mut to: W) -> Result<Writer<W>, Hdf5Error> {
        // Addresses have a fixed length, so a header made with any address tells how long it is.
        let mut addresses = vec![0; self.objects.len()];
        let mut end = SUPERBLOCK;
        for at in 0..self.objects.len() {
            let length = self.header(at, &addresses, 0)?.bytes();
            addresses[at] = end;
            end += length;
        }
        let mut waiting = Vec::new();
        let mut starts = vec![0; self.objects.len()];
        let headers_end = end;
        for (at, object) in self.objects.iter().enumerate() {
            let What::Dataset(ty, shape) = &object.what else { continue };
            let size = size_of(*ty, shape).unwrap_or(0);
            let start = end.next_multiple_of(ALIGNMENT);
            starts[at] = start;
            end =
                start.checked_add(size).ok_or_else(|| wrong("the file is too large".to_owned()))?;
            waiting.push(Waiting { path: object.path.clone(), ty: *ty, start, left: size });
        }
        to.write_all(&superblock(addresses[0], end))?;
        for (at, start) in starts.into_iter().enumerate() {
            to.write_all(&self.header(at, &addresses, start)?.finish()?)?;
        }
        waiting.reverse();
        Ok(Writer { to, waiting, at: headers_end, buffer: Vec::new() })
    }

    fn header(&self, at: usize, addresses: &[u64], start: u64) -> Result<Header, Hdf5Error> {
        let object = &self.objects[at];
        let mut header = match &object.what {
            What::Group(members) => {
                let mut header = Header::group();
                for (name, member) in members {
                    header.link(name, addresses[*member])?;
                }
                header
            }
            What::Dataset(ty, shape) => {
                Header::dataset(*ty, shape, start, size_of(*ty, shape).unwrap_or(0))
            }
        };
        for (name, value) in &object.attributes {
            header.attribute(name, value)?;
        }
        Ok(header)
    }
}

/// The bytes of a dataset, where they can be counted.
fn size_of(ty: Type, shape: &[u64]) -> Option<u64> {
    let size = shape.iter().try_fold(ty.bytes(), |size, &n| size.checked_mul(n))?;
    i64::try_from(size).is_ok().then_some(size)
}

/// A dataset whose values are still to come.
#[derive(Debug)]
struct Waiting {
    path: String,
    ty: Type,
    start: u64,
    left: u64,
}

/// Takes the values of a file, dataset after dataset in the order they were laid out.
#[derive(Debug)]
pub struct Writer<W: Write> {
    to: W,
    /// The next one last.
    waiting: Vec<Waiting>,
    at: u64,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// The next values, the last extent fastest.
    ///
    /// # Errors
    /// Those of the receiver; that it is not the turn of that dataset, that it is of another type, or has enough.
    pub fn write<T: Number>(&mut self, path: &str, values: &[T]) -> Result<(), Hdf5Error> {
        for block in values.chunks(BUFFER / 8) {
            self.turn(path, T::TYPE, block.len())?;
            T::push(block, &mut self.buffer);
            self.pass_on()?;
        }
        Ok(())
    }

    /// The next texts of a dataset of [`Type::Text`].
    ///
    /// # Errors
    /// As for [`Writer::write`], and that a text is longer than the type says.
    pub fn write_texts<'t>(
        &mut self,
        path: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<(), Hdf5Error> {
        for text in texts {
            self.skip_full();
            let Some(Waiting { ty: ty @ Type::Text(width), .. }) = self.waiting.last() else {
                return Err(wrong(format!("there are too many texts for `{path}`")));
            };
            let (ty, width) = (*ty, *width as usize);
            if text.len() > width {
                return Err(wrong(format!("`{text}` is longer than what `{path}` can hold")));
            }
            self.turn(path, ty, 1)?;
            let end = self.buffer.len() + width;
            self.buffer.extend(text.as_bytes());
            self.buffer.resize(end, 0);
            if self.buffer.len() >= BUFFER {
                self.pass_on()?;
            }
        }
        self.pass_on()
    }

    fn skip_full(&mut self) {
        while self.waiting.last().is_some_and(|next| next.left == 0) {
            self.waiting.pop();
        }
    }

    /// Sees to it that so many values of a dataset come next.
    fn turn(&mut self, path: &str, ty: Type, count: usize) -> Result<(), Hdf5Error> {
        self.skip_full();
        let Some(next) = self.waiting.last_mut().filter(|n| n.path == path && n.ty == ty) else {
            return Err(wrong(format!("it is not the turn of `{path}` with such values")));
        };
        let bytes = ty.bytes() * count as u64;
        if next.left < bytes {
            return Err(wrong(format!("there are too many values for `{path}`")));
        }
        let gap = next.start.saturating_sub(self.at);
        self.at = self.at.max(next.start) + bytes;
        next.left -= bytes;
        // The first value of a dataset comes after some bytes that nobody reads.
        self.buffer.extend((0..gap).map(|_| 0));
        Ok(())
    }

    fn pass_on(&mut self) -> Result<(), Hdf5Error> {
        self.to.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Ends the file and gives back what took it.
    ///
    /// # Errors
    /// Those of the receiver, and that values are missing.
    pub fn finish(mut self) -> Result<W, Hdf5Error> {
        self.skip_full();
        if let Some(next) = self.waiting.last() {
            return Err(wrong(format!("`{}` lacks values", next.path)));
        }
        self.to.flush()?;
        Ok(self.to)
    }
}
