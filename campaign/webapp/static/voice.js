// Records in the page (capture.js). Without a microphone, a file is sent instead.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("recorder");
  const deaf = () => { $("microphone").hidden = true; $("other").open = true; };
  const send = (file) => {
    const chosen = new DataTransfer();
    chosen.items.add(file);
    $("recording").files = chosen.files;
    form.requestSubmit();
  };
  let toggle = null;
  if (form) {
    toggle = capture.button({
      press: $("record"), level: $("level"), clock: $("clock"), stop: form.dataset.stop, module: form.dataset.worklet, kept: send, deaf,
    });
    if (capture.able() && window.DataTransfer) $("microphone").hidden = false; else deaf();
  }
  const keys = {
    r: () => toggle && !$("microphone").hidden && toggle(), k: () => $("keep") && $("keep").click(),
    a: () => $("again") && $("again").click(), p: () => { const a = $("heard"); if (a) a.paused ? a.play() : a.pause(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
})();
