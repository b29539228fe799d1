//! The modes in which the handler of an instruction exists.

use crate::word::Handler;

/// Two handlers: one that leaves the result in the accumulator alone, and one that stores it as
/// well. For an instruction without a narrow result they are the same.
pub(super) type Pair = [Handler; 2];

/// The handlers of an instruction.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// All operands are read from registers.
    pub plain: Pair,
    /// The operand at this place may be in the accumulator.
    pub first: Option<(usize, Pair)>,
    /// The operand at this place may be in the accumulator.
    pub second: Option<(usize, Pair)>,
    /// Whether the operand at place 0 is a narrow result, which is in the accumulator afterwards.
    pub has_result: bool,
}

/// A result and no modes of operands.
macro_rules! result_form {
    ($module:ident::$handler:ident) => {
        &const {
            Form {
                plain: [$module::$handler::<false>, $module::$handler::<true>],
                first: None,
                second: None,
                has_result: true,
            }
        }
    };
}

/// Neither modes nor a narrow result.
macro_rules! plain_form {
    ($module:ident::$handler:ident) => {
        &const { Form { plain: [$module::$handler; 2], first: None, second: None, has_result: false } }
    };
}

/// A narrow result that is always stored.
macro_rules! stored_form {
    ($module:ident::$handler:ident) => {
        &const { Form { plain: [$module::$handler; 2], first: None, second: None, has_result: true } }
    };
}

/// A result and two operands.
macro_rules! binary_form {
    ($module:ident::$handler:ident) => {
        &const {
            Form {
                plain: [
                    $module::$handler::<false, false, false>,
                    $module::$handler::<false, false, true>,
                ],
                first: Some((
                    1,
                    [
                        $module::$handler::<true, false, false>,
                        $module::$handler::<true, false, true>,
                    ],
                )),
                second: Some((
                    2,
                    [
                        $module::$handler::<false, true, false>,
                        $module::$handler::<false, true, true>,
                    ],
                )),
                has_result: true,
            }
        }
    };
}

/// A result and an operand at a place.
macro_rules! unary_form {
    ($module:ident::$handler:ident, $place:literal) => {
        &const {
            Form {
                plain: [$module::$handler::<false, false>, $module::$handler::<false, true>],
                first: Some((
                    $place,
                    [$module::$handler::<true, false>, $module::$handler::<true, true>],
                )),
                second: None,
                has_result: true,
            }
        }
    };
}

/// Two operands at places, and no result.
macro_rules! two_form {
    ($module:ident::$handler:ident, $first:literal, $second:literal) => {
        &const {
            Form {
                plain: [$module::$handler::<false, false>; 2],
                first: Some(($first, [$module::$handler::<true, false>; 2])),
                second: Some(($second, [$module::$handler::<false, true>; 2])),
                has_result: false,
            }
        }
    };
}

/// An operand at a place, and no result.
macro_rules! one_form {
    ($module:ident::$handler:ident, $place:literal) => {
        &const {
            Form {
                plain: [$module::$handler::<false>; 2],
                first: Some(($place, [$module::$handler::<true>; 2])),
                second: None,
                has_result: false,
            }
        }
    };
}

pub(super) use {
    binary_form, one_form, plain_form, result_form, stored_form, two_form, unary_form,
};

impl Form {
    /// The handlers if the accumulator holds a register.
    pub fn pair(&self, halves: [u16; 4], accumulated: Option<u16>) -> Pair {
        let is_there = |place: usize| accumulated.is_some_and(|register| halves[place] == register);
        let modes = [self.first, self.second].into_iter().flatten();
        modes.into_iter().find(|mode| is_there(mode.0)).map_or(self.plain, |mode| mode.1)
    }

    /// Whether exactly one operand can be read from the accumulator if it holds a register.
    pub fn reads_once(&self, halves: [u16; 4], register: u16) -> bool {
        let is_at =
            |mode: Option<(usize, Pair)>| mode.is_some_and(|(place, _)| halves[place] == register);
        is_at(self.first) != is_at(self.second)
    }
}
