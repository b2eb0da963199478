// reveal.js unloads an iframe with data-src when the user leaves its slide. The playground sends a
// message whenever its link changes. We store the link in data-src, so reveal.js loads the same
// state when the slide is shown again.
addEventListener("message", ({ source, data }) => {
  if (data?.source !== "lockstep" || data.type !== "link") return;
  const frame = [...document.querySelectorAll("iframe[data-src]")].find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.dataset.src = `${frame.dataset.src.split("?")[0]}?${data.query}`;
});
