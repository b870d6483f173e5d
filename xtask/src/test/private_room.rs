//! Where the end to end tests run: for root, under a user who owns nothing else, in a folder of
//! their own with copies of the programs; for anyone else, where they are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, Result, bail};

use crate::{program::Program, say};

/// A system user without home, shell or password. It is made once and stays.
const USER: &str = "usher-e2e";
/// Set for the tests and all they start, so that what outlives them is known again.
const MARK: &str = "USHER_E2E_RUN";

/// A place to run the tests in.
pub(super) struct Room {
    test: PathBuf,
    app: PathBuf,
    screens: PathBuf,
    /// Of the throw-away user; none where the tests run as the person.
    own: Option<PathBuf>,
    mark: String,
}

impl Room {
    /// Makes it. `screens` is where pictures shall lie in the end.
    pub(super) fn open(test: &Path, app: &Path, screens: &Path) -> Result<Self> {
        fs::create_dir_all(screens)
            .with_context(|| format!("cannot make {}", screens.display()))?;
        let mark = format!("{USER}-{}", process::id());
        let mut room =
            Self { test: test.into(), app: app.into(), screens: screens.into(), own: None, mark };
        if number("-u", None)? == "0" {
            room.move_out()?;
        }
        Ok(room)
    }

    /// The test binary, about to be run, with these variables set.
    pub(super) fn test(&self, env: &[(&str, &str)]) -> Program {
        let Some(own) = &self.own else {
            let program = Program::new(&self.test).env("USHER_E2E_APP", &self.app);
            let program = program.env("USHER_SCREENS", &self.screens).env(MARK, &self.mark);
            return env.iter().fold(program, |program, (key, value)| program.env(key, value));
        };
        // `env -i` after `runuser`: nothing of root's environment comes along.
        let set = |key: &str, value: &Path| format!("{key}={}", value.display());
        let vars = [
            "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin".to_owned(),
            "LANG=C.UTF-8".to_owned(),
            "RUST_BACKTRACE=1".to_owned(),
            format!("USER={USER}"),
            format!("{MARK}={}", self.mark),
            set("HOME", &own.join("home")),
            set("TMPDIR", &own.join("tmp")),
            set("XDG_RUNTIME_DIR", &own.join("run")),
            set("USHER_E2E_APP", &own.join("usher")),
            set("USHER_SCREENS", &own.join("screens")),
        ];
        let more = env.iter().map(|(key, value)| format!("{key}={value}"));
        let program = Program::new("runuser").args(["-u", USER, "--", "env", "-i"]).args(vars);
        program.args(more).args([own.join("e2e")]).dir(own)
    }

    /// Ends what the tests left running, saves the pictures, removes the folder.
    pub(super) fn close(self) -> Result<()> {
        for pid in processes_with(&self.mark) {
            say::line(format!("process {pid} outlived the tests and is ended"));
            Program::new("kill").args(["-KILL", &pid]).ask();
        }
        let Some(own) = self.own else { return Ok(()) };
        for picture in fs::read_dir(own.join("screens")).into_iter().flatten().flatten() {
            let to = self.screens.join(picture.file_name());
            fs::copy(picture.path(), &to)
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
        fs::remove_dir_all(&own).with_context(|| format!("cannot remove {}", own.display()))
    }

    /// Copies the programs to where the user may read them: the repository may lie in root's home.
    fn move_out(&mut self) -> Result<()> {
        if number("-u", Some(USER)).is_err() {
            say::line(format!("Making the system user `{USER}`: the tests do not run as root."));
            let home = ["--no-create-home", "--home-dir", "/nonexistent"];
            let user = Program::new("/usr/sbin/useradd").args(["--system"]).args(home);
            user.args(["--shell", "/usr/sbin/nologin", USER]).run()?;
        }
        let own = env::temp_dir().join(&self.mark);
        // Fails if somebody else made it before us.
        fs::create_dir(&own).with_context(|| format!("cannot make {}", own.display()))?;
        for folder in ["home", "tmp", "run", "screens"] {
            fs::create_dir(own.join(folder))?;
        }
        fs::copy(&self.test, own.join("e2e")).context("cannot copy the tests")?;
        fs::copy(&self.app, own.join("usher")).context("cannot copy the app")?;
        let all = Program::new("chown").args(["-R", &format!("{USER}:")]).args([&own]);
        all.run()?;
        Program::new("chmod").args(["-R", "u=rwX,go="]).args([&own]).run()?;
        self.own = Some(own);
        Ok(())
    }
}

/// What `id` says, of us or of a user; an error if there is no such user.
fn number(which: &str, user: Option<&str>) -> Result<String> {
    match Program::new("id").args([which]).args(user).ask() {
        Some((true, said)) => Ok(said.trim().to_owned()),
        Some((false, said)) => bail!("id: {}", said.trim()),
        None => bail!("`id` could not be started"),
    }
}

/// The ids of all processes that were started with this text in their environment: as the mark, or
/// within the path of a folder.
fn processes_with(text: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let marked = all.filter(|process| {
        let environment = fs::read(process.path().join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).contains(text)
    });
    let ids = marked.map(|process| process.file_name().to_string_lossy().into_owned());
    ids.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process;

    use super::processes_with;

    #[test]
    fn a_process_is_known_by_its_environment_and_by_nothing_else() {
        let path = format!("PATH={}", std::env::var("PATH").unwrap());
        assert!(processes_with(&path).contains(&process::id().to_string()));
        assert!(processes_with(&["of no", "run at all"].join(" ")).is_empty());
    }
}
