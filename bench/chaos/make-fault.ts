import { once } from 'node:events';
import { connect } from 'node:net';
import type { Downtime } from './downtime.ts';
import { BROKERS } from './plan.ts';
import type { Fault, Target } from './plan.ts';
import type { Stack } from './stack.ts';

/** Makes a fault and resolves when it is over and what it broke is there again. Tells when a broker was away. */
export async function makeFault(fault: Fault, stack: Stack, downtime: Downtime): Promise<void> {
  const broker = BROKERS.find((name) => name === fault.target);
  const over = broker === undefined ? undefined : downtime.begin();
  switch (fault.kind) {
    case 'kill':
      stack.signal(fault.target, 'SIGKILL');
      await comesBack(stack, fault.target);
      break;
    case 'restart':
      stack.signal(fault.target, 'SIGTERM');
      await comesBack(stack, fault.target);
      break;
    case 'pause':
      stack.signal(fault.target, 'SIGSTOP');
      await delay(fault.forMs);
      stack.signal(fault.target, 'SIGCONT');
      break;
    case 'empty':
      await flush(stack.brokerPort(fault.target));
      stack.signal(fault.target, 'SIGKILL');
      await comesBack(stack, fault.target);
      break;
    case 'away':
      stack.storage.link.cut();
      await delay(fault.forMs);
      stack.storage.link.heal();
      break;
    case 'cut':
    case 'silence': {
      const link = stack.link(fault.target, fault.broker);
      if (fault.kind === 'cut') link.cut();
      else link.silence();
      await delay(fault.forMs);
      link.heal();
    }
  }
  over?.();
}

/** In words, for the report. */
export function faultInWords(fault: Fault): string {
  const { kind, target } = fault;
  const time = 'forMs' in fault ? ` for ${(fault.forMs / 1_000).toFixed(1)} s` : '';
  return 'broker' in fault ? `${kind} ${target} from ${fault.broker}${time}` : `${kind} ${target}${time}`;
}

/** How many faults there are of each kind. */
export function kindsInWords(faults: readonly Fault[]): string {
  const groups = Map.groupBy(faults, ({ kind }) => kind);
  return Array.from(groups, ([kind, { length }]) => `${length} ${kind}`).join(', ');
}

async function comesBack(stack: Stack, target: Target): Promise<void> {
  await stack.ended(target);
  await stack.ready(target);
}

/** Deletes everything that a redis-server holds, on its disk too. */
async function flush(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write('FLUSHALL\r\n');
  await once(socket, 'data');
  socket.destroy();
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
