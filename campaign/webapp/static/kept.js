// Whatever is typed stays on this device until the program took it; the page says when the program does not answer.
// Without this file the page works as before: what is refused comes back in the form.
"use strict";
(() => {
  const body = document.body, say = document.getElementById("phrases").dataset;
  const prefix = `campaign-typed|${body.dataset.workspace}|`;
  // A private window may refuse to keep anything.
  const store = (() => {
    try { localStorage.setItem(`${prefix}?`, "1"); localStorage.removeItem(`${prefix}?`); return localStorage; } catch { return null; }
  })();
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { store.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const forget = (key) => { if (store) store.removeItem(key); };
  const all = () => store ? Object.keys(store).filter((key) => key.startsWith(prefix)) : [];
  const keyOf = (what, who) => `${prefix}${what}|${who}`;

  const taken = (body.dataset.taken || "").split(" ").filter(Boolean);
  all().forEach((key) => { const kept = read(key); if (kept && taken.includes(kept.sent)) forget(key); });

  const make = (name, words, kind) => { const made = document.createElement(name); made.textContent = words; if (kind) made.className = kind; return made; };
  const press = (words, act) => { const button = make("button", words); button.type = "button"; button.addEventListener("click", act); return button; };

  // The program, and whether it answers

  const bar = make("p", "", "lost");
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  document.getElementById("main").before(bar);
  let lost = false, waiting = null, run = body.dataset.run;
  const tell = (words) => { if (bar.textContent !== words) bar.textContent = words; bar.hidden = !words; };
  const refusal = (status) => status === 429 || status >= 500 ? say.gone : say.anew;  // a proxy answers for a program that does not
  const renew = async (form) => {  // another run of the program takes only forms that it made
    const page = new DOMParser().parseFromString(await (await fetch(form.dataset.page, { credentials: "same-origin" })).text(), "text/html");
    const fresh = page.getElementById(form.id) || page.querySelector("form[data-keep]");
    if (!fresh || !fresh.elements.once) return false;
    form.elements.once.value = fresh.elements.once.value;
    return true;
  };
  const found = async (now) => {
    if (now !== run) {
      for (const form of document.querySelectorAll("form[data-keep]")) if (!(await renew(form))) { tell(say.anew); return; }
      run = now;
    }
    if (!lost) return;
    lost = false;
    tell(say.back);
    setTimeout(() => { if (!lost) tell(""); }, 4000);
    if (waiting) { const [form, button] = waiting; waiting = null; form.requestSubmit(button); }
  };
  const ask = async () => {
    try {
      const answer = await fetch(body.dataset.here, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.ok) await found(await answer.text()); else { lost = true; tell(refusal(answer.status)); }
    } catch { lost = true; tell(say.gone); }
  };
  const again = async () => { if (!document.hidden) await ask(); setTimeout(again, lost ? 1500 : 4000); };
  if (document.querySelector("form[data-keep]")) {
    setTimeout(again, 4000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  }
  // A form that is sent to nobody would leave the browser's own error behind: asked at once, before it goes.
  const answers = () => {
    const request = new XMLHttpRequest();
    try { request.open("GET", body.dataset.here, false); request.send(); } catch { lost = true; tell(say.gone); return false; }
    if (request.status !== 200) { lost = true; tell(refusal(request.status)); return false; }
    if (request.responseText !== run) { lost = true; ask(); return false; }
    return true;
  };

  // What is typed

  const watch = (form) => {
    const fields = [...form.querySelectorAll("textarea[name]")].filter((field) => !field.readOnly);
    if (!fields.length) return;
    const mine = keyOf(form.dataset.keep, body.dataset.me), fresh = form.hasAttribute("data-fresh");
    let before = form.dataset.seen, sent = "", silent = false;
    const dirty = () => !fresh || fields.some((field) => field.value !== field.defaultValue);
    const keep = () => {
      if (!dirty()) { forget(mine); return; }
      const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
      if (!(store && write(mine, { values, seen: before, sent, at: Date.now() })) && !silent) {
        silent = true;
        form.prepend(make("p", say.nowhere, "refused"));
      }
    };
    const put = (values) => fields.forEach((field) => {
      if (field.name in values && field.value !== values[field.name]) {
        field.value = values[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    const differs = (values) => fields.some((field) => field.name in values && values[field.name] !== field.defaultValue);

    const clear = () => put(Object.fromEntries(fields.map((field) => [field.name, field.defaultValue])));
    const card = (words, ...rest) => {
      const made = make("div", "", "kept");
      made.setAttribute("role", "status");
      made.append(make("p", words), ...rest);
      form.prepend(made);
      return made;
    };
    const offer = (kept) => {  // what was typed; another text stood there then: it stays apart until it is put in or thrown away
      const lines = Object.entries(kept.values).filter(([, words]) => words.trim()).map(([, words]) => make("p", words, "old"));
      lines.forEach((line) => { line.dir = "auto"; });
      const shown = card(say.older, ...lines,
        press(say.put, () => { put(kept.values); forget(apart); shown.remove(); keep(); }),
        press(say.drop, () => { forget(apart); shown.remove(); }));
    };

    // What somebody typed before they said who they are is theirs as well.
    const apart = `${mine}|before`, other = keyOf(form.dataset.keep, ""), from = store && (read(mine) ? mine : read(other) ? other : "");
    const kept = from && read(from);
    if (fresh && kept && kept.values) {
      const same = kept.seen === form.dataset.seen;
      if (from !== mine || !same) forget(from);
      if (differs(kept.values) && same) {
        fields.forEach((field) => { if (field.name in kept.values) field.value = kept.values[field.name]; });
        keep();
        const shown = card(say.typed, press(say.drop, () => { clear(); forget(mine); shown.remove(); }));
      } else if (differs(kept.values)) write(apart, kept); else forget(from);
    } else if (!fresh) keep();
    if (fresh && store && read(apart)) offer(read(apart));

    form.addEventListener("input", keep);
    window.addEventListener("pagehide", keep);
    window.addEventListener("beforeunload", (event) => { if (!store && !sent && dirty()) event.preventDefault(); });
    form.addEventListener("submit", (event) => {
      const tries = event.submitter && event.submitter.hasAttribute("formaction");
      if (!answers()) { event.preventDefault(); waiting = tries ? null : [form, event.submitter]; keep(); return; }
      if (!tries) sent = form.elements.once.value;
      keep();
    });
  };
  document.querySelectorAll("form[data-keep]").forEach(watch);

  // Nothing is cut off: what is too long is said while it is typed, and refused with its words.
  const measure = (field) => {
    const note = make("p", say.long.replace("{most}", field.dataset.most), "refused long");
    note.setAttribute("role", "alert");
    const count = () => {
      const over = field.value.length > field.dataset.most && [...field.value].length > field.dataset.most;
      if (!over) note.remove(); else if (!note.isConnected) (field.closest(".faced") || field).after(note);
    };
    field.addEventListener("input", count);
    count();
  };
  document.querySelectorAll("textarea[data-most]").forEach(measure);
  // A form that came after its page.
  document.addEventListener("came", (event) => {
    [event.target, ...event.target.querySelectorAll("form")].filter((each) => each.matches("form[data-keep]")).forEach(watch);
    event.target.querySelectorAll("textarea[data-most]").forEach(measure);
  });

  document.querySelectorAll("[data-kept]").forEach((row) => {
    const kept = store && (read(keyOf(row.dataset.kept, body.dataset.me)) || read(keyOf(row.dataset.kept, "")));
    if (kept) (row.querySelector(".tags") || row).append(" ", make("span", say.unsent, "risk unsent"));
  });

  // Who one is: typed once, offered again when the program was stopped.
  const you = document.querySelector("form.you input[name=name]")?.form;
  if (you && store) {
    const key = `campaign-you|${body.dataset.workspace}`, kept = read(key), names = ["name", "role", "second"];
    if (kept && !you.elements.name.value) names.forEach((name) => { if (kept[name]) you.elements[name].value = kept[name]; });
    you.addEventListener("input", () => write(key, Object.fromEntries(names.map((name) => [name, you.elements[name].value]))));
  }
})();
