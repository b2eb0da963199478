// Starts the page's program in a worker. The page sends the URL of the program's script and the
// compiled module, so nothing is fetched or compiled twice. Errors are reported to the page through
// reportError.
addEventListener(
  "message",
  ({ data: { script, program } }) => {
    // In lockstep.html, this script already begins with the program's script.
    if (script) importScripts(script);
    wasm_bindgen({ module_or_path: program }).catch(reportError);
  },
  { once: true },
);
// The browser could not pass the compiled module to the worker.
addEventListener("messageerror", () => reportError(new Error("messageerror")));
