//! A TCP stream that tells the pulse of what passes through it, and puts our own
//! words in the place of the protocol's refusals ([`super::refusal`]).

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::{Buf as _, Bytes};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use super::{
    pulse::Pulse,
    refusal::{self, Refuse},
};

pub(super) struct Socket {
    stream: TcpStream,
    pulse: Arc<Pulse>,
    refuse: Refuse,
    /// What is left to write of our own refusal, the last message of a connection.
    refusal: Option<Bytes>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, pulse: Arc<Pulse>, refuse: Refuse) -> Self {
        Self {
            stream,
            pulse,
            refuse,
            refusal: None,
        }
    }

    fn noted<T>(&self, written: Poll<T>) -> Poll<T> {
        self.pulse.wrote(written.is_ready());
        written
    }

    /// Writes our refusal, if `offered` is the protocol's own; else `None`.
    fn poll_refuse(&mut self, context: &mut Context<'_>, offered: &[u8]) -> Option<Poll<io::Result<()>>> {
        if self.refusal.is_none() && self.pulse.is_between() {
            self.refusal = refusal::in_place_of(offered, &self.refuse);
        }
        let refusal = self.refusal.as_mut()?;
        while !refusal.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, refusal) {
                Poll::Ready(Ok(0)) => return Some(Poll::Ready(Err(io::ErrorKind::WriteZero.into()))),
                Poll::Ready(Ok(count)) => refusal.advance(count),
                Poll::Ready(Err(error)) => return Some(Poll::Ready(Err(error))),
                Poll::Pending => return Some(Poll::Pending),
            }
        }
        Some(Poll::Ready(Ok(())))
    }

    /// Hears out whoever was refused and is still sending: a socket closed over
    /// unread bytes is reset, and the refusal with it. The watchdog ends it.
    fn poll_hear_out(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut bytes = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut bytes);
            match ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => {}
                _ => return Poll::Ready(()),
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            self.pulse.heard();
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(refused) = self.poll_refuse(context, bytes) {
            return self.noted(refused.map_ok(|()| bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.noted(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // A refusal of the protocol's has no body, so it comes in one piece.
        if let [bytes] = slices
            && let Some(refused) = self.poll_refuse(context, bytes)
        {
            return self.noted(refused.map_ok(|()| bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.pulse.flushed();
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        if self.refusal.is_some() {
            ready!(self.poll_hear_out(context));
        }
        Poll::Ready(Ok(()))
    }
}
