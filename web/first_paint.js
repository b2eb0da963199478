// Runs before anything is painted: writes what the link says about the page around the run (embed, hide, lock, theme, motion) as
// attributes of the root element, which the style sheets read, so that the text on the page never changes its looks when the
// program arrives. It is also what can speak where no program runs: it shows what went wrong.
(() => {
  const root = document.documentElement;
  const hash = location.hash.includes("=") ? location.hash.replace(/^#\??/, "") : "";
  // A file that was downloaded has its link in it.
  const link = new URLSearchParams(location.search || (hash ? "" : root.dataset.opens));
  for (const [name, value] of new URLSearchParams(hash)) if (!link.has(name)) link.set(name, value);

  root.toggleAttribute("data-embed", link.get("embed") === "1");
  // Names that are not in the link get no attribute: a style sheet may ask whether there is one. A file that was saved may have those
  // of an earlier link.
  for (const name of ["hide", "lock", "motion", "theme"]) {
    if (link.get(name)) root.dataset[name] = link.get(name).replaceAll(",", " ");
    else delete root.dataset[name];
  }

  // The program has panicked (src/panic.rs), or could not be loaded (start.js).
  addEventListener("lockstep:panic", ({ detail }) => show("Lockstep has stopped", `The program met an error: ${detail}`));
  addEventListener("lockstep:failed", ({ detail }) => {
    show("Lockstep could not start", `The program could not be started here: ${detail}`);
  });
  addEventListener(
    "error",
    ({ target }) => {
      if (target.matches?.("script[data-wasm]")) show("Lockstep could not start", "The script that starts the program could not be loaded.");
    },
    true,
  );

  function show(title, reason) {
    const app = document.getElementById("app");
    if (!app || document.getElementById("problem")) return;
    const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
    const panel = element("section", "", { id: "problem", className: "problem-panel" });
    panel.setAttribute("role", "alert");
    panel.dataset.testid = "problem";
    const state = app.dataset.link ? `?${app.dataset.link}` : location.search;
    const again = element("p", "This link leads to the same state again: ");
    again.append(element("a", state || "the page without settings", { href: state || location.pathname }));
    const actions = element("p", "");
    const defaults = element("button", "Start with the defaults", { type: "button" });
    defaults.addEventListener("click", () => location.assign(link.get("embed") === "1" ? "?embed=1" : location.pathname));
    const lesson = element("a", "Read the lesson", { href: "lesson/index.html" });
    actions.append(defaults, " ", lesson);
    panel.append(element("h2", title), element("p", reason), again, actions);
    document.getElementById("loading")?.remove();
    app.before(panel);
    // The text below has waited for the program.
    app.toggleAttribute("data-failed", true);
  }
})();
