// Runs the page's own modules out of the pack: as scripts that stand in the page, which a browser allows where it allows no import.
function define(name) {
  if (!packedFiles().has(name)) throw new Error(`${name} is not in this file`);
  const script = Object.assign(document.createElement("script"), { textContent: packedText(name) });
  document.head.append(script);
  script.remove();
}

// This script is the last thing of the file and nothing has changed it yet.
const wholeFile = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
madeFiles.set("lockstep.html", () => wholeFile);

// The words of the page are shown before the work begins.
setTimeout(() => {
  for (const style of document.querySelectorAll("style[data-packed]")) style.textContent = packedText(style.dataset.from);
  for (const { dataset } of document.querySelectorAll('script[type="lockstep/module"]')) load(dataset.src);
});
