// <fetched-text src="..."> lazy-loads the `main` element of another page of this site when the user
// scrolls near it. Until then, and if the request fails, it shows its own content: an ordinary link
// to that page.
class FetchedText extends HTMLElement {
  connectedCallback() {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        this.fetchText().catch(() => {});
      },
      { rootMargin: "600px" },
    );
    observer.observe(this);
    this.addEventListener("click", (event) => this.openSection(event));
  }

  async fetchText() {
    const response = await fetch(this.getAttribute("src"));
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    this.replaceChildren(...page.querySelector("main").childNodes);
  }

  // A link to another section of the fetched page opens that section here instead of loading the
  // page.
  openSection(event) {
    const link = event.target.closest("a[href]");
    const [page, name] = link?.getAttribute("href").split("#") ?? [];
    const section = page === this.getAttribute("src") && name && document.getElementById(name);
    if (!section || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    section.closest("details").open = true;
    section.closest("article").scrollIntoView();
  }
}
customElements.define("fetched-text", FetchedText);
