//! Who may have made which difference.
