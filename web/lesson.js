// <fetched-text src="..."> shows the `main` of another page of this site, fetched when the reader comes near. Until then, and if the
// fetch fails, its own content stands: an ordinary link to that page.
class FetchedText extends HTMLElement {
  connectedCallback() {
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        this.fetchText().catch(() => {});
      },
      { rootMargin: "600px" },
    );
    watch.observe(this);
    this.addEventListener("click", (event) => this.goTo(event));
  }

  async fetchText() {
    const answer = await fetch(this.getAttribute("src"));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.replaceChildren(...page.querySelector("main").childNodes);
  }

  // A link from one section to another opens it here, as it would on that page.
  goTo(event) {
    const link = event.target.closest("a[href]");
    const [page, name] = link?.getAttribute("href").split("#") ?? [];
    const place = page === this.getAttribute("src") && name && document.getElementById(name);
    if (!place || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    place.closest("details").open = true;
    place.closest("article").scrollIntoView();
  }
}
customElements.define("fetched-text", FetchedText);
