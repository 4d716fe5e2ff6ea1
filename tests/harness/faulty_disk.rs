//! A disk that is full or broken whenever a test says so: under a server with SQLite.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::{Settings, TestApp};

/// What the disk does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskFault {
    /// `write` or `sync`.
    pub call: &'static str,
    pub errno: i32,
    /// Calls that succeed before the first that fails.
    pub after: u32,
}

pub const DISK_FULL: i32 = 28;
pub const IO_ERROR: i32 = 5;

/// The disk beneath one server.
pub struct FaultyDisk {
    plan: PathBuf,
}

impl FaultyDisk {
    /// Every call of the kind fails from now on.
    pub fn fail(&self, fault: DiskFault) {
        let DiskFault { call, errno, after } = fault;
        self.write(&format!("{call} {errno} {after}"));
    }

    /// All is well again.
    pub fn mend(&self) {
        self.write("none 0 0");
    }

    fn write(&self, plan: &str) {
        // Renamed into its place, so that nobody reads half of it.
        let new = self.plan.with_extension("new");
        std::fs::write(&new, plan).expect("the plan is written");
        std::fs::rename(new, &self.plan).expect("the plan takes effect");
    }
}

impl TestApp {
    /// Starts on a disk that can fail; `None` on PostgreSQL, whose files are its own,
    /// and where no system call can be replaced.
    pub async fn on_faulty_disk(settings: Settings<'_>) -> Option<(Self, FaultyDisk)> {
        if crate::database::server().is_some() || !cfg!(target_os = "linux") {
            return None;
        }
        let plan = std::env::temp_dir().join(format!("tintype_disk_{}", rand::random::<u64>()));
        let disk = FaultyDisk { plan: plan.clone() };
        disk.mend();
        let (library, plan) = (library().display().to_string(), plan.display().to_string());
        let preload = [
            ("LD_PRELOAD", library.as_str()),
            ("FAULTY_DISK_PLAN", plan.as_str()),
        ];
        let app = Self::with(&[settings, &preload].concat()).await;
        Some((app, disk))
    }
}

impl Drop for FaultyDisk {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.plan));
    }
}

/// Compiled once, by the C compiler that the server's own dependencies need.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/harness/faulty_disk.c");
        let library = std::env::temp_dir().join(format!("tintype_disk_{}.so", std::process::id()));
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([library.as_os_str(), source.as_ref(), "-ldl".as_ref()])
            .status()
            .expect("a C compiler is installed as `cc`");
        assert!(compiled.success(), "{source} can't be compiled");
        library
    })
}
