//! What the names of one scope, class or package mean. Most have a handful of names, which are
//! found by looking through them; a table is made only when there are more.
//!
//! **Guarantee:** iteration is in the order of declaration.

use crate::checker::Binding;
use fscc_base::{FastMap, Name};

/// How many names are looked through one by one.
const FEW_MAX: usize = 8;

/// Names to meanings, in the order of declaration.
#[derive(Clone, Debug)]
pub(crate) enum Names {
    /// At most [`FEW_MAX`].
    Few(Vec<(Name, Binding)>),
    /// More.
    Many(Box<FastMap<Name, Binding>>),
}

impl Default for Names {
    fn default() -> Self {
        Names::Few(Vec::new())
    }
}

impl Names {
    /// What a name means.
    pub fn get(&self, name: &Name) -> Option<&Binding> {
        match self {
            Names::Few(few) => few.iter().find(|(known, _)| known == name).map(|(_, b)| b),
            Names::Many(many) => many.get(name),
        }
    }
    /// Whether a name means anything.
    pub fn contains_key(&self, name: &Name) -> bool {
        self.get(name).is_some()
    }
    /// The meaning of a name, to be extended; that of a new name is empty.
    pub fn binding(&mut self, name: Name) -> &mut Binding {
        if let Names::Few(few) = self
            && few.len() == FEW_MAX
            && few.iter().all(|(known, _)| *known != name)
        {
            *self = Names::Many(Box::new(std::mem::take(few).into_iter().collect()));
        }
        match self {
            Names::Few(few) => {
                let place = few.iter().position(|(known, _)| *known == name);
                let place = place.unwrap_or_else(|| {
                    // Most scopes have one or two, and meanings are large.
                    if few.len() == few.capacity() {
                        few.reserve_exact(few.len().max(1));
                    }
                    few.push((name, Binding::default()));
                    few.len() - 1
                });
                &mut few[place].1
            }
            Names::Many(many) => many.entry(name).or_default(),
        }
    }
    /// All names with their meanings.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Binding)> {
        let (few, many) = match self {
            Names::Few(few) => (&few[..], None),
            Names::Many(many) => (&[][..], Some(many.iter())),
        };
        few.iter().map(|(name, binding)| (name, binding)).chain(many.into_iter().flatten())
    }
    /// All meanings.
    pub fn values(&self) -> impl Iterator<Item = &Binding> {
        self.iter().map(|(_, binding)| binding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Term;
    use crate::symbols::LocalId;

    #[test]
    fn few_and_many_names_keep_their_order() {
        let mut names = Names::default();
        for round in 0..2 {
            for number in 0..3 * FEW_MAX as u32 {
                let local = Term::Local(LocalId::from_u32(100 * round + number));
                names.binding(Name::new(&format!("n{number}"))).terms.push(local);
            }
        }
        let found: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        let expected: Vec<String> = (0..3 * FEW_MAX).map(|number| format!("n{number}")).collect();
        assert_eq!(found, expected);
        assert!(names.values().all(|binding| binding.terms.len() == 2));
        assert!(names.contains_key(&Name::new("n5")) && !names.contains_key(&Name::new("m")));
    }
}
