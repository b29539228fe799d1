//! Who does work of which each piece can be done by itself. The core starts no thread: whoever
//! calls it says how work is shared out.
//!
//! **Guarantees:** what comes of the work cannot depend on how it was shared out, because no piece
//! sees what another one does.

use std::sync::{Mutex, PoisonError};

/// Does pieces of work, on any threads and in any order.
pub trait Crew: Sync {
    /// Calls `work` once with each number below `count`, and comes back when all is done.
    fn share(&self, count: usize, work: &(dyn Fn(usize) + Sync));
}

/// One piece after the other.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Crew for Alone {
    fn share(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(work);
    }
}

/// How many items are one piece of work: enough that handing it out costs nothing beside it.
const PIECE: usize = 32;

/// Calls `work` once with each item and its number.
pub fn share_items<T: Send>(crew: &dyn Crew, items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    share_chunks(crew, items, PIECE, work);
}

/// The same, with so many items in one piece.
fn share_chunks<T: Send>(
    crew: &dyn Crew,
    items: &mut [T],
    length: usize,
    work: impl Fn(usize, &mut T) + Sync,
) {
    // A lock of its own for each piece: nobody waits, but the compiler has to know.
    let pieces: Vec<Mutex<&mut [T]>> = items.chunks_mut(length).map(Mutex::new).collect();
    crew.share(pieces.len(), &|number| {
        let mut piece = pieces[number].lock().unwrap_or_else(PoisonError::into_inner);
        for (at, item) in piece.iter_mut().enumerate() {
            work(number * length + at, item);
        }
    });
}

/// What `work` gives for each number below `count`, in order.
pub fn share_map<T: Send>(
    crew: &dyn Crew,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    share_results(crew, count, PIECE, work)
}

/// The same for work of which each is a piece by itself.
pub fn share_pieces<T: Send>(
    crew: &dyn Crew,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    share_results(crew, count, 1, work)
}

/// The results of so many numbers in one piece.
fn share_results<T: Send>(
    crew: &dyn Crew,
    count: usize,
    length: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let mut results: Vec<Option<T>> = (0..count).map(|_| None).collect();
    share_chunks(crew, &mut results, length, |number, result| *result = Some(work(number)));
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_their_numbers() {
        assert_eq!(share_map(&Alone, 3, |number| 2 * number), [0, 2, 4]);
        assert_eq!(share_pieces(&Alone, 3, |number| 2 * number), [0, 2, 4]);
    }

    #[test]
    fn every_item_is_worked_on_once_with_its_number() {
        let mut items = vec![0; 2 * PIECE + 1];
        share_items(&Alone, &mut items, |number, item| *item += number);
        assert!(items.iter().enumerate().all(|(number, item)| number == *item));
    }
}
