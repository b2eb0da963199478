// What a link says about the page around the run (embed, hide, lock, theme, motion), as attributes of the root element, which the
// style sheets read; and, in a frame, the talk with the page around it. It runs before anything is painted, and needs no storage.
(() => {
  const root = document.documentElement;
  const hash = location.hash.includes("=") ? location.hash.replace(/^#\??/, "") : "";
  // A file that was downloaded has its link in it.
  const link = new URLSearchParams(location.search || (hash ? "" : root.dataset.opens));
  for (const [name, value] of new URLSearchParams(hash)) if (!link.has(name)) link.set(name, value);
  const says = (name) => link.get(name) ?? "";

  root.toggleAttribute("data-embed", says("embed") === "1");
  // What is not said has no attribute: a style sheet may ask whether there is one.
  for (const name of ["hide", "lock", "motion"]) if (says(name)) root.dataset[name] = says(name).replaceAll(",", " ");

  // The dark colours stand once in the style sheets, under a question to the system; a theme that was asked for answers it.
  const rulesOf = (sheet) => {
    try {
      return [...sheet.cssRules];
    } catch {
      // A frame without an origin of its own may use its style sheets, and not read them.
      return [];
    }
  };
  const dark = [...document.styleSheets]
    .flatMap(rulesOf)
    .filter((rule) => rule.media?.mediaText === "(prefers-color-scheme: dark)");
  const ANSWERS = { dark: "all", light: "not all", projector: "not all" };
  // The page listens to links, whoever has made them; before it is there a link would lead away.
  const ask = (what, href) => {
    if (!document.querySelector("#app[data-link]")) return;
    const link = Object.assign(document.createElement("a"), { href });
    for (const name of [what, "stay"]) link.dataset[name] = "";
    document.body.append(link);
    link.click();
    link.remove();
  };
  const THEMES = ["auto", "light", "dark", "projector"];
  const nameTheme = () => {
    const button = document.getElementById("theme");
    if (button) button.textContent = `Theme: ${root.dataset.theme || "auto"}`;
  };
  addEventListener("DOMContentLoaded", nameTheme);
  const setTheme = (theme) => {
    root.dataset.theme = theme;
    nameTheme();
    for (const rule of dark) rule.media.mediaText = ANSWERS[theme] ?? "(prefers-color-scheme: dark)";
    document.dispatchEvent(new Event("lockstep:theme"));
  };
  setTheme(says("theme"));
  // The button goes round all of them; the page keeps the theme in its link.
  document.addEventListener("click", ({ target }) => {
    if (target.id !== "theme") return;
    setTheme(THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length]);
    ask("theme", `?theme=${root.dataset.theme}`);
  });
  // Back, or forward again, to a state that the page has put into the history; a link to a place of the page puts nothing there.
  addEventListener("popstate", () => history.state === "lockstep" && ask("back", location.search || "?"));

  // A frame without an origin of its own loads no modules, unless the server allows it to everybody.
  const REFUSED =
    "This frame does not let the page start its program. Open the page in a window of its own, or put the one file, lockstep.html, here.";
  const sayWhatIsRefused = ({ target }) => {
    const words = document.getElementById("loading");
    if (!words || !target.matches?.("script[data-module]")) return;
    words.textContent = REFUSED;
    document.getElementById("app").toggleAttribute("data-failed", true);
  };
  addEventListener("error", sayWhatIsRefused, true);

  if (parent === window) return;
  const tell = (type, what) => parent.postMessage({ source: "lockstep", type, id: window.name, ...what }, "*");

  let told = 0;
  const tellHeight = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    tell("height", { height });
    parent.postMessage({ subject: "lti.frameResize", height }, "*");
  };
  addEventListener("DOMContentLoaded", () => new ResizeObserver(tellHeight).observe(document.body));

  // Which link is shown, for a page that takes this frame down and puts it up again.
  document.addEventListener("lockstep:link", () => tell("link", { query: document.getElementById("app").dataset.link }));

  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.source === "lockstep" && data.type === "theme") setTheme(String(data.theme));
  });

  // Another page would take this one's place in the frame.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.('a[href^="lesson/"]');
    if (link) link.target = "_blank";
  });

  // The way out for a keyboard: a frame that has the focus keeps all keys from the page around it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    document.activeElement?.blur();
    parent.focus();
    tell("leave");
  });
})();
