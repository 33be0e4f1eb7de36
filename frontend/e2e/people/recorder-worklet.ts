/** Name of the file with {@link RECORDER_WORKLET}, which the studio serves beside the client. */
export const RECORDER_FILE = 'e2e-recorder.js';

/** Posts what it is given, as it is. */
export const RECORDER_WORKLET = `
const BLOCK = 1024;
registerProcessor('e2e-recorder', class extends AudioWorkletProcessor {
  block = new Float32Array(BLOCK);
  filled = 0;
  process([[channel]]) {
    if (channel) this.block.set(channel, this.filled);
    else this.block.fill(0, this.filled, this.filled + 128);
    this.filled += 128;
    if (this.filled === BLOCK) {
      this.port.postMessage({ endFrame: currentFrame + 128, samples: this.block.slice() });
      this.filled = 0;
    }
    return true;
  }
});`;
