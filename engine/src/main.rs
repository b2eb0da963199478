//! The engine: the real SQLite and the model in a worker. The page starts it when it is first
//! needed.

use lockstep_core::check::check_in_pieces;
use lockstep_core::run::PIECE;
use lockstep_core::time::SimTime;
use lockstep_sqlite::{Session, SqliteDatabase, version};
use lockstep_worker::message::{Request, Response};
use lockstep_worker::{Handled, Handler, report_panic, serve};
use wasm_bindgen::JsValue;

/// Serves the requests for SQLite.
#[derive(Default)]
struct Engine {
    session: Session,
}

impl Handler for Engine {
    async fn handle(&mut self, request: Request, _: Option<JsValue>, pause: impl AsyncFnMut(SimTime)) -> Handled {
        let response = match request {
            Request::Version => Response::Version(version().to_owned()),
            Request::Script { text } => Response::Script(self.session.play(&text)),
            Request::Check { scenario } => {
                match check_in_pieces(&scenario, &mut SqliteDatabase::new(&scenario), PIECE, pause).await {
                    Ok(check) => Response::Check { version: version().to_owned(), check },
                    Err(refusal) => Response::Refused(refusal.to_string()),
                }
            }
            _ => Response::Refused("SQLite does not serve this request.".to_owned()),
        };
        (response, None)
    }

    fn take_runs(&mut self) -> u32 {
        0
    }
}

fn main() {
    std::panic::set_hook(Box::new(|info| report_panic(&info.to_string())));
    serve(Engine::default());
}
