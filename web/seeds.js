// What other seeds give, beside the result of one: "20 seeds: 163–167 rows". The page's own program works it out in a worker, after the
// run is shown and the browser has nothing else to do; a run that takes long is left alone, and so is one that is still to be guessed at.
const SEEDS = 20;
const LONGEST_MS = 400;
const app = document.getElementById("app");
const idle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 300));

// The run that is asked about, and what came of it so far.
let shown;
let worker;
let rows = [];
let asked = 0;

const say = (words) => {
  const place = document.getElementById("other-seeds");
  if (place && place.textContent !== words) place.textContent = words;
};

document.addEventListener("lockstep:link", () => {
  const digest = document.querySelector("[data-testid=result]")?.dataset.digest;
  // Another moment of the same run.
  if (digest === shown?.digest) return say(shown?.words ?? "");
  shown = digest && { digest, link: app.dataset.link, words: "" };
  say("");
  if (shown) idle(begin);
});

function begin() {
  rows = [];
  // A worker that is at a run which nobody wants any more begins with this one when it is done.
  if (worker) return;
  try {
    start();
  } catch {
    // A frame may have no worker, and then there is no range.
    rest();
  }
}

function start() {
  const { dataset, program } = document.querySelector("script[data-module]");
  asked = 0;
  worker = new Worker(new URL("seeds_worker.js", document.baseURI));
  worker.addEventListener("message", ({ data }) => hear(data));
  worker.addEventListener("error", rest);
  worker.postMessage({ script: new URL(dataset.module, document.baseURI).href, program });
}

// Until another run is shown nobody has work for it.
function rest() {
  worker?.terminate();
  worker = undefined;
}

function ask() {
  if (!shown) return rest();
  asked = performance.now();
  worker.postMessage({ digest: shown.digest, link: shown.link, number: rows.length });
}

function hear({ digest, inserted }) {
  const took = performance.now() - asked;
  const first = asked === 0;
  asked = 0;
  if (first || digest !== shown?.digest) return ask();
  if (inserted === undefined || took > LONGEST_MS) return rest();
  rows.push(inserted);
  if (rows.length < SEEDS) return ask();
  const [least, most] = [Math.min(...rows), Math.max(...rows)];
  shown.words = `${SEEDS} seeds: ${least === most ? `always ${least}` : `${least}–${most}`} rows`;
  say(shown.words);
  rest();
}
