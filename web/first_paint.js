// Runs before the first paint. Copies the names embed, hide, lock, motion, show and theme from the link
// to attributes of the root element, which the style sheets read, so that the layout does not
// change when the program has loaded. Also shows an error panel if the program panics or cannot be
// loaded.
(() => {
  const root = document.documentElement;
  const hash = location.hash.includes("=") ? location.hash.replace(/^#\??/, "") : "";
  // A downloaded page contains its link in the attribute data-opens.
  const link = new URLSearchParams(location.search || (hash ? "" : root.dataset.opens));
  for (const [name, value] of new URLSearchParams(hash)) if (!link.has(name)) link.set(name, value);

  root.toggleAttribute("data-embed", link.get("embed") === "1");
  root.toggleAttribute("data-script", Boolean(link.get("script")));
  // Names that are not in the link get no attribute, because style sheets test for the attribute. A
  // saved file can have the attributes of an earlier link.
  for (const name of ["hide", "lock", "motion", "show", "theme"]) {
    if (link.get(name)) root.dataset[name] = link.get(name).replaceAll(",", " ");
    else delete root.dataset[name];
  }

  // The program has panicked (src/panic.rs), or could not be loaded (start.js).
  addEventListener("lockstep:panic", ({ detail }) => show("Lockstep has stopped", `The program stopped with an error: ${detail}`));
  addEventListener("lockstep:failed", ({ detail }) => {
    show("Lockstep could not start", `The program could not be started here: ${detail}`);
  });
  addEventListener(
    "error",
    ({ target }) => {
      if (!target.matches?.("script[data-wasm]")) return;
      show("Lockstep could not start", "The script that starts the program could not be loaded.");
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
    const reopen = element("p", "Reopen the same state: ");
    reopen.append(element("a", state || "the page without settings", { href: state || location.pathname }));
    const actions = element("p", "");
    const defaults = element("button", "Start with the defaults", { type: "button" });
    defaults.addEventListener("click", () => location.assign(link.get("embed") === "1" ? "?embed=1" : location.pathname));
    const lesson = element("a", "Read the lesson", { href: "lesson/index.html" });
    actions.append(defaults, " ", lesson);
    panel.append(element("h2", title), element("p", reason), reopen, actions);
    document.getElementById("loading")?.remove();
    app.before(panel);
    // Shows the text below, which the style sheet hides until the program has started or failed.
    app.toggleAttribute("data-failed", true);
  }
})();
