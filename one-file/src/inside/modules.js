// Modules as functions, each run once: the same in the page and in its workers. Packed files have addresses of a host that cannot
// exist, so that no real address is ever taken for one of them.
const PAGE = "https://lockstep.invalid/";
const lockstepModules = {};
const loaded = new Map();

// The name of a packed file by its address, relative to the page or not; nothing for addresses of other hosts.
function packedName(address) {
  const { href, pathname } = new URL(address, PAGE);
  return href.startsWith(PAGE) ? decodeURIComponent(pathname.slice(1)) : undefined;
}

function load(address, from = PAGE) {
  const name = packedName(new URL(address, from));
  if (!loaded.has(name)) loaded.set(name, run(name));
  return loaded.get(name);
}

async function run(name) {
  if (!lockstepModules[name]) define(name);
  const exports = {};
  const module = PAGE + name;
  await lockstepModules[name](exports, (address) => load(address, module), { module, page: PAGE });
  return exports;
}
