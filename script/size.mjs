// Prints what a browser loads, compressed as a host would, and fails above a ceiling. usage:
// size.mjs FOLDER CEILING. The ceiling, in bytes, is for everything that is loaded until the
// default run plays. The whole page also has what is fetched on demand: the lesson and the measured
// data.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder, ceiling] = [process.argv[2], Number(process.argv[3])];

const ON_DEMAND = ["data", "lesson"];
// For pages that embed this one or link to it, and for readers without a server.
const NOT_LOADED = ["lockstep-playground.js", "preview.png", "lockstep.html"];

const files = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => !NOT_LOADED.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]));

let [first, whole] = [0, 0];
for (const file of files(folder)) {
  const plain = readFileSync(file);
  const compressed = brotliCompressSync(plain).length;
  const isOnDemand = ON_DEMAND.some((name) => file.startsWith(join(folder, name, "/")));
  whole += compressed;
  if (!isOnDemand) first += compressed;
  console.log(`    ${String(plain.length).padStart(8)} -> ${String(compressed).padStart(7)}  ${file}${isOnDemand ? " (on demand)" : ""}`);
}
console.log(`    brotli, until the default run plays: ${first} bytes of at most ${ceiling}; the whole page: ${whole} bytes`);
if (!(first <= ceiling)) process.exitCode = 1;
