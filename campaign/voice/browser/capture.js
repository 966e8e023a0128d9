// Takes sound from the microphone: the samples as they are by a worklet, MediaRecorder where that cannot be had.
"use strict";
const capture = (() => {
  const LONGEST = 60;
  const able = () => Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia && (window.AudioWorkletNode || window.MediaRecorder));

  const wav = (samples, rate) => {
    const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
    const text = (at, words) => [...words].forEach((c, n) => view.setUint8(at + n, c.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + 2 * samples.length, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, rate, true); view.setUint32(28, 2 * rate, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, 2 * samples.length, true);
    samples.forEach((x, n) => view.setInt16(44 + 2 * n, Math.max(-1, Math.min(1, x)) * 32767, true));
    return new File([view.buffer], "recording.wav", { type: "audio/wav" });
  };

  const joined = (pieces) => {
    const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) { all.set(piece, at); at += piece.length; }
    return all;
  };

  const resampled = async (samples, from, to) => {
    if (from === to || !samples.length) return samples;
    const quiet = new OfflineAudioContext(1, Math.ceil(samples.length * to / from), to), buffer = quiet.createBuffer(1, samples.length, from);
    buffer.copyToChannel(samples, 0);
    const source = quiet.createBufferSource();
    source.buffer = buffer; source.connect(quiet.destination); source.start();
    return (await quiet.startRendering()).getChannelData(0);
  };

  const worklet = async (context, source, module, rate) => {
    const pieces = [];
    await context.audioWorklet.addModule(module);
    const node = new AudioWorkletNode(context, "pcm", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => pieces.push(data);
    source.connect(node);
    return async () => { source.disconnect(); return wav(await resampled(joined(pieces), context.sampleRate, rate), rate); };
  };

  const recorder = (stream) => {
    const machine = new MediaRecorder(stream), parts = [];
    machine.ondataavailable = ({ data }) => parts.push(data);
    machine.start();
    return () => new Promise((done) => {
      machine.onstop = () => done(new File(parts, "recording", { type: machine.mimeType }));
      machine.stop();
    });
  };

  // `module` is the address of the worklet, `rate` that of the file (the device's own when left out).
  const start = async (module, rate) => {
    const asked = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: asked });
    const context = new AudioContext(), source = context.createMediaStreamSource(stream), meter = context.createAnalyser();
    const block = new Float32Array(meter.fftSize);
    source.connect(meter);
    let finish;
    try {
      // A browser may keep its sound still until somebody touches the page: then no sample comes.
      await Promise.race([context.resume(), new Promise((late) => setTimeout(late, 500))]);
      if (context.state !== "running") throw new Error(context.state);
      finish = await worklet(context, source, module, rate || context.sampleRate);
    } catch { finish = recorder(stream); }
    return {
      level: () => { meter.getFloatTimeDomainData(block); return block.reduce((top, x) => Math.max(top, Math.abs(x)), 0); },
      finish: async () => {
        try { return await finish(); } finally { stream.getTracks().forEach((track) => track.stop()); context.close(); }
      },
    };
  };

  // A button that records and stops, with its meter and clock; `kept` gets the file, `deaf` is called without a microphone.
  const button = ({ press, level, clock, stop, module, rate, kept, deaf }) => {
    let running = null, busy = false;
    const say = press.textContent;
    const ended = () => { press.textContent = say; press.setAttribute("aria-pressed", "false"); };
    const begin = async () => {
      const taking = await start(module, rate), begun = Date.now();
      const timer = setInterval(() => {
        const seconds = Math.floor((Date.now() - begun) / 1000);
        level.value = Math.max(taking.level(), level.value * 0.8);
        clock.textContent = `${seconds} / ${LONGEST}`;
        if (seconds >= LONGEST - 1) toggle();
      }, 100);
      running = async () => { clearInterval(timer); level.value = 0; ended(); await kept(await taking.finish()); };
      press.textContent = stop;
      press.setAttribute("aria-pressed", "true");
    };
    const toggle = async () => {
      if (busy) return;
      busy = true;
      const end = running;
      running = null;
      try { await (end || begin)(); } catch { ended(); deaf(); } finally { busy = false; }
    };
    press.addEventListener("click", toggle);
    return toggle;
  };
  return { able, button };
})();
