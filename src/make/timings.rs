//! How long each stage of the work took.

use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    pub fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// Ends the stage that is under way.
    pub fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }

    /// A line a stage: its name, its seconds, its share.
    pub fn describe(&self) -> String {
        let whole: Duration = self.stages.iter().map(|(_, taken)| *taken).sum();
        let line = |(stage, taken): &(&str, Duration)| {
            let share = 100.0 * taken.as_secs_f64() / whole.as_secs_f64().max(f64::EPSILON);
            format!("{stage}\t{:.3} 秒\t{share:.0}%\n", taken.as_secs_f64())
        };
        self.stages.iter().map(line).collect()
    }
}
