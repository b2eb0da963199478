// A link to one of the packed pages opens it over this one: there is no other page to go to.
window.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented) return;
  const address = link.getAttribute("href");
  const name = packedName(address);
  if (!name?.endsWith(".html") || !packedFiles().has(name)) return;
  event.preventDefault();
  showPage(name, new URL(address, PAGE).hash.slice(1));
});

function showPage(name, place) {
  document.querySelector("dialog.packed-page")?.close();
  const page = new DOMParser().parseFromString(packedText(name), "text/html");
  const dialog = document.createElement("dialog");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  // Gone, not hidden: the page may have places of the same names.
  dialog.addEventListener("close", () => dialog.remove());
  dialog.className = "packed-page";
  dialog.setAttribute("aria-label", page.title);
  dialog.append(close, page.querySelector("main"));
  document.body.append(dialog);
  dialog.showModal();
  const there = place && dialog.querySelector(`[id="${CSS.escape(place)}"]`);
  if (!there) return;
  const closed = there.closest("details");
  if (closed) closed.open = true;
  there.scrollIntoView();
}
