// Passes on what the microphone hears, a tenth of a second at a time, as it is.
class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.held = [];
    this.count = 0;
  }

  process([[heard]]) {
    if (!heard) return true;
    this.held.push(heard.slice());
    this.count += heard.length;
    if (this.count >= sampleRate / 10) {
      this.port.postMessage(this.held);
      this.held = [];
      this.count = 0;
    }
    return true;
  }
}
registerProcessor("capture", Capture);
