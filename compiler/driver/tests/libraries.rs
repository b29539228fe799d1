//! Libraries as their users meet them: published, named in a manifest, locked, linked, deployed.

use pretty_assertions::assert_eq;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Done, Folder, Running, run};

mod support;

fn fscc(arguments: &[&str]) -> Done {
    run(Command::new(env!("CARGO_BIN_EXE_fscc")).args(arguments))
}

/// Folders of a library and of what uses it.
struct Setting {
    folder: Folder,
}

impl Setting {
    fn new(name: &str) -> Setting {
        let setting = Setting { folder: Folder::new(name) };
        setting.library("1.2.0", 20);
        setting.write(
            "user/fscc.toml",
            "registry = \"../registry\"\n\n[libraries]\nrates = \"^1.2\"\n",
        );
        setting.write(
            "user/Main.scala",
            "import rates.Interest\n@main def run(): Unit = println(Interest.yearly(200))\n",
        );
        setting
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }

    /// Writes a version of the library.
    fn library(&self, version: &str, divisor: i32) {
        let manifest = format!(
            "registry = \"../registry\"\n[library]\nname = \"rates\"\nversion = \"{version}\"\n"
        );
        self.write("rates/fscc.toml", &manifest);
        let source = format!(
            "package rates\n\nobject Interest:\n  def yearly(amount: Int): Int = amount / {divisor}\n"
        );
        self.write("rates/Interest.scala", &source);
    }

    fn fscc(&self, command: &str, name: &str) -> Done {
        fscc(&[command, text(&self.path(name))])
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

#[test]
fn a_lock_keeps_what_was_chosen() {
    let setting = Setting::new("lock");
    let missing = setting.fscc("run", "user").refused(1);
    assert!(missing.contains("that") && missing.contains("none is published"), "{missing}");
    let published = setting.fscc("publish", "rates").ok();
    assert!(published.starts_with("rates 1.2.0 is 0x"), "{published}");
    assert_eq!(setting.fscc("publish", "rates").ok(), published);
    assert_eq!(setting.fscc("run", "user").ok(), "10\n");
    let lock = fs::read_to_string(setting.path("user/fscc.lock")).expect("it is written");
    let hash = published.trim().rsplit(' ').next().expect("a hash");
    assert!(lock.contains(hash) && lock.contains("version = \"1.2.0\""), "{lock}");

    // A newer version changes nothing by itself.
    setting.library("1.3.0", 10);
    setting.fscc("publish", "rates").ok();
    assert_eq!(setting.fscc("run", "user").ok(), "10\n");
    fs::remove_file(setting.path("user/fscc.lock")).expect("it is there");
    assert_eq!(setting.fscc("run", "user").ok(), "20\n");
    // What is compatible no more is not chosen.
    setting.library("2.0.0", 1);
    setting.fscc("publish", "rates").ok();
    fs::remove_file(setting.path("user/fscc.lock")).expect("it is there");
    assert_eq!(setting.fscc("run", "user").ok(), "20\n");
}

#[test]
fn a_version_that_changed_is_refused() {
    let setting = Setting::new("changed");
    setting.fscc("publish", "rates").ok();
    setting.fscc("run", "user").ok();
    // Nobody publishes a version twice.
    setting.library("1.2.0", 7);
    let refused = setting.fscc("publish", "rates").refused(1);
    assert!(refused.contains("rates 1.2.0 is published already"), "{refused}");
    // Somebody who replaces it in the registry is found out.
    fs::remove_file(setting.path("registry/versions/rates/1.2.0")).expect("it is there");
    setting.fscc("publish", "rates").ok();
    let refused = setting.fscc("check", "user").refused(1);
    assert!(refused.contains("the lock has the hash 0x"), "{refused}");
    // So is a module that is not what its name says.
    let lock = fs::read_to_string(setting.path("user/fscc.lock")).expect("it is written");
    let hash = lock.split('"').find(|part| part.starts_with("0x")).expect("a hash");
    fs::remove_file(setting.path("registry/versions/rates/1.2.0")).expect("it is there");
    setting.write(&format!("registry/code/{hash}.fvm"), "something else");
    let refused = setting.fscc("check", "user").refused(1);
    assert!(refused.contains("is not what its name says"), "{refused}");
}

#[test]
fn manifests_are_checked() {
    let setting = Setting::new("manifests");
    setting.fscc("publish", "rates").ok();
    for (manifest, part) in [
        ("[libraries]\nrates = \"*\"\n", "is no requirement"),
        ("[libraries]\nRates = \"1\"\n", "is no name of a library"),
        ("[libraries]\n\"../x\" = \"1\"\n", "is no name of a library"),
        ("libraries = 1\n", "fscc.toml"),
        ("[library]\nname = \"x\"\n", "version"),
        ("more = 1\n", "more"),
    ] {
        setting.write("user/fscc.toml", manifest);
        let refused = setting.fscc("check", "user").refused(1);
        assert!(refused.contains(part), "{manifest}: {refused}");
    }
    setting.write("user/fscc.toml", "registry = \"../registry\"\n[libraries]\nrates = \"1\"\n");
    setting.write(
        "user/fscc.lock",
        "[[library]]\nname = \"rates\"\nversion = \"1.2.0\"\nhash = \"0x1\"\n",
    );
    let refused = setting.fscc("check", "user").refused(1);
    assert!(refused.contains("is damaged: rates has no hash"), "{refused}");
    let alone = setting.fscc("publish", "user/Main.scala").refused(2);
    assert!(alone.contains("write `[library]`"), "{alone}");
}

#[test]
fn a_deployment_uploads_libraries_that_are_missing() {
    let setting = Setting::new("deploys");
    setting.fscc("publish", "rates").ok();
    setting.write(
        "user/Main.scala",
        "import fvm.*\nimport rates.Interest\n\nfinal class Savings extends Contract:\n  \
         @view\n  def yearly(amount: Int): Int can Pure = Interest.yearly(amount)\n",
    );
    let node = Running::start(&setting.path("state"), &[]);
    let url = format!("http://{}", node.address);
    let user = setting.path("user");
    let deploy = ["deploy", text(&user), "--from", "development:1", "--node", &url];
    let plan = fscc(&[&deploy[..], &["--dry-run"]].concat()).ok();
    assert_eq!(plan.matches("code or parameters").count(), 2, "{plan}");
    let made = |more: &[&str]| -> Value {
        let made = fscc(&[&deploy[..], &["--yes", "--json"], more].concat()).ok();
        serde_json::from_str(&made).expect("a document")
    };
    let first = made(&[]);
    let count = |made: &Value| made["transactions"].as_array().map(Vec::len);
    assert_eq!(count(&first), Some(3));
    let address = first["address"].as_str().expect("an address");
    let view = format!("{address}.yearly");
    assert_eq!(fscc(&["query", &view, "400", "--node", &url]).ok(), "20\n");
    // Both are there now.
    assert_eq!(count(&made(&[])), Some(1));

    // The same of compiled modules: another library, and what imports it.
    setting.library("1.4.0", 4);
    setting.fscc("publish", "rates").ok();
    fs::remove_file(setting.path("user/fscc.lock")).expect("it is there");
    let out = setting.path("out");
    fscc(&["compile", text(&user), "--out-dir", text(&out)]).ok();
    fscc(&["compile", text(&setting.path("rates")), "--out-dir", text(&out)]).ok();
    let (module, library) = (out.join("Savings.fvm"), out.join("rates.fvm"));
    let deploy = ["deploy", text(&module), "--from", "development:1", "--node", &url, "--yes"];
    let refused = fscc(&deploy).refused(1);
    assert!(refused.contains("there is no library 0x"), "{refused}");
    let told = fscc(&[&deploy[..], &["--with", text(&library), "--json"]].concat()).ok();
    let told: Value = serde_json::from_str(&told).expect("a document");
    assert_eq!(count(&told), Some(3));
    let view = format!("{}.yearly", told["address"].as_str().expect("an address"));
    assert_eq!(fscc(&["query", &view, "400", "--node", &url]).ok(), "100\n");
    node.terminate();
}
