// usage: size.mjs FOLDER CEILING ENGINE_CEILING
// Prints the sizes of the page's files, compressed with brotli. Fails if the files that are loaded
// before the default run plays have more than CEILING bytes, or those of the engine more than
// ENGINE_CEILING. Other files that are loaded on demand, the lesson and the measured data, do not
// count.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder, ceiling, engineCeiling] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

const ON_DEMAND = ["data", "lesson"];
// Only used by pages that embed this one or link to it, and for offline use.
const NOT_LOADED = ["lockstep-playground.js", "preview.png", "lockstep.html"];

const files = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => !NOT_LOADED.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]));

let [initial, engine, total] = [0, 0, 0];
for (const file of files(folder)) {
  const content = readFileSync(file);
  const compressed = brotliCompressSync(content).length;
  const isEngine = file.startsWith(join(folder, "engine-"));
  const isOnDemand = isEngine || ON_DEMAND.some((name) => file.startsWith(join(folder, name, "/")));
  total += compressed;
  if (isEngine) engine += compressed;
  if (!isOnDemand) initial += compressed;
  console.log(`    ${String(content.length).padStart(8)} -> ${String(compressed).padStart(7)}  ${file}${isOnDemand ? " (on demand)" : ""}`);
}
console.log(`    brotli, before the default run plays: ${initial} of at most ${ceiling} bytes; whole page: ${total} bytes`);
console.log(`    brotli, the engine: ${engine} of at most ${engineCeiling} bytes`);
if (!(initial <= ceiling && engine <= engineCeiling)) process.exitCode = 1;
