import { newId } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';

/** The alphabet of ids in the order of its character codes, so that numbers written in it sort as text. */
const ORDERED = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const TIME_CHARACTERS = 7;
/** 7 characters of 6 bits: milliseconds until May 2109. */
const LAST_TIME = 64 ** TIME_CHARACTERS - 1;

/**
 * A new room's id: 7 characters that fall with the time of creation, then 15 random ones (90 bits: unguessable).
 * Ids therefore sort newest first, so that a listing of objects named by id is the list of rooms, page by page,
 * while one room is still found by its id alone.
 */
export function newRoomId(createdAt: number): RoomId {
  return newestFirst(createdAt) + newId().slice(TIME_CHARACTERS);
}

/** 7 characters that sort a later time (milliseconds since the epoch) before an earlier one. */
export function newestFirst(at: number): string {
  let rest = LAST_TIME - at;
  let time = '';
  for (let i = 0; i < TIME_CHARACTERS; i++) {
    time = ORDERED.charAt(rest % 64) + time;
    rest = Math.floor(rest / 64);
  }
  return time;
}
