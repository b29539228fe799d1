//! Parallel moves: a set of copies that happen at once becomes a sequence of single copies with
//! the same result. Chains are emitted from their ends; each cycle is opened with one scratch
//! register. Every register is the destination of at most one move.
//!
//! Source: "Tilting at windmills with Coq: formal verification of a compilation algorithm for
//! parallel moves", Rideau, Serpette, Leroy, 2008.

/// A register number within a frame.
pub type Register = u8;

/// A copy: `to := from`. Of registers, or of other places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move<R = Register> {
    /// Destination.
    pub to: R,
    /// Source.
    pub from: R,
}

/// A move and how far its emission has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Pending,
    Active,
    Done,
}

/// Orders `moves`, which happen at once, into a sequence. `scratch` yields a register that is
/// neither source nor destination; it is asked for once, and only if there is a cycle.
pub fn sequence<R: Copy + Eq>(moves: &[Move<R>], mut scratch: impl FnMut() -> R) -> Vec<Move<R>> {
    let mut sources: Vec<R> = moves.iter().map(|m| m.from).collect();
    let mut status = vec![Status::Pending; moves.len()];
    let mut out = Vec::with_capacity(moves.len());
    let mut spare = None;
    for start in 0..moves.len() {
        if status[start] != Status::Pending {
            continue;
        }
        // The stack holds moves that wait for the readers of their destination.
        let mut stack = vec![start];
        status[start] = Status::Active;
        while let Some(&top) = stack.last() {
            let to = moves[top].to;
            if sources[top] == to {
                status[top] = Status::Done;
                stack.pop();
                continue;
            }
            let reader = (0..moves.len()).find(|other| {
                *other != top && status[*other] != Status::Done && sources[*other] == to
            });
            match reader {
                Some(other) if status[other] == Status::Pending => {
                    status[other] = Status::Active;
                    stack.push(other);
                }
                Some(other) => {
                    // `other` waits below on the stack: a cycle. Save what it reads.
                    let register = *spare.get_or_insert_with(&mut scratch);
                    out.push(Move { to: register, from: to });
                    sources[other] = register;
                }
                None => {
                    out.push(Move { to, from: sources[top] });
                    status[top] = Status::Done;
                    stack.pop();
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(moves: &[Move], registers: &mut [u32]) {
        for m in moves {
            registers[m.to as usize] = registers[m.from as usize];
        }
    }

    fn expected(moves: &[Move], registers: &[u32]) -> Vec<u32> {
        let mut after = registers.to_vec();
        for m in moves {
            after[m.to as usize] = registers[m.from as usize];
        }
        after
    }

    #[test]
    fn a_swap_takes_three_moves() {
        let swap = [Move { to: 0, from: 1 }, Move { to: 1, from: 0 }];
        assert_eq!(sequence(&swap, || 9).len(), 3);
    }

    #[test]
    fn a_move_to_itself_is_nothing() {
        assert_eq!(sequence(&[Move { to: 4, from: 4 }], || unreachable!()), vec![]);
    }

    #[test]
    fn two_cycles_share_the_scratch_register() {
        let moves = [
            Move { to: 0, from: 1 },
            Move { to: 1, from: 0 },
            Move { to: 2, from: 3 },
            Move { to: 3, from: 2 },
        ];
        let mut registers: Vec<u32> = (0..16).collect();
        let want = expected(&moves, &registers);
        run(&sequence(&moves, || 15), &mut registers);
        assert_eq!(registers[..15], want[..15]);
    }

    proptest! {
        #[test]
        fn the_sequence_does_what_the_parallel_moves_do(sources in proptest::collection::vec(0u8..12, 12), mask in 0u16..4096) {
            let moves: Vec<Move> = (0..12u8)
                .filter(|to| mask >> to & 1 == 1)
                .map(|to| Move { to, from: sources[to as usize] })
                .collect();
            let mut registers: Vec<u32> = (100..116).collect();
            let want = expected(&moves, &registers);
            run(&sequence(&moves, || 15), &mut registers);
            prop_assert_eq!(&registers[..15], &want[..15]);
        }
    }
}
