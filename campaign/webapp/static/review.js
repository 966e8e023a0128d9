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

  // Previews come after their page: asked for again until all are there. An answer that a newer text has overtaken is
  // thrown away, and so is the wait for it; what is there already stays as it is.
  let looks = document.getElementById("looks"), timer, turn = 0;
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const put = (words) => {
    const fresh = document.createElement("template");
    fresh.innerHTML = words;
    for (const each of [...fresh.content.children]) {
      const known = [...looks.children].find((old) => old.isEqualNode(each));
      if (known) each.replaceWith(known);
    }
    looks.replaceChildren(...fresh.content.childNodes);
    looks.setAttribute("aria-busy", String(Boolean(looks.querySelector("[data-coming]"))));
  };
  // What a page holds only together with its look, such as the form to sign it.
  const whole = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { credentials: "same-origin", cache: "no-store" })).text(), "text/html");
    for (const old of document.querySelectorAll("[data-comes]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      const made = document.importNode(fresh, true);
      old.replaceWith(made);
      made.dispatchEvent(new Event("came", { bubbles: true }));
    }
    looks = document.getElementById("looks");
    if (looks) await come(turn);
  };
  const come = async (mine) => {
    for (let rest = 250; mine === turn; rest = Math.min(1.5 * rest, 2000)) {
      const next = looks.querySelector("[data-coming]");
      if (!next) { if (looks.hasAttribute("data-whole")) await whole(); return; }
      await pause(document.hidden ? 3000 : rest);
      try {
        const answer = await fetch(next.dataset.coming, { credentials: "same-origin", cache: "no-store" });
        if (answer.status === 404) { await (form ? look() : whole()); return; }  // another run of the program
        const words = answer.ok ? await answer.text() : "";
        if (words && mine === turn) put(words);
      } catch { /* the program does not answer: the page says so by itself, and asks again */ }
    }
  };
  const look = async () => {
    const mine = ++turn, data = new URLSearchParams(new FormData(form));
    data.set("part", "1");
    try {
      const answer = await fetch(form.dataset.try, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok || mine !== turn) return;
      put(await answer.text());
      await come(mine);
    } catch { /* the program was closed: the page says so by itself */ }
  };
  if (looks) come(turn);

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

  texts.forEach((text) => text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 500); }));
})();
