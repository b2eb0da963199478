// Hands the book's theme on to its playgrounds: a page in a frame cannot see it.
(() => {
  const DARK = ["coal", "navy", "ayu"];
  const follow = () => {
    const dark = DARK.some((theme) => document.documentElement.classList.contains(theme));
    for (const playground of document.querySelectorAll("lockstep-playground")) playground.setAttribute("theme", dark ? "dark" : "light");
  };
  follow();
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["class"] });
})();
