//! One thing, measured again and again.

use std::time::Duration;

/// In order of size: times in milliseconds, or whatever its figure's unit is.
#[derive(Default)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    /// Takes one more.
    pub(crate) fn add(&mut self, time: Duration) {
        self.add_ms(time.as_secs_f64() * 1_000.0);
    }

    /// Takes one more, in milliseconds.
    pub(crate) fn add_ms(&mut self, ms: f64) {
        self.add_value(ms);
    }

    /// Takes one more, in the unit of its figure.
    pub(crate) fn add_value(&mut self, value: f64) {
        let place = self.0.partition_point(|known| *known < value);
        self.0.insert(place, value);
    }

    /// The smallest. 0 without any.
    #[cfg(target_os = "linux")]
    pub(crate) fn least(&self) -> f64 {
        self.at(0)
    }

    /// How many there are.
    pub(crate) fn runs(&self) -> usize {
        self.0.len()
    }

    /// The middle one, or the mean of the middle two. 0 without any.
    pub(crate) fn median(&self) -> f64 {
        let half = self.0.len() / 2;
        let upper = self.at(half);
        if self.0.len() % 2 == 1 {
            upper
        } else {
            f64::midpoint(self.at(half.saturating_sub(1)), upper)
        }
    }

    /// The one below which a tenth of all lie, at least the smallest.
    pub(crate) fn p10(&self) -> f64 {
        self.at(self.0.len() / 10)
    }

    /// The one above which a tenth of all lie, at most the largest.
    pub(crate) fn p90(&self) -> f64 {
        self.at(self.0.len().saturating_sub(1).saturating_sub(self.0.len() / 10))
    }

    fn at(&self, place: usize) -> f64 {
        self.0.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    fn of(times: &[f64]) -> Sample {
        let mut sample = Sample::default();
        for ms in times {
            sample.add_ms(*ms);
        }
        sample
    }

    fn same(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn the_median_is_the_middle_in_order_of_size() {
        assert!(same(of(&[9.0, 1.0, 5.0]).median(), 5.0));
        assert!(same(of(&[9.0, 1.0, 5.0, 7.0]).median(), 6.0));
    }

    #[test]
    fn a_single_outlier_among_ten_is_outside_the_spread() {
        let sample = of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 900.0]);
        assert!(same(sample.p10(), 2.0) && same(sample.p90(), 9.0));
    }
}
