// Starts the page's program in a worker. The page sends the URL of the program's script and the
// compiled module, so nothing is fetched or compiled twice. Errors are reported to the page through
// reportError.
addEventListener(
  "message",
  async ({ data: { script, program } }) => {
    try {
      await (await import(script)).default({ module_or_path: program });
    } catch (error) {
      reportError(error);
    }
  },
  { once: true },
);
