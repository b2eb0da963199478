// Prints what a browser loads, compressed as a host would, and fails above a ceiling.
// usage: size.mjs FOLDER CEILING WORKSHOP-CEILING, in bytes: of all that is loaded until the default run plays, and of the workshop,
// which is fetched when the reader comes near it. Files in FOLDER/data/ and FOLDER/lesson/ are fetched on demand and not counted.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder, ceiling, workshopCeiling] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

const WORKSHOP = "workshop";
// The last three are for pages that embed this one or link to it, and for whoever has no server.
const ON_DEMAND = ["data", "lesson", WORKSHOP, "lockstep-playground.js", "preview.png", "lockstep.html"];

const files = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => !ON_DEMAND.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]));

function weigh(name, path, most) {
  let total = 0;
  for (const file of files(path)) {
    const plain = readFileSync(file);
    const compressed = brotliCompressSync(plain).length;
    total += compressed;
    console.log(`    ${String(plain.length).padStart(8)} -> ${String(compressed).padStart(7)}  ${file}`);
  }
  console.log(`    brotli, ${name}: ${total} bytes of at most ${most}`);
  if (!(total <= most)) process.exitCode = 1;
}

weigh("the page", folder, ceiling);
weigh("the workshop", join(folder, WORKSHOP), workshopCeiling);
