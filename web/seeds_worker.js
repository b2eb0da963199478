// A worker with the page's program, which runs what `seeds.js` asks for: the run of a link with another seed.
async function start({ script, program }) {
  const page = await import(script);
  await page.default({ module_or_path: program });
  const run = ({ digest, link, number }) => postMessage({ digest, inserted: page.rows_with_seed(link, number) });
  addEventListener("message", ({ data }) => run(data));
  postMessage({});
}

addEventListener("message", ({ data }) => start(data).catch(reportError), { once: true });
