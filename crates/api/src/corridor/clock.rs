//! Work that is due every so often, on a thread of its own that ends with the value. Every replica does it, so what it does
//! must come to the same however often it is done.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A running clock; stops when it goes away.
pub struct Clock {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Clock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Does it now and then `every` so often.
pub fn every(name: &str, every: Duration, mut work: impl FnMut() + Send + 'static) -> Clock {
    let (stop, stopped) = channel::<()>();
    let turn = move || {
        loop {
            work();
            if !matches!(stopped.recv_timeout(every), Err(RecvTimeoutError::Timeout)) {
                return;
            }
        }
    };
    let thread = std::thread::Builder::new().name(format!("kazi-{name}")).spawn(turn).expect("the system starts threads");
    Clock { stop: Some(stop), thread: Some(thread) }
}
