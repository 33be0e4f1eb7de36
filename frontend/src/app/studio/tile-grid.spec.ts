import { describe, expect, it } from 'vitest';
import { TILE_RATIO, tileGrid } from './tile-grid.ts';

const GAP = 12;

describe('the grid of tiles', () => {
  it('puts two tiles side by side in a wide place and one above the other in a high one', () => {
    expect(tileGrid(2, { width: 1_000, height: 400 }, GAP, 150, 900).columns).toBe(2);
    expect(tileGrid(2, { width: 400, height: 1_000 }, GAP, 150, 900).columns).toBe(1);
  });

  it.each([1, 2, 3, 5, 8, 13, 24])('fits %i tiles into the place', (count) => {
    const place = { width: 1_200, height: 800 };
    const { columns, tileWidth } = tileGrid(count, place, GAP, 100, 560);
    const rows = Math.ceil(count / columns);
    expect(columns * tileWidth + (columns - 1) * GAP).toBeLessThanOrEqual(place.width);
    expect((rows * tileWidth) / TILE_RATIO + (rows - 1) * GAP).toBeLessThanOrEqual(place.height);
  });

  it('makes no tile wider than allowed', () => {
    expect(tileGrid(1, { width: 3_000, height: 2_000 }, GAP, 150, 560).tileWidth).toBe(560);
  });

  it('lets two hundred people scroll rather than shrink to nothing', () => {
    const { columns, tileWidth } = tileGrid(200, { width: 800, height: 600 }, GAP, 150, 560);
    expect(columns).toBe(5);
    expect(tileWidth).toBeGreaterThanOrEqual(150);
  });

  it('gives a place that is not laid out yet one column', () => {
    expect(tileGrid(3, { width: 0, height: 0 }, GAP, 150, 560).columns).toBe(1);
  });
});
