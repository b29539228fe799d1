//! Parts of the tree that may still be bytes.

use crate::portable::{Place, Portable};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

/// A part of the tree: there from the start if its file was parsed, else read from the prepared
/// form when it is first looked at. Either way it is looked at as a `T`.
#[derive(Clone)]
pub struct Lazy<T> {
    tree: OnceLock<Box<T>>,
    /// Where it stands, if it was not there from the start.
    place: Option<Place>,
}

impl<T> Lazy<T> {
    /// A part that is there.
    pub fn new(tree: T) -> Self {
        Self { tree: OnceLock::from(Box::new(tree)), place: None }
    }
    /// A part to be read from this place.
    pub(crate) fn at(place: Place) -> Self {
        Self { tree: OnceLock::new(), place: Some(place) }
    }
}

impl<T> From<T> for Lazy<T> {
    fn from(tree: T) -> Self {
        Self::new(tree)
    }
}

#[allow(private_bounds, reason = "only parts of the tree are written and read")]
impl<T: Portable> Deref for Lazy<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.tree.get_or_init(|| {
            let place = self.place.expect("what has no tree has a place");
            Box::new(place.read())
        })
    }
}

#[allow(private_bounds, reason = "only parts of the tree are written and read")]
impl<T: Portable> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        let _: &T = self;
        self.tree.get_mut().expect("just read")
    }
}

#[allow(private_bounds, reason = "only parts of the tree are written and read")]
impl<T: Portable + PartialEq> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[allow(private_bounds, reason = "only parts of the tree are written and read")]
impl<T: Portable + fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
