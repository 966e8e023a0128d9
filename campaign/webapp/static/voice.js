// Records in the page: a worklet where the browser has one, MediaRecorder else. Without either, a file is sent instead.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("recorder"), LONGEST = 60;
  const media = navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  let running = null;

  const wav = (pieces, rate) => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const view = new DataView(new ArrayBuffer(44 + 2 * length));
    const text = (at, words) => [...words].forEach((c, n) => view.setUint8(at + n, c.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + 2 * length, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, rate, true); view.setUint32(28, 2 * rate, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, 2 * length, true);
    let at = 44;
    for (const piece of pieces) for (const x of piece) { view.setInt16(at, Math.max(-1, Math.min(1, x)) * 32767, true); at += 2; }
    return new File([view.buffer], "recording.wav", { type: "audio/wav" });
  };

  const send = (file) => {
    const chosen = new DataTransfer();
    chosen.items.add(file);
    $("recording").files = chosen.files;
    form.requestSubmit();
  };

  const worklet = async (stream) => {
    const context = new AudioContext(), pieces = [];
    await context.audioWorklet.addModule(form.dataset.worklet);
    const node = new AudioWorkletNode(context, "pcm", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => {
      pieces.push(data);
      $("level").value = data.reduce((top, x) => Math.max(top, Math.abs(x)), $("level").value * 0.95);
    };
    context.createMediaStreamSource(stream).connect(node);
    return async () => { const rate = context.sampleRate; await context.close(); return wav(pieces, rate); };
  };

  const recorder = async (stream) => {
    const machine = new MediaRecorder(stream), parts = [];
    machine.ondataavailable = ({ data }) => parts.push(data);
    machine.start();
    return () => new Promise((done) => {
      machine.onstop = () => done(new File(parts, "recording", { type: machine.mimeType }));
      machine.stop();
    });
  };

  const start = async () => {
    const asked = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: asked });
    const finish = await (window.AudioWorkletNode ? worklet : recorder)(stream);
    const begun = Date.now();
    const timer = setInterval(() => {
      const seconds = Math.floor((Date.now() - begun) / 1000);
      $("clock").textContent = `${seconds} / ${LONGEST}`;
      if (seconds >= LONGEST - 1) toggle();
    }, 250);
    running = async () => {
      clearInterval(timer);
      const file = await finish();
      stream.getTracks().forEach((track) => track.stop());
      send(file);
    };
    $("record").textContent = form.dataset.stop;
    $("record").setAttribute("aria-pressed", "true");
  };

  const toggle = async () => {
    const stop = running;
    running = null;
    try { await (stop || start)(); } catch { $("microphone").hidden = true; $("other").open = true; }
  };

  if (form) {
    $("microphone").hidden = !(media && (window.AudioWorkletNode || window.MediaRecorder) && window.DataTransfer);
    $("other").open = $("microphone").hidden;
    $("record").addEventListener("click", toggle);
  }
  const keys = {
    r: () => form && !$("microphone").hidden && toggle(), k: () => $("keep") && $("keep").click(),
    a: () => $("again") && $("again").click(), p: () => { const a = $("heard"); if (a) a.paused ? a.play() : a.pause(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
})();
