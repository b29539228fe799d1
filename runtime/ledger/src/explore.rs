//! Exploring orders of delivery: depth-first over the choices that a run meets. A run is repeated
//! from the same start with one choice changed, so nothing of the machine is ever forked.

/// One choice of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Choice {
    taken: usize,
    alternatives: usize,
}

/// The choices of the current run and where it stands among them.
#[derive(Clone, Debug)]
pub struct Explorer {
    choices: Vec<Choice>,
    position: usize,
    choices_max: usize,
    runs: u64,
    is_incomplete: bool,
}

/// Runs after which an exploration stops: a suite that needs more should bound its messages.
pub const RUNS_MAX: u64 = 20_000;

impl Explorer {
    /// An exploration with at most `choices_max` choices a run; later ones take the first way.
    pub fn new(choices_max: usize) -> Self {
        Self { choices: Vec::new(), position: 0, choices_max, runs: 0, is_incomplete: false }
    }
    /// How many runs were started.
    pub fn runs(&self) -> u64 {
        self.runs
    }
    /// Whether it stopped at [`RUNS_MAX`] with orders left.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }
    /// Prepares the next run; false if every order was seen, or [`RUNS_MAX`] is reached.
    pub fn next_run(&mut self) -> bool {
        if self.runs > 0 {
            while self.choices.last().is_some_and(|last| last.taken + 1 == last.alternatives) {
                self.choices.pop();
            }
            match self.choices.last_mut() {
                Some(last) => last.taken += 1,
                None => return false,
            }
        }
        if self.runs == RUNS_MAX {
            self.is_incomplete = true;
            return false;
        }
        self.runs += 1;
        self.position = 0;
        true
    }
    /// Chooses one of `alternatives` ways (at least one).
    pub fn choose(&mut self, alternatives: usize) -> usize {
        if alternatives <= 1 || self.position >= self.choices_max {
            return 0;
        }
        if self.position == self.choices.len() {
            self.choices.push(Choice { taken: 0, alternatives });
        }
        let choice = self.choices[self.position];
        self.position += 1;
        // A run repeats what led here, so the number of ways is the same as before.
        choice.taken.min(alternatives - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn every_combination_is_seen_once() {
        let mut explorer = Explorer::new(8);
        let mut seen = Vec::new();
        while explorer.next_run() {
            let first = explorer.choose(2);
            let second = if first == 0 { explorer.choose(3) } else { 9 };
            seen.push((first, second));
        }
        assert_eq!(seen, vec![(0, 0), (0, 1), (0, 2), (1, 9)]);
    }

    #[test]
    fn beyond_the_bound_the_first_way_is_taken() {
        let mut explorer = Explorer::new(1);
        let mut runs = 0;
        while explorer.next_run() {
            explorer.choose(2);
            assert_eq!(explorer.choose(5), 0);
            runs += 1;
        }
        assert_eq!(runs, 2);
    }
}
