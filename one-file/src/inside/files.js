// The packed files, and answers to whoever asks for one as if it lay beside the page.
const KINDS = { html: "text/html", js: "text/javascript", json: "application/json", wasm: "application/wasm" };

let unpacked;
function packedFiles() {
  if (unpacked) return unpacked;
  const table = JSON.parse(document.getElementById("packed-files").textContent);
  const stream = bytesOf(document.getElementById("packed").textContent);
  const all = unpack(stream, table.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  unpacked = new Map(table.map(([name, length]) => [name, all.subarray(at, (at += length))]));
  return unpacked;
}

const packedText = (name) => new TextDecoder().decode(packedFiles().get(name));

// Whatever else can be asked for by name: the whole file, for one.
const madeFiles = new Map();

const fetchOutside = window.fetch;
window.fetch = async (request, options) => {
  const name = packedName(request.url ?? request);
  if (name === undefined) return fetchOutside.call(window, request, options);
  const content = madeFiles.get(name)?.() ?? packedFiles().get(name);
  if (content === undefined) return new Response("", { status: 404 });
  return new Response(content, { headers: { "Content-Type": KINDS[name.split(".").pop()] } });
};

// Two of 91 letters are thirteen bits (letters.rs).
function bytesOf(letters) {
  const bytes = new Uint8Array(Math.floor((letters.length / 2) * 13 / 8));
  const value = (place) => {
    const code = letters.charCodeAt(place);
    return code - 35 - (code > 60 ? 1 : 0);
  };
  let [bits, count, at] = [0, 0, 0];
  for (let place = 0; place + 1 < letters.length; place += 2) {
    bits = (bits << 13) | (value(place) * 91 + value(place + 1));
    count += 13;
    while (count >= 8) {
      count -= 8;
      bytes[at++] = bits >> count;
      bits &= (1 << count) - 1;
    }
  }
  return bytes;
}
