// A worker that starts the workshop's program and leaves the rest to it. The page sends the address of the program's script and the
// program itself, compiled, so that nothing is fetched or compiled twice and no path stands here.
const start = async ({ script, program }) => (await import(script)).default({ module_or_path: program });

// What goes wrong is reported, so that the page hears of it.
addEventListener("message", ({ data }) => start(data).catch(reportError), { once: true });
