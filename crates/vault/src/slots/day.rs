//! Days as the person lives them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use usher_core::time::Moment;

/// Whether both moments are on the same day, by this machine's time zone.
pub(crate) fn same_day(one: Moment, other: Moment) -> bool {
    let zone = TimeZone::system();
    let day = |at| day(at, &zone);
    matches!((day(one), day(other)), (Some(one), Some(other)) if one == other)
}

fn day(at: Moment, zone: &TimeZone) -> Option<Date> {
    let millis = i64::try_from(at.unix_millis()).ok()?;
    Timestamp::from_millisecond(millis).ok().map(|at| zone.to_datetime(at).date())
}
