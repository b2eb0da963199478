// Starts the program. This is a separate file because a strict Content-Security-Policy refuses
// inline scripts. The build writes the URLs of the program and its script into the tag of this
// script.
const { module, wasm } = document.querySelector("script[data-module]").dataset;
const resolve = (name) => new URL(name, document.baseURI).href;

try {
  const program = compile(resolve(wasm));
  const { default: start } = await import(resolve(module));
  await start({ module_or_path: await program });
} catch (error) {
  // If the program panicked while it started, the panel already shows that.
  dispatchEvent(new CustomEvent("lockstep:failed", { detail: String(error) }));
  console.error(error);
}

// Compiles while downloading. If the server does not send the MIME type of WebAssembly, compiles
// after downloading.
async function compile(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  const copy = response.clone();
  return WebAssembly.compileStreaming(response).catch(async (error) => {
    if (!(error instanceof TypeError)) throw error;
    return WebAssembly.compile(await copy.arrayBuffer());
  });
}
