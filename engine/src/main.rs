//! The engine: the real SQLite and the model in a worker. The page starts it when it is first
//! needed.

use lockstep_core::check::check_in_pieces;
use lockstep_core::run::PIECE;
use lockstep_core::time::SimTime;
use lockstep_sqlite::{Session, SqliteDatabase, version};
use lockstep_worker::message::{EngineRequest, EngineResponse};
use lockstep_worker::{Handler, report_panic, serve};
use wasm_bindgen::JsValue;

/// Serves the requests for SQLite.
#[derive(Default)]
struct Engine {
    session: Session,
}

impl Handler for Engine {
    type Request = EngineRequest;
    type Response = EngineResponse;

    async fn handle(
        &mut self,
        request: EngineRequest,
        _: Option<JsValue>,
        pause: impl AsyncFnMut(SimTime),
    ) -> (EngineResponse, Option<JsValue>) {
        let response = match request {
            EngineRequest::Version => EngineResponse::Version(version().to_owned()),
            EngineRequest::Script { text } => EngineResponse::Script(self.session.play(&text)),
            EngineRequest::Check { scenario } => {
                match check_in_pieces(&scenario, &mut SqliteDatabase::new(&scenario), PIECE, pause).await {
                    Ok(check) => EngineResponse::Check { version: version().to_owned(), check },
                    Err(refusal) => EngineResponse::Refused(refusal.to_string()),
                }
            }
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
