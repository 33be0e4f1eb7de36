import * as z from 'zod';
import { defineTool } from '../tool.ts';

const parameters = z.object({
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, 'is not an IANA time zone such as Europe/Berlin')
    .default('UTC')
    .describe('IANA time zone such as Europe/Berlin; UTC when it is not given'),
});

export const currentTime = defineTool({
  name: 'current_time',
  description: 'Tells the date, the weekday and the time, in any time zone.',
  parameters,
  run: ({ timeZone }, room) => inZone(room.now(), timeZone),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function inZone(date: Date, timeZone: string): { iso: string; weekday: string; timeZone: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'longOffset', weekday: 'long' },
    ...{
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    },
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return { iso: `${day}T${time}${offset}`, weekday: part('weekday'), timeZone };
}
