//! Vaults that older versions wrote are recognised, and sealed when an administrator says so.
