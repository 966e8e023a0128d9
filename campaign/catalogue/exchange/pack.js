"use strict";
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const id = (name) => document.getElementById(name), name = id("name"), role = id("role"), done = id("done");
  const articles = [...document.querySelectorAll("article")];
  // Nothing can be typed where this does not run.
  id("still").hidden = true;
  document.querySelectorAll("[disabled]").forEach((field) => { field.disabled = false; });

  // A private window, or a preview, may refuse to keep anything.
  const store = (() => {
    try { localStorage.setItem("campaign-tried", "1"); localStorage.removeItem("campaign-tried"); return localStorage; } catch { return null; }
  })();
  id("nowhere").hidden = Boolean(store);
  const read = (key) => { try { return store && JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, value) => {
    try { if (store) store.setItem(key, JSON.stringify(value)); } catch { id("nowhere").hidden = false; }
  };

  // An answer is kept by its sentence, its source and its text: a pack that is sent again finds it.
  const rows = new Map(articles.map((article) => {
    const forms = [...article.querySelectorAll(".form")], comment = article.querySelector(".comment"), data = article.dataset;
    return [article, {
      forms, comment, first: forms.map((form) => form.value), data, place: `campaign-answer|${about.language}|${data.key}`,
      picked: () => article.querySelector("input:checked"),
    }];
  }));
  const changed = (row) => row.forms.some((form, n) => form.value !== row.first[n]);
  const given = (row) => changed(row) || row.picked() || row.comment.value.trim();
  const answerOf = (row) => ({
    key: row.data.key, source_hash: row.data.source, text_hash: row.data.text,
    forms: row.forms.map((form) => form.value), answer: row.picked() ? row.picked().value : "", comment: row.comment.value,
  });
  const answers = () => [...rows.values()].filter(given).map(answerOf);

  const keep = (article) => {  // one sentence alone: a key takes no longer in a large pack
    const row = rows.get(article);
    article.classList.toggle("answered", Boolean(given(row)));
    if (given(row)) write(row.place, answerOf(row)); else if (store) store.removeItem(row.place);
  };
  const who = () => write("campaign-who", { name: name.value, role: role.value });

  // What packs of earlier versions kept, all answers of one in one place.
  const earlier = store ? Object.keys(store).filter((key) => /^campaign-[0-9a-f]{16}$/.test(key)).map(read).filter(Boolean) : [];
  const before = new Map(earlier.flatMap((kept) => kept.answers || []).map((answer) => [answer.key, answer]));
  const known = read("campaign-who") || earlier.find((kept) => kept.name);
  if (known) { name.value = known.name; if ([...role.options].some((option) => option.value === known.role)) role.value = known.role; }
  rows.forEach((row, article) => {
    const kept = read(row.place) || before.get(row.data.key);
    if (!kept || !Array.isArray(kept.forms)) return;
    if (kept.source_hash === row.data.source && kept.text_hash === row.data.text && kept.forms.length === row.forms.length) {
      row.forms.forEach((form, n) => { form.value = kept.forms[n]; });
      row.comment.value = kept.comment;
      const pick = [...article.querySelectorAll("input[type=radio]")].find((each) => each.value === kept.answer);
      if (pick) pick.checked = true;
      keep(article);
      return;
    }
    // The text is another one now: what was typed stands beside it, whatever else is answered.
    write(`${row.place}|before`, kept);
    if (store) store.removeItem(row.place);
  });
  rows.forEach((row) => {
    const kept = read(`${row.place}|before`);
    const words = kept ? [...kept.forms, kept.comment].filter((text, n) => text && text.trim() && text !== row.first[n]) : [];
    if (!words.length) return;
    const old = document.createElement("p"), label = document.createElement("strong");
    old.className = "older"; old.dir = "auto";
    label.textContent = done.dataset.older;
    old.append(label, ...words.flatMap((text) => [document.createElement("br"), text]));
    row.forms[0].closest("label").before(old);
  });

  document.addEventListener("input", (event) => {
    const article = event.target.closest("article");
    if (!article) { who(); return; }
    const row = rows.get(article);
    if (event.target.classList.contains("form") && changed(row)) article.querySelector('input[value="changed"]').checked = true;
    keep(article);
  });

  // For an e-mail: letters and figures that no mail program changes, in short lines, with a check sum (CRC-32).
  const sum = (bytes) => {
    let all = -1;
    for (const byte of bytes) {
      all ^= byte;
      for (let bit = 0; bit < 8; bit++) all = all & 1 ? (all >>> 1) ^ 0xedb88320 : all >>> 1;
    }
    return ((all ^ -1) >>> 0).toString(16).padStart(8, "0");
  };
  const block = (text) => {
    const bytes = new TextEncoder().encode(text);
    const lines = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).match(/.{1,60}/g);
    return ["CAMPAIGN ANSWERS BEGIN", ...lines, `CAMPAIGN ANSWERS END ${sum(bytes)}`].join("\n");
  };

  let warned = false;
  id("make").addEventListener("click", async () => {
    const voice = window.campaignVoice ? await window.campaignVoice.collect() : null;  // a voice has a name
    if (!name.value.trim() && (voice || !warned)) { warned = true; id("unnamed").hidden = false; return; }
    id("unnamed").hidden = true;
    who();
    const given = answers();
    const said = {
      "campaign-answers": about.version, pack: about.pack, language: about.language, name: name.value, role: role.value, answers: given,
    };
    const file = id("file"), copy = id("copy");
    file.href = URL.createObjectURL(new Blob([JSON.stringify(voice ? { ...said, voice } : said)], { type: "application/json" }));
    file.hidden = copy.hidden = false;
    id("text").value = block(JSON.stringify(said));  // recordings are too long for a text
    done.textContent = done.dataset.words.replace("%(number)s", given.length);
    file.focus();
  });
})();
