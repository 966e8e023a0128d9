// Hands the samples of the microphone on, as they are.
class Pcm extends AudioWorkletProcessor {
  process(inputs) {
    if (inputs[0].length) this.port.postMessage(inputs[0][0].slice());
    return true;
  }
}
registerProcessor("pcm", Pcm);
