/** In-place discrete Fourier transform of a power of two of complex numbers; the inverse is not scaled. */
export function transform(real: Float64Array, imaginary: Float64Array, inverse: boolean): void {
  const size = real.length;
  for (let index = 1, reversed = 0; index < size; index += 1) {
    let bit = size >> 1;
    for (; (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (index < reversed) {
      swap(real, index, reversed);
      swap(imaginary, index, reversed);
    }
  }
  for (let length = 2; length <= size; length <<= 1) {
    const half = length >> 1;
    const angle = ((inverse ? 2 : -2) * Math.PI) / length;
    const cosines = Float64Array.from({ length: half }, (_, index) => Math.cos(angle * index));
    const sines = Float64Array.from({ length: half }, (_, index) => Math.sin(angle * index));
    for (let start = 0; start < size; start += length) {
      for (let index = 0; index < half; index += 1) {
        const low = start + index;
        const high = low + half;
        const re = real[high]! * cosines[index]! - imaginary[high]! * sines[index]!;
        const im = real[high]! * sines[index]! + imaginary[high]! * cosines[index]!;
        real[high] = real[low]! - re;
        imaginary[high] = imaginary[low]! - im;
        real[low]! += re;
        imaginary[low]! += im;
      }
    }
  }
}

function swap(array: Float64Array, a: number, b: number): void {
  const kept = array[a]!;
  array[a] = array[b]!;
  array[b] = kept;
}
