// Passes the theme of the book to its playgrounds. A page in a frame cannot see the theme itself.
(() => {
  const DARK = ["coal", "navy", "ayu"];
  const applyTheme = () => {
    const dark = DARK.some((theme) => document.documentElement.classList.contains(theme));
    for (const playground of document.querySelectorAll("lockstep-playground")) playground.setAttribute("theme", dark ? "dark" : "light");
  };
  applyTheme();
  new MutationObserver(applyTheme).observe(document.documentElement, { attributeFilter: ["class"] });
})();
