const ONES = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: readonly (readonly [number, string])[] = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1000, 'thousand'],
  [100, 'hundred'],
];

/** A number, written in digits with or without a decimal point and commas, in words. */
export function numberInWords(digits: string): string {
  const [whole = '', fraction] = digits.replaceAll(',', '').split('.', 2);
  const words = whole.length > 12 ? inDigits(whole) : inWords(Number(whole));
  return fraction ? `${words} point ${inDigits(fraction)}` : words;
}

function inDigits(digits: string): string {
  return Array.from(digits, (digit) => ONES[Number(digit)] ?? '').join(' ');
}

function inWords(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  if (value < 100) {
    const tens = TENS[Math.floor(value / 10)] ?? '';
    return value % 10 === 0 ? tens : `${tens} ${ONES[value % 10] ?? ''}`;
  }
  const [size, name] = SCALES.find(([scale]) => value >= scale) ?? [100, 'hundred'];
  const rest = value % size;
  return `${inWords(Math.floor(value / size))} ${name}${rest === 0 ? '' : ` ${inWords(rest)}`}`;
}
