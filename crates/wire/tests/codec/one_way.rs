use std::io::{self, Cursor, Read, Write};

/// A peer that has sent these bytes and then nothing, and ignores what it gets.
pub(crate) struct OneWay(Cursor<Vec<u8>>);

impl OneWay {
    pub(crate) fn new(sent: &[u8]) -> Self {
        Self(Cursor::new(sent.to_vec()))
    }
}

impl Read for OneWay {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for OneWay {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
