// Starts the page in the single file. This is the last script, so the page is complete, and no
// script has changed it yet.
(() => {
  const wholeFile = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
  // This host does not exist, so no external address is mistaken for a packed file.
  const PAGE = "https://lockstep.invalid/";

  // The name of a packed file; undefined for addresses on other hosts.
  function packedName(address) {
    const { href, pathname } = new URL(address, PAGE);
    return href.startsWith(PAGE) ? decodeURIComponent(pathname.slice(1)) : undefined;
  }

  function packedFile(name) {
    return document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
  }

  // A response with the content of a packed file.
  function unpack({ textContent, dataset }) {
    const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
    const content = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(content, { headers: { "Content-Type": dataset.kind } });
  }

  const originalFetch = window.fetch;
  window.fetch = async (request, options) => {
    const name = packedName(request.url ?? request);
    if (name === undefined) return originalFetch(request, options);
    if (name === "lockstep.html") return new Response(wholeFile, { headers: { "Content-Type": "text/html" } });
    const file = packedFile(name);
    return file ? unpack(file) : new Response("", { status: 404 });
  };

  // Links to a packed page open it in a dialog, because it has no address of its own.
  addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    const address = link.getAttribute("href");
    const name = packedName(address);
    const file = name?.endsWith(".html") && packedFile(name);
    if (!file) return;
    event.preventDefault();
    showPage(await unpack(file).text(), new URL(address, PAGE).hash.slice(1));
  });

  function showPage(html, id) {
    document.querySelector("dialog.packed-page")?.close();
    const page = new DOMParser().parseFromString(html, "text/html");
    const dialog = document.createElement("dialog");
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    close.addEventListener("click", () => dialog.close());
    // Removed, because the main page may have elements with the same ids.
    dialog.addEventListener("close", () => dialog.remove());
    dialog.className = "packed-page";
    dialog.setAttribute("aria-label", page.title);
    dialog.append(close, page.querySelector("main"));
    document.body.append(dialog);
    dialog.showModal();
    const target = id && dialog.querySelector(`[id="${CSS.escape(id)}"]`);
    if (!target) return;
    const details = target.closest("details");
    if (details) details.open = true;
    target.scrollIntoView();
  }

  const addressOf = (...scripts) => URL.createObjectURL(new Blob(scripts, { type: "text/javascript" }));

  // Runs the program's script in the page. A worker could not import it, so it is the beginning of the
  // worker's script, too.
  async function startProgram({ dataset }) {
    const [program, worker] = await Promise.all(
      [dataset.program, "worker.js"].map(async (name) => (await fetch(name)).text()),
    );
    dataset.worker = addressOf(program, "\n", worker);
    // It has an address, because it resolves its own, and an iframe with srcdoc has none to resolve
    // it against.
    const script = Object.assign(document.createElement("script"), { src: addressOf(program) });
    await new Promise((resolve, reject) => {
      Object.assign(script, { onload: resolve, onerror: () => reject(new Error("The script of the program was refused.")) });
      document.head.append(script);
    });
    await wasm_bindgen({ module_or_path: fetch(dataset.wasm) });
  }

  startProgram(document.currentScript).catch((error) => {
    dispatchEvent(new CustomEvent("lockstep:failed", { detail: String(error) }));
    console.error(error);
  });
})();
