// Starts the page's program in a worker. The page sends the address of the program's script and the compiled program, so
// nothing is fetched or compiled twice. What goes wrong is thrown, so that the page hears of it.
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
