import { expect, it } from 'vitest';
import { whyNoReplicas } from './replicas.ts';

it.each(['2.9.10', '2.9.25', '1.4.1', ''])(
  'refuses replicas on nats-server %s, and takes one copy',
  (version) => {
    expect(whyNoReplicas(3, version)).toContain(
      `nats-server ${version} lets two writers write the same entry`,
    );
    expect(whyNoReplicas(1, version)).toBeUndefined();
  },
);

it.each(['2.10.0', '2.10.29', '2.11.0-RC.1', '2.15.2', '3.0.0'])(
  'takes replicas on nats-server %s',
  (version) => {
    expect(whyNoReplicas(3, version)).toBeUndefined();
  },
);
