//! `serve`: the site, built in memory, on this machine only; rebuilt when its files change. Errors
//! are said in the terminal and over the last good page. The one keeper of the network.

mod http;
mod state;
mod watch;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::args::{Cli, ServeArgs};
use super::{Exit, put, root, say};
use state::State;

/// Serves until it is stopped.
pub fn run(cli: &Cli, args: &ServeArgs) -> Exit {
    let root = match root(cli) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
    };
    // The port first: who cannot have it should not wait for a build.
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let listener = match runtime.block_on(tokio::net::TcpListener::bind(address)) {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            say(&format!("error: port {} is in use", args.port));
            say("help: choose another with --port, or --port 0 for any free one");
            return Exit::CouldNotRun;
        }
        Err(error) => {
            say(&format!("error: cannot listen on {address}: {error}"));
            return Exit::CouldNotRun;
        }
    };
    let port = listener.local_addr().map_or(args.port, |address| address.port());
    let state = Arc::new(State::new(root, cli));
    state.rebuild();
    let watcher = match watch::watch(&state) {
        Ok(watcher) => watcher,
        Err(error) => {
            say(&format!("error: cannot watch the site's folder: {error}"));
            return Exit::CouldNotRun;
        }
    };
    put(&format!("http://127.0.0.1:{port}/"));
    say("serving on this machine only; Ctrl+C ends it");
    runtime.block_on(http::serve(listener, port, state));
    drop(watcher);
    Exit::Fine
}
