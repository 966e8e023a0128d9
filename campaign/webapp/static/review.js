// Comfort only: every page works without this file. Keys, chips that insert themselves, and a preview while typing.
"use strict";
(() => {
  const form = document.getElementById("editor");
  const follow = (rel) => { const link = document.querySelector(`main a[rel="${rel}"], header a[rel="${rel}"]`); if (link) link.click(); };
  const rtl = document.documentElement.dir === "rtl";
  const texts = form ? [...form.querySelectorAll('textarea[name^="text"]')] : [];
  const typed = () => texts.some((text) => text.value !== text.defaultValue);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && form.contains(event.target)) {
      event.preventDefault();
      const button = form.querySelector('button[value="next"]');
      if (typed() && button) form.requestSubmit(button); else follow("next");
    } else if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      follow((event.key === "ArrowRight") !== rtl ? "next" : "prev");
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      follow(event.key === "ArrowDown" ? "next" : "prev");
    } else if (event.key === "Escape") {
      follow("up");
    }
  });

  if (!form) return;
  let last = texts[0], face = null;
  texts.forEach((text) => {
    text.addEventListener("focus", () => { last = text; face = null; });
    if (text.face) text.face.addEventListener("focus", () => { last = text; face = text.face; });
  });
  document.querySelectorAll(".chip").forEach((chip) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.append(...chip.childNodes);
    button.disabled = !last || last.readOnly;
    button.addEventListener("mousedown", (event) => event.preventDefault());  // the cursor stays where it is
    button.addEventListener("click", () => {
      if (face) { face.insert(chip.dataset.insert); return; }
      last.focus();
      last.setRangeText(chip.dataset.insert, last.selectionStart, last.selectionEnd, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
    chip.replaceWith(button);
  });

  // One preview at a time; an answer that a newer text has overtaken is thrown away.
  let timer, turn = 0;
  const look = async () => {
    const mine = ++turn, data = new URLSearchParams(new FormData(form));
    data.set("part", "1");
    try {
      const answer = await fetch(form.dataset.try, { method: "POST", body: data, credentials: "same-origin" });
      if (answer.ok && mine === turn) document.getElementById("looks").innerHTML = await answer.text();
    } catch { /* the program was closed: the page says so by itself */ }
  };
  texts.forEach((text) => text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 500); }));
})();
