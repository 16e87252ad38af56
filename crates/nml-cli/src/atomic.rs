//! Files written whole or not at all.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Writes a file by way of a new file in the same folder that then takes its name, so that a reader
/// sees the old text or the new one and a full disk costs nothing.  Links are followed, permissions
/// kept; what is not a plain file (a pipe, a device) is written to directly.
///
/// # Errors
/// Those of the operating system; the old file is then unchanged.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) {
        return OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    let (mut file, scratch) = scratch(&target)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| old.map_or(Ok(()), |m| std::fs::set_permissions(&scratch, m.permissions())))
        .and_then(|()| std::fs::rename(&scratch, &target));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&scratch);
    }
    written
}

/// As [`write`], of bytes that come one after the other; they are on the disk before the file has its name.  The new
/// file has a name that is the same each time, so that what is left when the program is ended is not left for ever.
///
/// # Errors
/// Those of the operating system and of `bytes`; the old file is then unchanged.
pub fn write_with(path: &Path, bytes: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    let target = place(path)?;
    let mut name = target.as_os_str().to_owned();
    name.push(".new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&name)?;
    let written = bytes(&mut file).and_then(|()| file.sync_all());
    drop(file);
    let written = written.and_then(|()| std::fs::rename(&name, &target));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&name);
    }
    written
}

/// A file written bit by bit, that takes its name when it is [finished](Growing::finish) and leaves nothing
/// behind when it is not.
#[derive(Debug)]
pub struct Growing {
    scratch: PathBuf,
    target: PathBuf,
    finished: bool,
}

impl Growing {
    /// Begins a file; its folder is made if need be.
    ///
    /// # Errors
    /// Those of the operating system, and that something is there already that is no plain file.
    pub fn begin(path: &Path) -> Result<(Self, File)> {
        let target = place(path)?;
        let (file, scratch) = scratch(&target)?;
        Ok((Self { scratch, target, finished: false }, file))
    }

    /// Where the bytes go until it is finished.
    pub fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Those of the operating system; an old file of that name is then unchanged.
    pub fn finish(mut self) -> Result<()> {
        std::fs::rename(&self.scratch, &self.target)?;
        self.finished = true;
        Ok(())
    }
}

/// A file written bit by bit that stays as it is when the program ends, under a name of its own: `NAME.partial`.
///
/// It is locked, so that no two runs write it.
#[derive(Debug)]
pub struct Partial {
    path: PathBuf,
    target: PathBuf,
}

impl Partial {
    /// Begins a file that later takes the name of `path`, or goes on with it.  Of a file to go on with there is none
    /// where it has its name already.
    ///
    /// # Errors
    /// Those of the operating system; that something is there already that is no plain file; that another program
    /// writes it.
    pub fn begin(path: &Path, anew: bool) -> Result<(Self, Option<File>)> {
        let target = place(path)?;
        let name = target.file_name().ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        let mut own = name.to_owned();
        own.push(".partial");
        let path = target.with_file_name(own);
        let this = Self { path, target };
        let opened = OpenOptions::new().read(true).write(true).create(anew).open(&this.path);
        let file = match opened {
            Err(e) if e.kind() == ErrorKind::NotFound && !anew => return Ok((this, None)),
            other => other?,
        };
        match file.try_lock() {
            // Some file systems have no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(ErrorKind::ResourceBusy, "another run is writing it"));
            }
        }
        Ok((this, Some(file)))
    }

    /// The name it has until it is finished.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn finish(self) -> Result<()> {
        std::fs::rename(&self.path, &self.target)
    }

    /// Takes the file away: what it was for is done.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn remove(self) -> Result<()> {
        std::fs::remove_file(&self.path)
    }
}

/// Where a file is to be; its folder is made if need be, and links are followed.
fn place(path: &Path) -> Result<PathBuf> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(there) = std::fs::metadata(&target) {
        // Giving the name to another file would do away with a device.
        if !there.is_file() {
            let what = if there.is_dir() { "it is a folder" } else { "it is no plain file" };
            return Err(Error::new(ErrorKind::AlreadyExists, what));
        }
    }
    Ok(target)
}

impl Drop for Growing {
    fn drop(&mut self) {
        if !self.finished {
            // There is nobody left to tell.
            let _ = std::fs::remove_file(&self.scratch);
        }
    }
}

/// A new file beside the target.
fn scratch(target: &Path) -> Result<(File, PathBuf)> {
    let name = target.file_name().ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
    for number in 0..1000 {
        let mut scratch = std::ffi::OsString::from(".");
        scratch.push(name);
        scratch.push(format!(".{}-{number}.tmp", std::process::id()));
        let path = target.with_file_name(scratch);
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            other => return other.map(|file| (file, path)),
        }
    }
    Err(Error::from(ErrorKind::AlreadyExists))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_and_nothing_is_left_behind() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.txt");
        write(&path, b"one")?;
        write(&path, b"two")?;
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder.path())? {
            names.push(entry?.file_name());
        }
        assert_eq!(names, ["a.txt"]);
        let mut text = String::new();
        std::io::Read::read_to_string(&mut OpenOptions::new().read(true).open(&path)?, &mut text)?;
        assert_eq!(text, "two");
        assert!(write(&folder.path().join("none/a.txt"), b"x").is_err());
        assert!(write(folder.path(), b"x").is_err());
        Ok(())
    }
}
