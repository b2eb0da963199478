// Starts the page's program in a worker. The page sends the address of the program's script and the compiled program, so
// nothing is fetched or compiled twice. Errors are thrown, so that the page hears of them.
addEventListener(
  "message",
  ({ data: { script, program } }) => {
    // In the one file the program's script stands before this one.
    if (script) importScripts(script);
    wasm_bindgen({ module_or_path: program }).catch(reportError);
  },
  { once: true },
);
// The program could not be copied to the worker.
addEventListener("messageerror", () => reportError(new Error("messageerror")));
