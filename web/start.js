// Starts the program, whose script has made `wasm_bindgen`. A file of its own because a strict Content-Security-Policy refuses
// inline scripts; the build writes the program's address into this script's own tag.
(async ({ wasm }) => {
  try {
    const response = await fetch(wasm).catch((error) => {
      error.message +=
        ". If this page stands in a frame that may not fetch the program, open the page in a window of its own, or put the one " +
        "file, lockstep.html, here.";
      throw error;
    });
    if (!response.ok) throw new Error(`${wasm}: ${response.status} ${response.statusText}`);
    await wasm_bindgen({ module_or_path: response });
  } catch (error) {
    // A panic while it starts has been reported already.
    dispatchEvent(new CustomEvent("lockstep:failed", { detail: String(error) }));
    console.error(error);
  }
})(document.currentScript.dataset);
