// Starts the program. A file of its own because a strict Content-Security-Policy refuses inline scripts; the build writes the
// addresses of the program and its script into this script's own tag.
const { module, wasm } = document.querySelector("script[data-module]").dataset;
const address = (name) => new URL(name, document.baseURI).href;

try {
  const program = compile(address(wasm));
  const { default: start } = await import(address(module));
  await start({ module_or_path: await program });
} catch (error) {
  // A panic while it starts has been reported already.
  dispatchEvent(new CustomEvent("lockstep:failed", { detail: String(error) }));
  console.error(error);
}

// Compiles while the file arrives; after that, if the host does not say that it is wasm.
async function compile(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  const copy = response.clone();
  return WebAssembly.compileStreaming(response).catch(async (error) => {
    if (!(error instanceof TypeError)) throw error;
    return WebAssembly.compile(await copy.arrayBuffer());
  });
}
