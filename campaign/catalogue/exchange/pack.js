"use strict";
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const store = `campaign-${about.pack}`, name = document.getElementById("name"), role = document.getElementById("role");
  const articles = [...document.querySelectorAll("article")];
  const forms = (article) => [...article.querySelectorAll(".form")];
  const first = new Map(articles.map((article) => [article, forms(article).map((form) => form.value)]));

  const answerOf = (article) => {
    const picked = article.querySelector("input:checked");
    return {
      key: article.dataset.key, source_hash: article.dataset.source, text_hash: article.dataset.text,
      forms: forms(article).map((form) => form.value), answer: picked ? picked.value : "",
      comment: article.querySelector(".comment").value,
    };
  };
  const changed = (article) => forms(article).some((form, n) => form.value !== first.get(article)[n]);
  const given = (article) => changed(article) || article.querySelector("input:checked") || article.querySelector(".comment").value.trim();
  const answers = () => articles.filter(given).map(answerOf);

  // A private window may refuse to keep anything: then the page still works until it is closed.
  const keep = () => {
    articles.forEach((article) => article.classList.toggle("answered", Boolean(given(article))));
    try { localStorage.setItem(store, JSON.stringify({ name: name.value, role: role.value, answers: answers() })); } catch { /* see above */ }
  };
  try {
    const kept = JSON.parse(localStorage.getItem(store) || "null");
    if (kept) {
      name.value = kept.name; role.value = kept.role;
      const byKey = new Map(kept.answers.map((answer) => [answer.key, answer]));
      articles.forEach((article) => {
        const answer = byKey.get(article.dataset.key);
        if (!answer) return;
        forms(article).forEach((form, n) => { form.value = answer.forms[n]; });
        article.querySelector(".comment").value = answer.comment;
        const pick = article.querySelector(`input[value="${answer.answer}"]`);
        if (pick) pick.checked = true;
      });
    }
  } catch { /* nothing was kept */ }
  keep();

  document.addEventListener("input", (event) => {
    const article = event.target.closest("article");
    if (article && event.target.classList.contains("form") && changed(article)) article.querySelector('input[value="changed"]').checked = true;
    keep();
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

  document.getElementById("make").addEventListener("click", () => {
    keep();
    const text = JSON.stringify({
      "campaign-answers": about.version, pack: about.pack, language: about.language, name: name.value, role: role.value, answers: answers(),
    });
    const file = document.getElementById("file"), copy = document.getElementById("copy");
    file.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    file.hidden = copy.hidden = false;
    document.getElementById("text").value = block(text);
    const done = document.getElementById("done");
    done.textContent = done.dataset.words.replace("%(number)s", answers().length);
    file.focus();
  });
})();
