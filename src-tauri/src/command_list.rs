// The one list of commands. It feeds the build script (which makes a permission of each), the
// handler, and the test that compares it with the capability file.
macro_rules! with_commands {
    ($then:ident) => {
        $then!(
            ask,
            launch,
            show_password,
            copy_password,
            show_window,
            copy_by_hand,
            open_in_it_glue,
            save_audit,
            save_text,
            close
        )
    };
}
