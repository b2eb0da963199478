// Starts the page's program in a worker. The page sends the URL of the program's script and the
// compiled module, so nothing is fetched or compiled twice. Errors are reported to the page through
// reportError.
addEventListener(
  "message",
  ({ data: { script, program } }) => {
    // In the one file the program's script is the beginning of this one.
    if (script) importScripts(script);
    wasm_bindgen({ module_or_path: program }).catch(reportError);
  },
  { once: true },
);
// The module could not be copied to the worker.
addEventListener("messageerror", () => reportError(new Error("messageerror")));
