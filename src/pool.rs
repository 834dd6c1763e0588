//! Work for several cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Threads that take the next item until none is left.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    pub threads: usize,
    /// Of each thread, in bytes.
    pub stack: usize,
}

impl Pool {
    /// A thread for each core.
    pub fn of_cores() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { threads: cores, stack: 2 << 20 }
    }

    /// Does `work` on each item, and gives the results in the order of the items.
    /// Each thread begins with what `start` gives, and keeps it. A thread that
    /// panics has the caller panic.
    pub fn each<T: Sync, S, R: Send>(
        self,
        items: &[T],
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, &T) -> R + Sync,
    ) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::with_capacity(items.len()));
        let turn = || {
            let mut own = start();
            while let Some((at, item)) = next_of(items, &next) {
                let result = work(&mut own, item);
                // A vector is whole whatever happened to who held it.
                results.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
            }
        };
        thread::scope(|scope| {
            for _ in 1..self.threads.min(items.len()) {
                // What no thread can be had for is done by the others.
                let _ = thread::Builder::new().stack_size(self.stack).spawn_scoped(scope, turn);
            }
            let first = thread::Builder::new().stack_size(self.stack).spawn_scoped(scope, turn);
            if first.is_err() {
                turn();
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(at, _)| *at);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

fn next_of<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, items.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once_and_in_its_place() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [1, 3, 2000] {
            let pool = Pool { threads, ..Pool::of_cores() };
            let done = pool.each(
                &items,
                || 0,
                |count, item| {
                    *count += 1;
                    (*item, *count)
                },
            );
            assert!(done.iter().enumerate().all(|(at, (item, _))| at == *item), "{threads}");
        }
        assert!(Pool::of_cores().each(&[] as &[u8], || (), |(), _| ()).is_empty());
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_not_lost() {
        Pool::of_cores().each(&[1, 2, 3], || (), |(), item| assert_ne!(*item, 2));
    }
}
