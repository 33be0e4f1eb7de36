import { expect, it } from 'vitest';
import { may, PERMISSIONS, Role } from './permissions.ts';
import type { Permission } from './permissions.ts';

it('lets a viewer read and nothing else', () => {
  const allowed = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    may('viewer', permission),
  );
  expect(allowed).toEqual(['room.read']);
});

it('lets an owner do everything that anybody may do', () => {
  for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
    expect(may('owner', permission)).toBe(Role.options.some((role) => may(role, permission)));
  }
});
