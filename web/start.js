// Starts the program, whose script has made `wasm_bindgen`. A file of its own because a strict Content-Security-Policy refuses
// inline scripts; the build writes the program's addresses into this script's own tag.
(async ({ wasm }) => {
  const fail = (reason) => dispatchEvent(new CustomEvent("lockstep:failed", { detail: reason }));
  try {
    const response = await fetch(wasm).catch(() => {});
    if (!response) {
      return fail(
        "its file cannot be fetched. If this page stands in a frame that may not fetch it, open the page in a window of its own, " +
          "or put the one file, lockstep.html, here.",
      );
    }
    if (!response.ok) throw new Error(`${wasm}: ${response.status} ${response.statusText}`);
    await wasm_bindgen({ module_or_path: response });
  } catch (error) {
    // A panic while it starts has been reported already.
    fail(String(error));
    console.error(error);
  }
})(document.currentScript.dataset);
