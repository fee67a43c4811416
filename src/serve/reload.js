// Keeps an open page of the preview as its files are.
(() => {
  const me = document.currentScript, base = me.src.replace("reload.js", "");
  let edition = me.dataset.edition, events, known, overlay;

  const make = (into, tag, text = "") => {
    const element = document.createElement(tag);
    element.append(text);
    into.append(element);
    return element;
  };

  const restyle = () => {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href), link = old.cloneNode();
      if (url.origin != location.origin) continue;
      url.searchParams.set("edition", edition);
      link.href = url;
      link.onload = () => old.remove();
      old.after(link);
    }
  };

  // What a page is made of besides its words: with other styles or scripts it is loaded anew.
  const frame = (page) => [
    ...page.querySelectorAll("link[rel~=stylesheet], style, script:not([data-edition], [type$=json])"),
  ].map((part) => part.outerHTML).join();
  const fixed = (part) => part.matches("link[rel~=stylesheet], style");

  // Puts the new page in the place of the old one, which keeps where it was scrolled to and takes
  // a third of the time of loading it.
  const renew = async () => {
    const answer = await fetch(location.href);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const own = next.querySelector("script[data-edition]");
    const scripts = document.querySelector("script:not([data-edition], [type$=json])");
    if (!answer.ok || !own || scripts || frame(next) != frame(document)) throw answer;
    for (const part of [...document.head.children]) if (!fixed(part)) part.remove();
    for (const part of [...next.head.children]) if (!fixed(part)) document.head.append(part);
    for (const { name, value } of next.documentElement.attributes)
      document.documentElement.setAttribute(name, value);
    const [left, top] = [scrollX, scrollY];
    document.body.replaceWith(next.body);
    scrollTo({ left, top, behavior: "instant" });
    edition = own.dataset.edition;
    known = overlay = undefined;
    listen();
  };

  const show = (json) => {
    if (json == known) return;
    known = json;
    overlay?.remove();
    // What was put away stays away until it changes.
    if (json == "[]") delete sessionStorage.morgue;
    else if (json != sessionStorage.morgue && !("told" in me.dataset)) open(json);
  };

  const open = (json) => {
    overlay = make(document.body, "div");
    const root = overlay.attachShadow({ mode: "open" });
    Object.assign(make(root, "link"), { rel: "stylesheet", href: base + "problem.css" });
    const dialog = make(root, "dialog");
    make(dialog, "h1", "The last change has errors (Escape closes this)");
    for (const { code, message, place, line, help } of JSON.parse(json)) {
      make(dialog, "h2", code + " " + message);
      make(dialog, "p", place);
      if (line) {
        const pre = make(dialog, "pre", line[0]);
        make(pre, "mark", line[1]);
        pre.append(line[2]);
      }
      make(dialog, "p", help);
    }
    dialog.onclose = () => { sessionStorage.morgue = json; overlay.remove(); };
    dialog.showModal();
  };

  const listen = () => {
    events?.close();
    // A browser opens six connections to a host: pages that nobody looks at give theirs back.
    if (document.hidden) return;
    events = new EventSource(base + "events?edition=" + edition);
    events.addEventListener("reload", () => renew().catch(() => location.reload()));
    events.addEventListener("css", (e) => { edition = e.lastEventId; restyle(); });
    events.addEventListener("errors", (e) => show(e.data));
    events.onerror = () => { if (events.readyState == 2) setTimeout(listen, 1000); };
  };

  addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (e) => e.persisted && listen());
  listen();
})();
