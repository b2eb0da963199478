// <lockstep-playground scene="linux" tasks="200" hide="program,console"></lockstep-playground>
//
// Embeds the playground in an iframe and fits the iframe's height to its content. The attributes
// become names of the link, except `src`, `height` and global HTML attributes. `query` is a whole
// query string. `src` is the URL of the playground's folder; the default is the folder of this
// script. Attributes can be changed at any time: `theme` applies immediately, the others reload the
// iframe.
(() => {
  const FOLDER = new URL(".", document.currentScript?.src ?? document.baseURI);
  const NOT_FOR_LINK = /^(id|class|style|title|src|query|height|slot|hidden|dir|tabindex|role|is|part|on.*|.*-.*)$/;
  // In CSS pixels, until the playground sends its height.
  const HEIGHT = 640;
  let count = 0;

  class LockstepPlayground extends HTMLElement {
    #frame;
    #onMessage = (event) => this.#handleMessage(event);
    #observer = new MutationObserver((changes) => this.#applyChanges(changes.map((change) => change.attributeName)));

    connectedCallback() {
      this.#frame = Object.assign(document.createElement("iframe"), { name: `lockstep-${++count}`, loading: "lazy", width: "100%" });
      this.#frame.style.cssText = "display: block; border: 0";
      this.#setHeight(this.getAttribute("height") ?? HEIGHT);
      this.#load(this.lastQuery ?? this.#query());
      this.replaceChildren(this.#frame);
      // The theme may have changed while the iframe could not receive messages.
      this.#frame.addEventListener("load", () => this.hasAttribute("theme") && this.#sendTheme());
      addEventListener("message", this.#onMessage);
      this.#observer.observe(this, { attributes: true });
    }

    disconnectedCallback() {
      removeEventListener("message", this.#onMessage);
      this.#observer.disconnect();
    }

    #query() {
      const query = new URLSearchParams(this.getAttribute("query") ?? "");
      for (const { name, value } of this.attributes) if (!NOT_FOR_LINK.test(name)) query.set(name, value);
      if (!query.has("embed")) query.set("embed", "1");
      return query.toString().replaceAll("%2C", ",");
    }

    #load(query) {
      this.#frame.title = this.title || "Lockstep: who gets into the database?";
      this.#frame.src = new URL(`?${query}`, this.hasAttribute("src") ? new URL(this.getAttribute("src"), document.baseURI) : FOLDER);
    }

    #setHeight(height) {
      this.#frame.style.height = `${height}px`;
    }

    #handleMessage({ source, data }) {
      if (source !== this.#frame.contentWindow || data?.source !== "lockstep") return;
      if (data.type === "height" && Number.isFinite(data.height)) this.#setHeight(data.height);
      // The query is kept, so that the user's settings survive when the element is moved, or removed
      // and inserted again.
      if (data.type === "link") this.lastQuery = data.query;
      if (data.type === "leave") this.#frame.blur();
    }

    #applyChanges(names) {
      const changed = names.filter((name) => name !== "theme" && name !== "class" && name !== "style");
      if (changed.length > 0) this.#load(this.#query());
      else if (names.includes("theme")) this.#sendTheme();
    }

    #sendTheme() {
      const theme = this.getAttribute("theme") ?? "auto";
      this.#frame.contentWindow.postMessage({ source: "lockstep", type: "theme", theme }, "*");
    }
  }
  if (!customElements.get("lockstep-playground")) customElements.define("lockstep-playground", LockstepPlayground);
})();
