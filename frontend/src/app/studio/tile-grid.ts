export interface TileGrid {
  readonly columns: number;
  /** Pixels. */
  readonly tileWidth: number;
}

/** Tiles are as wide as that many times their height. */
export const TILE_RATIO = 4 / 3;

/**
 * The number of columns that makes `count` tiles as large as the place (in pixels) allows.
 * @param narrowest tiles are never narrower: then the place scrolls
 * @param widest nor wider
 */
export function tileGrid(
  count: number,
  place: { width: number; height: number },
  gap: number,
  narrowest: number,
  widest: number,
): TileGrid {
  let best: TileGrid = { columns: 1, tileWidth: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (place.width - gap * (columns - 1)) / columns;
    const byHeight = ((place.height - gap * (rows - 1)) / rows) * TILE_RATIO;
    const tileWidth = Math.floor(Math.min(byWidth, byHeight));
    if (tileWidth > best.tileWidth) best = { columns, tileWidth };
  }
  if (best.tileWidth >= narrowest) return { ...best, tileWidth: Math.min(best.tileWidth, widest) };
  const columns = Math.max(1, Math.floor((place.width + gap) / (narrowest + gap)));
  return { columns, tileWidth: Math.floor((place.width - gap * (columns - 1)) / columns) };
}
