//! Which stage is at work, so that an internal error can say where it happened.

use std::cell::RefCell;

thread_local! {
    static CURRENT: RefCell<(&'static str, String)> = const { RefCell::new(("start", String::new())) };
}

/// Notes that `stage` now works on `subject`.
pub fn enter(stage: &'static str, subject: &str) {
    CURRENT.with_borrow_mut(|current| *current = (stage, subject.to_string()));
}

/// The stage and what it works on.
pub fn current() -> String {
    CURRENT.with_borrow(|(stage, subject)| match subject.as_str() {
        "" => (*stage).to_string(),
        subject => format!("{stage} ({subject})"),
    })
}
