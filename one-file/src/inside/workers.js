// A worker whose script is packed becomes one whose text has that script inside, with the modules of its folder: it could fetch none
// of them.
const OutsideWorker = window.Worker;
window.Worker = class extends OutsideWorker {
  constructor(address, options) {
    const name = packedName(address);
    super(packedFiles().has(name) ? addressOfWorker(name) : address, options);
  }
};

function addressOfWorker(name) {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const modules = [...packedFiles().keys()].filter((other) => other.startsWith(folder) && other.endsWith(".js"));
  const loader = document.getElementById("inside/modules.js").textContent;
  const text = [loader, ...modules.map(packedText), `load(${JSON.stringify(name)});`];
  return URL.createObjectURL(new Blob(text, { type: "text/javascript" }));
}
