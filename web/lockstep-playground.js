// <lockstep-playground scene="linux" tasks="200" hide="program,console"></lockstep-playground>
//
// Puts the playground into a page, in a frame of its own that is as high as it needs to be. Every attribute is a name of a link,
// but for those that every element may have; `query` is a whole link's query. `src` is the playground's folder, unless this script
// lies in it. `theme` can be changed at any time, and so can the others: then the frame is loaded anew.
(() => {
  const FOLDER = new URL(".", document.currentScript?.src ?? document.baseURI);
  const OF_ANY_ELEMENT = /^(id|class|style|title|src|query|height|slot|hidden|dir|tabindex|role|is|part|on.*|.*-.*)$/;
  const HEIGHT = 640;
  let count = 0;

  class LockstepPlayground extends HTMLElement {
    #frame;
    #heard = (event) => this.#hear(event);
    #changed = new MutationObserver((changes) => this.#follow(changes.map((change) => change.attributeName)));

    connectedCallback() {
      this.#frame = Object.assign(document.createElement("iframe"), { name: `lockstep-${++count}`, loading: "lazy", width: "100%" });
      this.#frame.style.cssText = "display: block; border: 0";
      this.#setHeight(this.getAttribute("height") ?? HEIGHT);
      this.#show(this.lastQuery ?? this.#query());
      this.replaceChildren(this.#frame);
      // It may have been changed before there was anybody to be told, or while the frame was away.
      this.#frame.addEventListener("load", () => this.hasAttribute("theme") && this.#tellTheme());
      addEventListener("message", this.#heard);
      this.#changed.observe(this, { attributes: true });
    }

    disconnectedCallback() {
      removeEventListener("message", this.#heard);
      this.#changed.disconnect();
    }

    #query() {
      const query = new URLSearchParams(this.getAttribute("query") ?? "");
      for (const { name, value } of this.attributes) if (!OF_ANY_ELEMENT.test(name)) query.set(name, value);
      if (!query.has("embed")) query.set("embed", "1");
      return query.toString().replaceAll("%2C", ",");
    }

    #show(query) {
      this.#frame.title = this.title || "Lockstep: who gets into the database?";
      this.#frame.src = new URL(`?${query}`, this.hasAttribute("src") ? new URL(this.getAttribute("src"), document.baseURI) : FOLDER);
    }

    #setHeight(height) {
      this.#frame.style.height = `${height}px`;
    }

    #hear({ source, data }) {
      if (source !== this.#frame.contentWindow || data?.source !== "lockstep") return;
      if (data.type === "height" && Number.isFinite(data.height)) this.#setHeight(data.height);
      // What the reader has set is kept while the element is moved or taken away and put back.
      if (data.type === "link") this.lastQuery = data.query;
      if (data.type === "leave") this.#frame.blur();
    }

    #follow(names) {
      const anew = names.filter((name) => name !== "theme" && name !== "class" && name !== "style");
      if (anew.length > 0) this.#show(this.#query());
      else if (names.includes("theme")) this.#tellTheme();
    }

    #tellTheme() {
      const theme = this.getAttribute("theme") ?? "auto";
      this.#frame.contentWindow.postMessage({ source: "lockstep", type: "theme", theme }, "*");
    }
  }
  if (!customElements.get("lockstep-playground")) customElements.define("lockstep-playground", LockstepPlayground);
})();
