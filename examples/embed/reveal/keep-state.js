// reveal.js unloads an iframe with data-src when its slide is left. The playground tells each change of its link: that is what the
// iframe is loaded with when its slide comes back.
addEventListener("message", ({ source, data }) => {
  if (data?.source !== "lockstep" || data.type !== "link") return;
  const frame = [...document.querySelectorAll("iframe[data-src]")].find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.dataset.src = `${frame.dataset.src.split("?")[0]}?${data.query}`;
});
