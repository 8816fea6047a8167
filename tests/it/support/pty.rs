//! The real program in a pseudo terminal: bytes in, a screen out.
//!
//! Nothing here waits for a fixed time: it looks at the screen, or at the process, until what is expected is there.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser, Screen};

use crate::cli::program::Program;

/// Far longer than anything here takes, on a busy machine too.
const LIMIT: Duration = Duration::from_secs(20);
/// After so long something is sent once more.
const AGAIN: Duration = Duration::from_secs(2);

/// Columns and rows of a new window.
const SIZE: (u16, u16) = (120, 36);

/// A program to be started in a window.
pub(crate) struct Start {
    command: CommandBuilder,
}

/// A window with the program in it. Closing it ends the program.
pub(crate) struct Window {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    display: Arc<(Mutex<Display>, Condvar)>,
    modes: String,
}

struct Display {
    parser: Parser,
    bytes: Vec<u8>,
    is_closing: bool,
}

impl Start {
    /// The program in the surroundings of a terminal of today.
    pub(crate) fn new(program: &Program, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_backstory"));
        command.args(arguments);
        Self::of(command, program)
    }

    /// A shell that runs a script, in the same surroundings.
    pub(crate) fn shell(program: &Program, script: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script]);
        Self::of(command, program).variable("BACKSTORY", env!("CARGO_BIN_EXE_backstory"))
    }

    fn of(mut command: CommandBuilder, program: &Program) -> Self {
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("BACKSTORY_DATA_DIR", program.data());
        for place in ["HOME", "TMPDIR"] {
            command.env(place, program.root());
        }
        command.cwd(program.root());
        let start = Self { command };
        [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("BACKSTORY_USER", "Ana"),
        ]
        .into_iter()
        .fold(start, |start, (name, value)| start.variable(name, value))
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn open(self) -> Window {
        let pair = native_pty_system().openpty(pty_size(SIZE)).unwrap();
        let modes = modes_of(&*pair.master);
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().unwrap();
        let (columns, rows) = SIZE;
        let display = Display {
            parser: Parser::new(some(rows), some(columns), 0),
            bytes: Vec::new(),
            is_closing: false,
        };
        let display = Arc::new((Mutex::new(display), Condvar::new()));
        let theirs = Arc::clone(&display);
        thread::spawn(move || show(reader, &theirs));
        Window {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            child,
            display,
            modes,
        }
    }
}

impl Window {
    /// The program's screen, once the backlog is there.
    pub(crate) fn on(program: &Program) -> Self {
        let mut window = Start::new(program, &[]).open();
        window.saves("1 Backlog");
        window
    }

    /// Sends bytes as the terminal would. After an Esc wait for its effect: with a key behind it, it is another key.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Sends a paste, in brackets.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\u{1b}[200~{text}\u{1b}[201~"))
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        self.until(&format!("shows `{text}`"), |screen| {
            screen.contents().contains(text)
        })
    }

    /// Waits until the screen shows a text no more.
    #[track_caller]
    pub(crate) fn hides(&mut self, text: &str) -> &mut Self {
        self.until(&format!("hides `{text}`"), |screen| {
            !screen.contents().contains(text)
        })
    }

    /// Waits until the screen shows a text and everything is on disk.
    #[track_caller]
    pub(crate) fn saves(&mut self, text: &str) -> &mut Self {
        self.until(&format!("shows and has saved `{text}`"), |screen| {
            let contents = screen.contents();
            let header = contents.lines().next().unwrap_or_default();
            contents.contains(text) && is_saved(header)
        })
    }

    /// Sends bytes again and again until the screen shows a text: a busy system may lose an interrupt.
    #[track_caller]
    pub(crate) fn insists(&mut self, bytes: &str, text: &str) -> &mut Self {
        let (lock, news) = &*Arc::clone(&self.display);
        let start = Instant::now();
        loop {
            self.send(bytes);
            let display = lock.lock().unwrap();
            let is_missing =
                |display: &mut Display| !display.parser.screen().contents().contains(text);
            let waited = news.wait_timeout_while(display, AGAIN, is_missing).unwrap();
            let is_shown = !waited.1.timed_out();
            drop(waited);
            if is_shown {
                return self;
            }
            assert!(start.elapsed() < LIMIT, "the screen never shows `{text}`");
        }
    }

    /// Waits until something is true of the screen.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&Screen) -> bool) -> &mut Self {
        let (lock, news) = &*self.display;
        let start = Instant::now();
        let mut display = lock.lock().unwrap();
        while !is_so(display.parser.screen()) {
            let screen = display.parser.screen().contents();
            let left = LIMIT.saturating_sub(start.elapsed());
            assert!(!left.is_zero(), "the screen never {what}:\n{screen}");
            display = news.wait_timeout(display, left).unwrap().0;
        }
        drop(display);
        self
    }

    /// What the screen shows.
    pub(crate) fn contents(&self) -> String {
        self.look(Screen::contents)
    }

    /// Looks at the screen as it is.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.display.0.lock().unwrap().parser.screen())
    }

    /// Waits until the program has written these bytes at some time.
    #[track_caller]
    pub(crate) fn wrote(&mut self, text: &str) -> &mut Self {
        let (lock, news) = &*self.display;
        let start = Instant::now();
        let mut display = lock.lock().unwrap();
        while !String::from_utf8_lossy(&display.bytes).contains(text) {
            let left = LIMIT.saturating_sub(start.elapsed());
            assert!(!left.is_zero(), "{text:?} was never written");
            display = news.wait_timeout(display, left).unwrap().0;
        }
        drop(display);
        self
    }

    /// Everything the program has written so far.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.display.0.lock().unwrap().bytes).into_owned()
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let mut display = self.display.0.lock().unwrap();
        let screen = display.parser.screen_mut();
        screen.set_size(some(rows), some(columns));
        drop(display);
        let master = self.master.as_ref().unwrap();
        master.resize(pty_size((columns, rows))).unwrap();
        self
    }

    /// Sends a signal such as `TERM` to the program.
    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        let id = self.child.process_id().unwrap().to_string();
        let status = Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .unwrap();
        assert!(status.success());
        self
    }

    /// Closes the terminal under the program, as when its window is closed.
    pub(crate) fn hang_up(&mut self) -> &mut Self {
        // Our reader holds the terminal open too: it lets go at the next thing it reads.
        self.display.0.lock().unwrap().is_closing = true;
        self.send("\u{c}");
        self.writer = None;
        self.master = None;
        self
    }

    /// Waits until the program ends; gives its exit code, and fails where a signal has ended it.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert_eq!(status.signal(), None);
                return status.exit_code();
            }
            let waited = start.elapsed();
            assert!(waited < LIMIT, "it goes on:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the program as a power cut would.
    pub(crate) fn is_killed(&mut self) {
        self.signal("KILL");
        self.child.wait().unwrap();
    }

    /// Waits until the terminal is as it was before the program.
    #[track_caller]
    pub(crate) fn is_given_back(&mut self) -> &mut Self {
        self.until("was given back", is_plain);
        let master = self.master.as_ref().unwrap();
        let start = Instant::now();
        while modes_of(&**master) != self.modes {
            assert!(start.elapsed() < LIMIT, "{}", modes_of(&**master));
            thread::sleep(Duration::from_millis(5));
        }
        self
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Whether the header says that everything is on disk.
fn is_saved(header: &str) -> bool {
    header.contains(" saved ") && !header.contains("not saved")
}

/// Whether nothing of a full-screen program is left on.
pub(crate) fn is_plain(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.bracketed_paste()
        && !screen.hide_cursor()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}

fn show(mut reader: Box<dyn Read + Send>, display: &(Mutex<Display>, Condvar)) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(read) = reader.read(&mut buffer)
        && read > 0
    {
        let mut display_now = display.0.lock().unwrap_or_else(PoisonError::into_inner);
        display_now.parser.process(&buffer[..read]);
        display_now.bytes.extend_from_slice(&buffer[..read]);
        let is_closing = display_now.is_closing;
        drop(display_now);
        display.1.notify_all();
        if is_closing {
            return;
        }
    }
}

/// How the terminal treats what is typed: echo, line by line, and so on.
fn modes_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

fn some(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}
