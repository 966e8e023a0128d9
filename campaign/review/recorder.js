// Recording in a pack that is opened from a file: consent, one line at a time, kept on the device, handed to the answer file.
"use strict";
window.campaignVoice = (() => {
  const id = (name) => document.getElementById(name), room = id("voice"), MOST = 12_000_000, RATE = 24_000;
  const about = JSON.parse(id("about").textContent), lines = [...room.querySelectorAll("li[data-clip]")];
  const uses = [...room.querySelectorAll("input[name=use]")], until = id("until"), done = id("read"), more = id("more");
  const clips = new Map(), sent = new Set();
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };

  // Recordings are too large for where the answers are kept.
  const base = new Promise((ready) => {
    try {
      const asked = indexedDB.open("campaign-voice", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("clips");
      asked.onsuccess = () => ready(asked.result);
      asked.onerror = () => ready(null);
    } catch { ready(null); }
  });
  const kept = async (mode, act) => {
    const open = await base;
    if (!open) { id("nowhere").hidden = false; return null; }
    return new Promise((ready) => {
      const asked = act(open.transaction("clips", mode).objectStore("clips"));
      asked.onsuccess = () => ready(asked.result);
      asked.onerror = () => { id("nowhere").hidden = false; ready(null); };
    });
  };
  const place = (key) => `${about.language}|${key}`, agreed = "campaign-voice|" + about.language;

  const consent = () => ({ uses: uses.filter((each) => each.checked).map((each) => each.value), until: until.value });
  const holds = () => consent().uses.length > 0 && until.value >= today();
  const given = () => { try { return JSON.parse(localStorage.getItem(agreed)).given || today(); } catch { return today(); } };
  const show = () => {
    lines.forEach((line) => { line.querySelector("button").disabled = !(holds() && capture.able()); });
    done.textContent = done.dataset.words.replace("%(read)s", clips.size).replace("%(clips)s", lines.length);
  };
  const remember = () => {
    show();
    try { localStorage.setItem(agreed, JSON.stringify({ ...consent(), given: today() })); } catch { id("nowhere").hidden = false; }
  };
  const deaf = () => { id("deaf").hidden = false; };
  const play = (line, file) => {
    const player = line.querySelector("audio");
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(file);
    player.hidden = false;
  };

  // A page of a file has no origin: the worklet comes as an address that holds it.
  const module = `data:text/javascript,${encodeURIComponent(id("pcm").textContent)}`;
  lines.forEach((line) => {
    const key = line.dataset.clip, [press, level, clock] = ["button", "meter", "[role=timer]"].map((each) => line.querySelector(each));
    capture.button({
      press, level, clock, stop: room.dataset.stop, module, rate: RATE, deaf,
      kept: async (file) => {
        clips.set(key, file); sent.delete(key); play(line, file); show();
        await kept("readwrite", (clips) => clips.put(file, place(key)));
      },
    });
    kept("readonly", (clips) => clips.get(place(key))).then((file) => {
      if (file && !clips.has(key)) { clips.set(key, file); play(line, file); show(); }
    });
  });
  try {
    const known = JSON.parse(localStorage.getItem(agreed));
    if (known) { uses.forEach((each) => { each.checked = known.uses.includes(each.value); }); until.value = known.until; }
  } catch { /* nothing is kept here */ }
  [...uses, until].forEach((each) => each.addEventListener("change", remember));
  if (!capture.able()) deaf();
  show();

  const coded = (file) => new Promise((ready) => {
    const reader = new FileReader();
    reader.onload = () => ready(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.readAsDataURL(file);
  });
  return {
    // What the answer file takes of it; what does not fit is in the next one.
    collect: async () => {
      if (!clips.size || !holds()) return null;
      if (sent.size === clips.size) sent.clear();
      const recordings = [];
      let size = 0;
      for (const [key, file] of clips) {
        if (sent.has(key) || size > MOST) continue;
        const data = await coded(file);
        recordings.push({ key, data });
        sent.add(key);
        size += data.length;
      }
      more.hidden = sent.size === clips.size;
      id("alone").hidden = false;
      return { ...consent(), given: given(), recordings };
    },
  };
})();
