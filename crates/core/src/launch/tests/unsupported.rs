//! What this release cannot do is said before anything is asked of anybody.

use super::{Scene, launches, ready, wanted};
use crate::Answers;
use crate::audit::{Outcome, What};
use crate::book::Book;
use crate::entry::SessionKind;
use crate::error::Error;
use crate::launch::prepare;
use crate::ports::{PreflightError, Unsupported};
use crate::testing::{AT_SRV1, at_once, through_gateway};

fn needs_kerberos(book: &mut Book) {
    let row = book.sessions.get_mut(&AT_SRV1).expect("it");
    let SessionKind::Rdp { settings, .. } = &mut row.kind;
    settings.kerberos = true;
}

fn prepares(scene: &Scene) -> Option<Error> {
    let wanted = wanted();
    let prepared = prepare::run(scene.world.as_ref(), scene.unlock, &wanted);
    at_once(prepared).expect("ready").err()
}

/// What a session's entry says, and what that comes to.
type Need = (fn(&mut Book), Unsupported);

#[test]
fn kerberos_and_a_gateway_stop_a_launch_before_the_host_hears_of_it() {
    let needs: [Need; 2] = [
        (needs_kerberos, Unsupported::Kerberos),
        (|book| through_gateway(book, AT_SRV1, "srv1"), Unsupported::Gateway),
    ];
    for (needs, why) in needs {
        let scene = ready();
        scene.edit(needs);
        scene.meanwhile("preflight", |_| panic!("the host was asked"));
        let expected = Some(Error::Preflight(PreflightError::Unsupported(why)));
        assert_eq!(prepares(&scene), expected);
        assert!(scene.world.state().log.is_empty(), "nothing was launched yet");
        assert_eq!(launches(&scene, Answers::default()).err(), expected);
        assert_eq!(scene.world.outcomes(What::Launch), [Outcome::Failed]);
        assert!(scene.world.state().taken.is_empty(), "nothing listened");
        assert!(scene.world.asked().is_empty(), "nothing was fetched");
    }
}
