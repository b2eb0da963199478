// Starts the page. A file of its own because a strict Content-Security-Policy refuses inline scripts; the build writes the
// names of the two files that it loads into this script's own tag.
const { module, wasm } = document.querySelector("script[data-module]").dataset;
const address = (name) => new URL(name, document.baseURI).href;

try {
  const { default: start } = await import(address(module));
  await start({ module_or_path: address(wasm) });
} catch (error) {
  const message = document.getElementById("loading");
  if (message) message.textContent = `The interactive part could not be started here (${error}). The text on this page still holds.`;
  else throw error;
}
