//! Little-endian output.

/// Appends numbers and texts to bytes.
#[derive(Default)]
pub(crate) struct Writer {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Writer {
    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }
    pub fn u16(&mut self, value: u16) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    pub fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    pub fn u128(&mut self, value: u128) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    pub fn count(&mut self, count: usize) {
        self.u32(u32::try_from(count).unwrap_or(u32::MAX));
    }
    /// Seven bits a byte, low ones first; the top bit says that more follow.
    pub fn number(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.u8(value as u8 | 0x80);
            value >>= 7;
        }
        self.u8(value as u8);
    }
    /// A count of what is small most of the time.
    pub fn short_count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }
    pub fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }
    pub fn blob(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }
    /// Zeros up to a multiple of `alignment` after `start`.
    pub fn align(&mut self, start: usize, alignment: usize) {
        while !(self.bytes.len() - start).is_multiple_of(alignment) {
            self.bytes.push(0);
        }
    }
    /// A section: what `content` writes, behind number and length.
    pub fn section(&mut self, number: u32, content: impl FnOnce(&mut Writer)) {
        self.u32(number);
        let length_at = self.bytes.len();
        self.u32(0);
        content(self);
        let length = u32::try_from(self.bytes.len() - length_at - 4).unwrap_or(u32::MAX);
        self.bytes[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
    }
}
