export const encode = (text: string) => new TextEncoder().encode(text);
export const decode = (data: Uint8Array | undefined) => new TextDecoder().decode(data);
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
