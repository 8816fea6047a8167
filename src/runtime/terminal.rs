//! The terminal: taken over at the start, given back at the end, however that comes.

use std::io::{Stdout, Write, stdout};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use anyhow::{Context as _, Result};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::force_color_output;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect};

use crate::ui::App;

/// Clicks, drags and the wheel; crossterm's own command asks for every move of the pointer too.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// The thread that draws: only its panic ends the screen.
static UI_THREAD: OnceLock<ThreadId> = OnceLock::new();
/// Whether the terminal is taken over at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    pub(super) fn enter(color: bool) -> Result<Self> {
        if !color {
            // Without this crossterm resets bold and reverse video together with the colours it leaves out.
            force_color_output(true);
        }
        let _ = UI_THREAD.set(std::thread::current().id());
        restore_on_panic();
        take().context(
            "The terminal cannot be drawn on. Use a command such as `backstory list` instead",
        )?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()));
        match terminal {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                give_back();
                Err(error.into())
            }
        }
    }

    pub(super) fn draw(&mut self, app: &mut App) -> Result<()> {
        self.terminal.draw(|frame| app.render(frame))?;
        Ok(())
    }

    /// Draws everything anew with the next frame.
    pub(super) fn clear(&mut self) -> Result<()> {
        // Not `Terminal::clear`: that asks the terminal where its cursor is, and fails where no answer comes.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))?;
        Ok(())
    }

    pub(super) fn copy(text: &str) -> Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?;
        Ok(())
    }

    /// Gives the terminal to something else for a while.
    pub(super) fn outside<T>(&mut self, task: impl FnOnce() -> T) -> Result<T> {
        give_back();
        let result = task();
        take()?;
        self.clear()?;
        Ok(result)
    }

    /// Stops the program as Ctrl+Z does elsewhere, until the shell wakes it.
    pub(super) fn suspend(&mut self) -> Result<()> {
        self.outside(|| {
            #[cfg(unix)]
            {
                let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
            }
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout();
    execute!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    out.write_all(MOUSE_ON)?;
    out.flush()?;
    Ok(())
}

/// Gives the terminal back; errors are of no use to anybody here, the terminal may be gone.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    let _ = out.write_all(MOUSE_OFF);
    let _ = execute!(
        out,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// A panic of the drawing thread gives the terminal back before it is told; one of another thread leaves the screen
/// alone, which goes on.
fn restore_on_panic() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if UI_THREAD.get() == Some(&std::thread::current().id()) {
                give_back();
                tell(panic);
            } else if !TAKEN.load(Ordering::SeqCst) {
                tell(panic);
            }
        }));
    });
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;
    use std::{env, thread};

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use vt100::Parser;

    use super::*;

    /// Tells a test that it is the program in the terminal.
    const CHILD: &str = "BACKSTORY_TEST_TERMINAL";

    fn is_child() -> bool {
        env::var_os(CHILD).is_some()
    }

    /// Runs a test of this file again, in a terminal of its own; gives the terminal as it is left, and all that was
    /// written there.
    fn in_a_terminal(test: &str) -> (Parser, String) {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let modes = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(env::current_exe().unwrap());
        let test = format!("{}::{test}", module_path!().split_once("::").unwrap().1);
        command.args(["--exact", &test, "--nocapture"]);
        command.env(CHILD, "1");
        // A long trace would push what was told out of sight.
        command.env("RUST_BACKTRACE", "0");
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut bytes = Vec::new();
        // At the end of the program some systems report an error in place of the end of the file.
        let _ = pair
            .master
            .try_clone_reader()
            .unwrap()
            .read_to_end(&mut bytes);
        child.wait().unwrap();
        assert_eq!(format!("{:?}", pair.master.get_termios()), modes);
        let mut parser = Parser::default();
        parser.process(&bytes);
        (parser, String::from_utf8_lossy(&bytes).into_owned())
    }

    fn is_given_back(parser: &Parser) -> bool {
        let screen = parser.screen();
        !screen.alternate_screen()
            && !screen.bracketed_paste()
            && !screen.hide_cursor()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    #[test]
    fn a_panic_of_the_drawing_thread_gives_the_terminal_back_and_is_told() {
        if is_child() {
            let _screen = Screen::enter(true).unwrap();
            panic!("the frame broke");
        }
        let (parser, _) =
            in_a_terminal("a_panic_of_the_drawing_thread_gives_the_terminal_back_and_is_told");
        assert!(is_given_back(&parser));
        let told = parser.screen().contents();
        assert!(told.contains("the frame broke"), "{told}");
    }

    #[test]
    fn a_panic_of_another_thread_leaves_the_screen_alone() {
        if is_child() {
            let screen = Screen::enter(true).unwrap();
            assert!(thread::spawn(|| panic!("in the dark")).join().is_err());
            assert!(TAKEN.load(Ordering::SeqCst), "the screen goes on");
            drop(screen);
            assert!(!TAKEN.load(Ordering::SeqCst));
            return;
        }
        let (parser, written) = in_a_terminal("a_panic_of_another_thread_leaves_the_screen_alone");
        assert!(is_given_back(&parser));
        assert!(written.contains("1 passed"), "{written}");
        assert!(!written.contains("in the dark"), "{written}");
    }
}
