import { CaptureFramer } from './capture-framer.ts';

/** Posts each frame of 20 ms as the buffer of its 16-bit samples. */
class CaptureProcessor extends AudioWorkletProcessor {
  readonly #framer = new CaptureFramer(sampleRate);

  process(inputs: Float32Array[][]): boolean {
    for (const { buffer } of this.#framer.push(inputs[0] ?? [])) this.port.postMessage(buffer, [buffer]);
    return true;
  }
}

registerProcessor('capture', CaptureProcessor);
