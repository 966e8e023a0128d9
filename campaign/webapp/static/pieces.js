// Placeholders as pieces: in lists drawn as what readers will see; in an editor that cannot break them or turn them round.
// The text area stays: it holds the exact text, and whoever comes to it by the keyboard types into it as before.
"use strict";
(() => {
  const form = /%\((\w+)\)s/g;
  const piece = (exact, says) => {
    const made = document.createElement("code");
    made.className = "piece"; made.dir = "ltr"; made.dataset.says = says; made.textContent = exact;
    return made;
  };
  const drawn = (text, says) => {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(form)) {
      if (says(match[0]) === undefined) continue;
      parts.push(text.slice(end, match.index), piece(match[0], says(match[0])));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)].filter((part) => part !== "");
  };

  document.querySelectorAll("[data-samples]").forEach((list) => {
    const known = JSON.parse(list.dataset.samples), says = (exact) => known[exact.slice(2, -2)] ?? "…";
    list.querySelectorAll("a.name").forEach((name) => name.replaceChildren(...drawn(name.textContent, says)));
  });

  const chips = [...document.querySelectorAll("#chips [data-insert]")];
  const known = new Map(chips.map((chip) => [chip.dataset.insert, chip.querySelector("bdi").textContent]));
  document.querySelectorAll('textarea[name^="text"]').forEach((area) => {
    if (area.readOnly || !known.size) return;
    const face = document.createElement("div"), frame = document.createElement("div");
    face.className = "face";
    face.lang = area.lang; face.dir = area.dir; face.spellcheck = true;
    face.setAttribute("role", "textbox");
    face.setAttribute("aria-multiline", "true");
    face.setAttribute("aria-label", area.labels[0].textContent);
    face.contentEditable = "plaintext-only";
    if (face.contentEditable !== "plaintext-only") return;  // an old browser: the text area alone
    frame.className = "faced";
    area.replaceWith(frame);
    frame.append(face, area);

    const exact = () => [...face.childNodes].map((node) => node.nodeName === "BR" ? "\n" : node.textContent).join("");
    const show = () => {
      face.replaceChildren(...drawn(area.value, (each) => known.get(each)));
      face.querySelectorAll(".piece").forEach((each) => { each.contentEditable = "false"; });
      // A line break at the very end shows only with something behind it.
      if (area.value.endsWith("\n")) face.append(document.createElement("br"));
    };
    let mine = false;
    const take = () => {
      let text = exact();
      if (face.lastChild && face.lastChild.nodeName === "BR") text = text.slice(0, -1);
      if (text === area.value) return;
      mine = true;
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      mine = false;
    };
    face.addEventListener("input", (event) => { event.stopPropagation(); take(); });
    face.addEventListener("blur", show);
    area.addEventListener("input", () => { if (!mine && document.activeElement !== face) show(); });
    area.addEventListener("blur", show);
    face.insert = (words) => {
      face.focus();
      const selected = getSelection();
      if (!selected.rangeCount || !face.contains(selected.anchorNode)) { area.value += words; show(); area.dispatchEvent(new Event("input", { bubbles: true })); return; }
      const range = selected.getRangeAt(0), made = piece(words, known.get(words));
      made.contentEditable = "false";
      range.deleteContents();
      range.insertNode(made);
      range.setStartAfter(made);
      range.collapse(true);
      take();
    };
    area.face = face;
    for (const label of area.labels) label.addEventListener("click", (event) => { event.preventDefault(); face.focus(); });
    show();
    // The other files put words into the text area by themselves when the page comes.
    window.addEventListener("load", show);
  });

  // Read aloud, where the device has a voice for the language.
  const area = document.querySelector('textarea[name="text0"]'), say = document.getElementById("phrases").dataset;
  if (!area || !window.speechSynthesis) return;
  const offer = () => {
    const tag = area.lang.toLowerCase(), voice = speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().replace("_", "-").split("-")[0] === tag.split("-")[0]);
    if (!voice || document.getElementById("aloud")) return;
    const button = document.createElement("button");
    button.type = "button"; button.id = "aloud"; button.textContent = say.aloud;
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const words = new SpeechSynthesisUtterance(area.value.replace(form, (exact) => known.get(exact) ?? exact));
      words.voice = voice; words.lang = voice.lang;
      words.onstart = () => { button.textContent = say.quiet; };
      words.onend = words.onerror = () => { button.textContent = say.aloud; };
      speechSynthesis.speak(words);
    });
    document.querySelector(".answers.less").append(button);
  };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
})();
