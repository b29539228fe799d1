//! What instructions work on beside registers: arena, globals, gas; and how they stop.

use crate::heap::{HEADER, Heap, granules};
use crate::image::Image;
use crate::schedule::{Size, Sizes};
use crate::value::{NULL, Slot, make, offset};
use fvm_arith::{Fault, detail};
use fvm_isa::{ClassId, TrapCode, builtin};

/// Why an instruction does not simply go on to the next one.
#[derive(Debug)]
pub enum Stop {
    /// A trap with a detail (null if there is none).
    Trap(TrapCode, Slot),
    /// The end of the message with an encoded problem.
    Abort(Vec<u8>),
}

pub(crate) type Result<T> = std::result::Result<T, Stop>;

/// A trap without detail.
pub(crate) fn trap(code: TrapCode) -> Stop {
    Stop::Trap(code, NULL)
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        trap(match fault {
            Fault::DivisionByZero => TrapCode::DIVISION_BY_ZERO,
            Fault::Overflow => TrapCode::OVERFLOW,
            Fault::NumberFormat => TrapCode::NUMBER_FORMAT,
            Fault::Index => TrapCode::INDEX_OUT_OF_BOUNDS,
            Fault::Malformed => TrapCode::MALFORMED_TEXT,
        })
    }
}

/// Flag of a string of which each unit takes two bytes.
const WIDE: u64 = 1;

/// A string in the arena.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub object: usize,
    /// Units.
    pub length: usize,
    pub is_wide: bool,
}

impl Text {
    /// Bytes of its units.
    pub fn bytes(self) -> usize {
        self.length << u32::from(self.is_wide)
    }
}

/// Arena, globals and gas.
pub(crate) struct Store<'m> {
    pub image: &'m Image,
    pub sizes: Sizes,
    pub heap: Heap,
    pub globals: Vec<Slot>,
    pub gas: u64,
}

impl Store<'_> {
    /// Takes gas; if there is not enough, all of it.
    #[inline]
    pub fn charge(&mut self, amount: u64) -> Result<()> {
        match self.gas.checked_sub(amount) {
            Some(left) => {
                self.gas = left;
                Ok(())
            }
            None => {
                self.gas = 0;
                Err(trap(TrapCode::OUT_OF_GAS))
            }
        }
    }

    /// Takes the price of work on so many bytes, in units of 16.
    pub fn charge_bytes(&mut self, size: Size, bytes: usize) -> Result<()> {
        self.charge(size.price(bytes.div_ceil(16) as u64))
    }

    /// A new object; its price is taken before.
    pub fn allocate(&mut self, class: ClassId, length: usize, content: usize) -> Result<usize> {
        self.charge(self.sizes.allocate.price(granules(content)))?;
        let length = u32::try_from(length).map_err(|_| trap(TrapCode::OUT_OF_MEMORY))?;
        self.heap.allocate(class, length, content).map_err(trap)
    }

    /// The object of a reference that must not be null.
    #[inline]
    pub fn object(&self, slot: Slot) -> Result<usize> {
        if slot == NULL { Err(trap(TrapCode::NULL_POINTER)) } else { Ok(offset(slot)) }
    }

    /// Object and length of a reference to an array or byte sequence that must not be null.
    #[inline]
    pub fn sequence(&self, slot: Slot) -> Result<(usize, usize)> {
        let object = self.object(slot)?;
        Ok((object, self.heap.length(object)))
    }

    /// The string of a reference that must not be null.
    #[inline]
    pub fn text(&self, slot: Slot) -> Result<Text> {
        let (object, length) = self.sequence(slot)?;
        Ok(Text { object, length, is_wide: self.heap.flags(object) == WIDE })
    }

    /// A unit of a string, in range.
    #[inline]
    pub fn unit(&self, text: Text, at: usize) -> u16 {
        if text.is_wide {
            u16::from_le_bytes(self.heap.read(text.object + HEADER + at * 2))
        } else {
            u16::from(self.heap.content(text.object, text.length)[at])
        }
    }

    /// The units of a string.
    pub fn units(&self, text: Text) -> Vec<u16> {
        let content = self.heap.content(text.object, text.bytes());
        if text.is_wide {
            content.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
        } else {
            content.iter().map(|byte| u16::from(*byte)).collect()
        }
    }

    /// A string with zero units, to be filled.
    pub fn allocate_text(&mut self, length: usize, is_wide: bool) -> Result<Text> {
        let bytes = length << u32::from(is_wide);
        let object = self.allocate(builtin::STRING, length, bytes)?;
        if is_wide {
            self.heap.set_flags(object, WIDE);
        }
        Ok(Text { object, length, is_wide })
    }

    /// A new string of these units.
    pub fn new_text(&mut self, units: &[u16]) -> Result<Slot> {
        let is_wide = units.iter().any(|unit| *unit > 0xff);
        let text = self.allocate_text(units.len(), is_wide)?;
        let content = self.heap.content_mut(text.object, text.bytes());
        if is_wide {
            for (pair, unit) in content.chunks_exact_mut(2).zip(units) {
                pair.copy_from_slice(&unit.to_le_bytes());
            }
        } else {
            for (byte, unit) in content.iter_mut().zip(units) {
                *byte = *unit as u8;
            }
        }
        Ok(text_slot(text))
    }

    /// A new string of this text.
    pub fn new_str(&mut self, text: &str) -> Result<Slot> {
        if !text.is_ascii() {
            return self.new_text(&fvm_arith::utf16::from_str(text));
        }
        let new = self.allocate_text(text.len(), false)?;
        self.heap.content_mut(new.object, text.len()).copy_from_slice(text.as_bytes());
        Ok(text_slot(new))
    }

    /// A new byte sequence.
    pub fn new_bytes(&mut self, bytes: &[u8]) -> Result<Slot> {
        let object = self.allocate(builtin::BYTES, bytes.len(), bytes.len())?;
        self.heap.content_mut(object, bytes.len()).copy_from_slice(bytes);
        Ok(make(builtin::BYTES, object as u64))
    }

    /// The bytes of a reference that must not be null.
    pub fn content(&self, slot: Slot) -> Result<&[u8]> {
        let (object, length) = self.sequence(slot)?;
        Ok(self.heap.content(object, length))
    }

    /// A copy of the bytes of a reference that must not be null.
    pub fn bytes(&self, slot: Slot) -> Result<Vec<u8>> {
        self.content(slot).map(<[u8]>::to_vec)
    }

    /// A trap with a text as its detail.
    pub fn detailed(&mut self, code: TrapCode, detail: &str) -> Stop {
        match self.new_str(detail) {
            Ok(slot) => Stop::Trap(code, slot),
            Err(stop) => stop,
        }
    }

    /// The trap of a bad index.
    pub fn bad_index(&mut self, index: i32, length: usize) -> Stop {
        self.detailed(TrapCode::INDEX_OUT_OF_BOUNDS, &detail::index(index, length))
    }

    fn bad_range(&mut self, detail: &str) -> Stop {
        self.detailed(TrapCode::INDEX_OUT_OF_BOUNDS, detail)
    }

    /// The index, if there is such an element.
    #[inline]
    pub fn index(&mut self, index: i32, length: usize) -> Result<usize> {
        match usize::try_from(index) {
            Ok(at) if at < length => Ok(at),
            _ => Err(self.bad_index(index, length)),
        }
    }

    /// The range from `start` until `end`, if it lies within the length.
    pub fn range(&mut self, start: i32, end: i32, length: usize) -> Result<std::ops::Range<usize>> {
        fvm_arith::utf16::range(start, end, length)
            .map_err(|_| self.bad_range(&detail::range(start, end.into(), length)))
    }

    /// The range of `count` elements from `start` on, if it lies within the length.
    pub fn range_of(
        &mut self,
        start: i32,
        count: i32,
        length: usize,
    ) -> Result<std::ops::Range<usize>> {
        fvm_arith::utf16::range_of(start, count, length)
            .map_err(|_| self.bad_range(&detail::range_of(start, count, length)))
    }
}

/// The reference to a string.
pub(crate) fn text_slot(text: Text) -> Slot {
    make(builtin::STRING, text.object as u64)
}
