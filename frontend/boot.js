// Runs before the app: the chosen theme (before the first paint), the app's start, and peace with the
// browser's own translation. Not for anything the app itself can do.
(() => {
  "use strict";
  try {
    const theme = localStorage.getItem("kazi.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    const language = localStorage.getItem("kazi.language");
    if (language) document.documentElement.lang = language;
  } catch { /* storage is switched off: the system's theme and language hold */ }

  // A browser that translates a page wraps each text node in <font>, or puts a <font> in its place. The
  // app holds on to its text nodes, so removing, changing or inserting beside one would fail or hit
  // the wrong place. These few methods of the DOM are taught to find the wrapper.
  const standIn = new WeakMap(); // text node taken out by the translator -> the <font> in its place
  const outermost = (node) => {
    let top = null;
    for (let at = node.parentNode; at && at.nodeName === "FONT"; at = at.parentNode) top = at;
    return top;
  };
  const wrapper = (node) => {
    if (node.nodeType !== Node.TEXT_NODE) return null;
    const font = standIn.get(node);
    if (font && font.isConnected && !node.parentNode) return outermost(font) ?? font;
    return outermost(node);
  };
  new MutationObserver((records) => {
    for (const record of records) {
      const font = [...record.addedNodes].find((n) => n.nodeName === "FONT");
      if (font) for (const gone of record.removedNodes) if (gone.nodeType === Node.TEXT_NODE) standIn.set(gone, font);
    }
    // The two steps of a replacement may come as two records: the text goes, then its <font> is there.
    for (let i = 0; i < records.length; i++) {
      const gone = [...records[i].removedNodes].find((n) => n.nodeType === Node.TEXT_NODE && !n.parentNode && !standIn.has(n));
      if (!gone) continue;
      const near = records.find((r) => r.target === records[i].target && [...r.addedNodes].some((n) => n.nodeName === "FONT")
        && (r.nextSibling === gone || r.previousSibling === gone));
      if (near) standIn.set(gone, [...near.addedNodes].find((n) => n.nodeName === "FONT"));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  const value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  Object.defineProperty(Node.prototype, "nodeValue", {
    ...value,
    set(text) {
      const font = this.nodeType === Node.TEXT_NODE && this.nodeValue !== text ? wrapper(this) : null;
      value.set.call(this, text);
      if (font) font.replaceWith(this);
    },
  });
  const remove = CharacterData.prototype.remove;
  CharacterData.prototype.remove = function () {
    const font = wrapper(this);
    remove.call(this);
    if (font) font.remove();
  };
  const removeChild = Node.prototype.removeChild;
  Node.prototype.removeChild = function (child) {
    if (child.parentNode === this) return removeChild.call(this, child);
    const font = wrapper(child);
    if (font && font.parentNode === this) removeChild.call(this, font);
    return child;
  };
  const insertBefore = Node.prototype.insertBefore;
  Node.prototype.insertBefore = function (child, before) {
    if (before && before.parentNode !== this) {
      const font = wrapper(before);
      before = font && font.parentNode === this ? font : null;
    }
    return insertBefore.call(this, child, before);
  };

  const missing = () => {
    const wait = document.getElementById("kazi-wait");
    if (wait) wait.textContent = "Kazi could not be loaded. Check your connection, then load the page again. / "
      + "Kazi n’a pas pu être chargé. Vérifiez votre connexion, puis rechargez la page.";
  };
  addEventListener("kazi-missing", missing);
  document.addEventListener("DOMContentLoaded", async () => {
    try {
      const app = await import(document.getElementById("kazi-js").href);
      await app.default({ module_or_path: document.getElementById("kazi-wasm").href });
    } catch (error) {
      console.error(error);
      missing();
    }
  });
})();
