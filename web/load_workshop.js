// Starts the workshop, a second program that fills #story and #workshop, when the reader comes near one of them or follows a link to it. Until then, and
// if it cannot be fetched, the words in index.html stand for it.
const place = document.getElementById("workshop");
const folder = new URL("workshop/", document.baseURI);
const leadsHere = (address) => address?.startsWith("#workshop");

let started;
const start = () => (started ??= load().catch(sayWhatFailed));

async function load() {
  // The page in one file has all style sheets inside.
  if (!document.querySelector('[data-from="workshop/workshop.css"]')) {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("workshop.css", folder) });
    document.head.append(style);
  }
  // Where the workshop finds its own files, for its workers.
  document.getElementById("workshop-sections").dataset.folder = folder.href;
  const { default: init } = await import(new URL("workshop.js", folder));
  await init();
}

function sayWhatFailed(error) {
  place.querySelector("p").textContent = `The workshop could not be started here (${error}).`;
}

const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && near(), { rootMargin: "300px" });
watch.observe(place);
watch.observe(document.getElementById("story"));
function near() {
  watch.disconnect();
  start();
}

// A section of the workshop can be gone to only when it is there.
const goTo = (address) => start().then(() => document.querySelector(address)?.scrollIntoView());
document.addEventListener("click", (event) => {
  const address = event.target.closest?.("a[href]")?.getAttribute("href");
  if (leadsHere(address)) goTo(address);
});
if (leadsHere(location.hash)) goTo(location.hash);
