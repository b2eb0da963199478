// Starts the program; the script of wasm-bindgen, which runs before this one, defines
// `wasm_bindgen`. This is a separate file because a strict Content-Security-Policy refuses inline
// scripts. The build writes the program's URL into the tag of this script.
(async ({ wasm }) => {
  try {
    // A sandboxed iframe has an opaque origin and may fetch only what its server allows every
    // origin (CORS).
    const response = await fetch(wasm).catch((error) => {
      error.message +=
        ". If this page is embedded in an iframe that does not allow it, open the page in its own tab, or embed the single " +
        "file lockstep.html instead.";
      throw error;
    });
    if (!response.ok) throw new Error(`${wasm}: ${response.status} ${response.statusText}`);
    await wasm_bindgen({ module_or_path: response });
  } catch (error) {
    // If the program panicked while it started, the panel already shows that.
    dispatchEvent(new CustomEvent("lockstep:failed", { detail: String(error) }));
    console.error(error);
  }
})(document.currentScript.dataset);
