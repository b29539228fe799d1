//! The arena: a bump allocator over bytes, one for a machine, freed with it.
//!
//! An object is a header of 16 bytes (class u32, length u32, flags u64) and its content, padded to
//! 16 bytes: fields of 16 bytes each, or elements of an array, string or byte sequence. Offsets
//! come only from [`Heap::allocate`] and live in references, which programs cannot forge, so an
//! access out of range would be an error of the machine, and is stopped by the slices' own checks.

use fvm_isa::{ClassId, TrapCode};

/// Bytes of a header.
pub(crate) const HEADER: usize = 16;
/// What the payload of null points to: a header without class and elements, so that an engine can
/// check null and an index at once. Every arena begins with it, and it is not counted.
pub(crate) const NULL_OBJECT: [u8; HEADER] = [0; HEADER];
/// How much the arena grows at least, and at most at once. Most messages need little, and what is
/// made room for is set to zero.
const GROWTH_MIN: usize = 1 << 10;
const GROWTH_MAX: usize = 64 << 20;

/// The arena.
#[derive(Debug)]
pub(crate) struct Heap {
    bytes: Vec<u8>,
    top: usize,
    limit: usize,
}

/// The granules of 16 bytes that an object with so many bytes of content takes.
pub(crate) fn granules(content: usize) -> u64 {
    (content.div_ceil(16) + 1) as u64
}

impl Heap {
    /// An arena that starts with `image` (what null points to, and constants) and may hold `limit`
    /// bytes beside it.
    pub fn new(image: &[u8], limit: usize) -> Heap {
        Heap { bytes: image.to_vec(), top: image.len(), limit: limit.saturating_add(image.len()) }
    }

    /// The bytes, where the next object starts, and up to where they are there already, and zero
    /// from the next object on.
    pub fn raw(&mut self) -> (*mut u8, usize, usize) {
        (self.bytes.as_mut_ptr(), self.top, self.bytes.len())
    }

    /// Notes objects that were placed by somebody else: the next one starts at `top`.
    pub fn advance(&mut self, top: usize) {
        self.top = top.clamp(self.top, self.bytes.len());
    }

    /// Forgets all objects but those of the image, which takes so many bytes. The memory stays, and is
    /// zero again where objects were: a new object relies on that.
    pub fn reset(&mut self, image: usize) {
        if let Some(objects) = self.bytes.get_mut(image..self.top)
            && !objects.is_empty()
        {
            objects.fill(0);
            self.top = image;
        }
    }

    /// Bytes in use.
    pub fn used(&self) -> usize {
        self.top
    }

    /// A new object with zero content.
    pub fn allocate(
        &mut self,
        class: ClassId,
        length: u32,
        content: usize,
    ) -> Result<usize, TrapCode> {
        let start = self.top;
        let end = content
            .checked_next_multiple_of(16)
            .and_then(|content| start.checked_add(content + HEADER))
            .filter(|end| *end <= self.limit)
            .ok_or(TrapCode::OUT_OF_MEMORY)?;
        if end > self.bytes.len() {
            let step = (3 * self.bytes.len()).clamp(GROWTH_MIN, GROWTH_MAX);
            let length = (self.bytes.len() + step).min(self.limit).max(end);
            // Memory that is asked for as zero costs nothing before it is used.
            let mut bytes = vec![0; length];
            bytes[..start].copy_from_slice(&self.bytes[..start]);
            self.bytes = bytes;
        }
        self.top = end;
        let header = u128::from(class.0) | (u128::from(length) << 32);
        self.write(start, header.to_le_bytes());
        Ok(start)
    }

    /// The length in the header of an object.
    pub fn length(&self, object: usize) -> usize {
        u32::from_le_bytes(self.read(object + 4)) as usize
    }

    /// The flags in the header of an object.
    pub fn flags(&self, object: usize) -> u64 {
        u64::from_le_bytes(self.read(object + 8))
    }

    /// Sets the flags in the header of an object.
    pub fn set_flags(&mut self, object: usize, flags: u64) {
        self.write(object + 8, flags.to_le_bytes());
    }

    /// The bytes at an offset.
    pub fn read<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut array = [0; N];
        array.copy_from_slice(&self.bytes[at..at + N]);
        array
    }

    /// Sets the bytes at an offset.
    pub fn write<const N: usize>(&mut self, at: usize, value: [u8; N]) {
        self.bytes[at..at + N].copy_from_slice(&value);
    }

    /// A field or element of 16 bytes.
    pub fn slot(&self, object: usize, index: usize) -> u128 {
        u128::from_le_bytes(self.read(object + HEADER + index * 16))
    }

    /// Sets a field or element of 16 bytes.
    pub fn set_slot(&mut self, object: usize, index: usize, value: u128) {
        self.write(object + HEADER + index * 16, value.to_le_bytes());
    }

    /// Content of an object from its start.
    pub fn content(&self, object: usize, count: usize) -> &[u8] {
        let start = object + HEADER;
        &self.bytes[start..start + count]
    }

    /// Content of an object from its start, to be changed.
    pub fn content_mut(&mut self, object: usize, count: usize) -> &mut [u8] {
        let start = object + HEADER;
        &mut self.bytes[start..start + count]
    }

    /// Copies content between objects; offsets count from the start of the content.
    pub fn copy(&mut self, from: usize, from_at: usize, to: usize, to_at: usize, count: usize) {
        let start = from + HEADER + from_at;
        self.bytes.copy_within(start..start + count, to + HEADER + to_at);
    }

    /// The bytes of the whole arena: the image of constants is built by an arena of its own.
    pub fn into_image(mut self) -> Vec<u8> {
        self.bytes.truncate(self.top);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_after_a_reset_are_zero_and_the_image_stays() {
        let mut heap = Heap::new(&[7; 16], 64);
        let object = heap.allocate(ClassId(24), 1, 16).unwrap();
        heap.set_slot(object, 0, u128::MAX);
        heap.reset(16);
        assert_eq!((heap.used(), heap.read(0)), (16, [7; 16]));
        let object = heap.allocate(ClassId(24), 1, 16).unwrap();
        assert_eq!((object, heap.slot(object, 0)), (16, 0));
    }

    #[test]
    fn objects_are_zero_and_aligned_and_end_at_the_limit() {
        let mut heap = Heap::new(&[], 64);
        let first = heap.allocate(ClassId(24), 3, 17).unwrap();
        assert_eq!((first, heap.used(), heap.length(first)), (0, 48, 3));
        assert_eq!(heap.slot(first, 1), 0);
        assert_eq!(heap.allocate(ClassId(24), 0, 1), Err(TrapCode::OUT_OF_MEMORY));
        assert_eq!(heap.allocate(ClassId(24), 0, usize::MAX), Err(TrapCode::OUT_OF_MEMORY));
        assert_eq!(heap.allocate(ClassId(24), 0, 0), Ok(48));
        assert_eq!(heap.allocate(ClassId(24), 0, 0), Err(TrapCode::OUT_OF_MEMORY));
    }
}
