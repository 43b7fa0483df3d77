/** Hands every block of the first channel to the page. Runs on the audio thread. */
class Recorder extends AudioWorkletProcessor {
  process(inputs) {
    const channel = inputs[0]?.[0];
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
}

registerProcessor('recorder', Recorder);
