// Prints what a browser loads until the default run plays, compressed as a host would, and fails above a ceiling.
// usage: size.mjs FOLDER CEILING-IN-BYTES. Files in FOLDER/data/ are fetched on demand and not counted.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder, ceiling] = [process.argv[2], Number(process.argv[3])];

const files = (path) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? (entry.name === "data" ? [] : files(join(path, entry.name))) : [join(path, entry.name)],
  );

let total = 0;
for (const file of files(folder)) {
  const plain = readFileSync(file);
  const compressed = brotliCompressSync(plain).length;
  total += compressed;
  console.log(`    ${String(plain.length).padStart(8)} -> ${String(compressed).padStart(7)}  ${file}`);
}
console.log(`    brotli, together: ${total} bytes of at most ${ceiling}`);
process.exitCode = total > ceiling ? 1 : 0;
