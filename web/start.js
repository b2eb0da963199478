// Starts the page. A file of its own because a strict Content-Security-Policy refuses inline scripts; the build writes the
// names of the two files that it loads into this script's own tag.
const script = document.querySelector("script[data-module]");
const { module, wasm } = script.dataset;
const address = (name) => new URL(name, document.baseURI).href;

try {
  const program = compile(address(wasm));
  const { default: start } = await import(address(module));
  // It is kept for a worker (seeds.js), which so needs to fetch and compile nothing.
  script.program = await program;
  await start({ module_or_path: script.program });
} catch (error) {
  const message = document.getElementById("loading");
  if (!message) throw error;
  message.textContent = `The interactive part could not be started here (${error}). The text on this page still holds: `;
  const lesson = Object.assign(document.createElement("a"), { href: "lesson/index.html", textContent: "the lesson" });
  message.append(lesson, " explains what it shows.");
  // What stands below has waited for the program.
  document.getElementById("app").toggleAttribute("data-failed", true);
}

// While it arrives; and if the host does not say that it is wasm, when it is there.
async function compile(file) {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const again = answer.clone();
  return WebAssembly.compileStreaming(answer).catch(async (error) => {
    if (!(error instanceof TypeError)) throw error;
    return WebAssembly.compile(await again.arrayBuffer());
  });
}
