import {
  CreateRoomBody,
  EnterBody,
  Invite,
  InviteBody,
  InviteList,
  KnockAnswer,
  LiveSettings,
  LobbyView,
  Member,
  MemberBody,
  MemberList,
  Room,
  RoomChange,
  RoomList,
  RoomLiveView,
  RoomView,
  StatusBody,
  TicketView,
} from '@studio/contracts';
import { MembersQuery, RoomsQuery } from '../http/queries.ts';
import { NOTHING } from './route.ts';
import type { Answer, Route } from './route.ts';

const ROOM = '/api/rooms/{id}';
const VIEW: Answer = { description: 'The room as it is now.', schema: RoomView, headers: ['ETag'] };
const LIVE: Answer = {
  description: 'The settings as they are now.',
  schema: RoomLiveView,
  headers: ['ETag'],
};
const UNCHANGED: Answer = { description: 'It has not changed.', headers: ['ETag'] };
const MEMBER: Answer = { description: 'The member as it is now.', schema: Member };

/** Rooms, the way in, and the people. */
export const ROOM_ROUTES: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/rooms', id: 'listRooms', tag: 'Rooms' },
    summary: 'Rooms, newest first; with the scope `recent` those visited last',
    query: RoomsQuery,
    answers: { 200: { description: 'A page of rooms.', schema: RoomList, headers: ['Link'] } },
  },
  {
    ...{ method: 'post', path: '/api/rooms', id: 'createRoom', tag: 'Rooms' },
    summary: 'Create a room, whose owner one is',
    headers: ['Idempotency-Key'],
    body: CreateRoomBody,
    answers: { 201: { description: 'The new room.', schema: Room, headers: ['Location'] } },
    problems: ['conflict', 'not_found'],
  },
  {
    ...{ method: 'get', path: ROOM, id: 'getRoom', tag: 'Rooms' },
    summary: 'A room as one sees it, and what stands in the way into it',
    headers: ['If-None-Match'],
    answers: { 200: VIEW, 304: UNCHANGED },
  },
  {
    ...{ method: 'patch', path: ROOM, id: 'changeRoom', tag: 'Rooms' },
    summary: 'Change settings of a room; what is not named stays',
    headers: ['If-Match'],
    body: RoomChange,
    answers: { 200: VIEW },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'delete', path: ROOM, id: 'deleteRoom', tag: 'Rooms' },
    summary: 'Delete a room with everything that is kept of it',
    answers: { 204: NOTHING },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'put', path: `${ROOM}/status`, id: 'setRoomStatus', tag: 'Rooms' },
    summary: 'Close a room for all, or reopen it',
    body: StatusBody,
    answers: { 200: VIEW },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'post', path: `${ROOM}/ticket`, id: 'enterRoom', tag: 'Entry' },
    summary: 'Enter a room: a ticket for one connection, or the lobby',
    body: EnterBody,
    bodyOptional: true,
    answers: {
      200: { description: 'Admitted.', schema: TicketView },
      202: { description: 'In the lobby: ask again after `retryMs`, or lose the place.', schema: LobbyView },
    },
    problems: ['forbidden', 'passcode', 'conflict', 'closed', 'locked', 'rate_limited'],
  },
  {
    ...{ method: 'post', path: `${ROOM}/lobby/{personId}`, id: 'answerKnock', tag: 'Entry' },
    summary: 'Let somebody in who knocks, or not',
    body: KnockAnswer,
    answers: { 204: NOTHING },
    problems: ['forbidden', 'conflict'],
  },
  {
    ...{ method: 'get', path: `${ROOM}/invites`, id: 'listInvites', tag: 'Entry' },
    summary: 'The invite links of a room',
    answers: { 200: { description: 'All of them.', schema: InviteList } },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'post', path: `${ROOM}/invites`, id: 'createInvite', tag: 'Entry' },
    summary: 'Make an invite link; its id is the secret in it',
    body: InviteBody,
    bodyOptional: true,
    answers: { 201: { description: 'The new invite.', schema: Invite } },
    problems: ['forbidden', 'conflict'],
  },
  {
    ...{ method: 'delete', path: `${ROOM}/invites/{inviteId}`, id: 'revokeInvite', tag: 'Entry' },
    summary: 'Make an invite link worthless',
    answers: { 204: NOTHING },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'get', path: `${ROOM}/members`, id: 'listMembers', tag: 'People' },
    summary: 'The people who have been in a room',
    query: MembersQuery,
    answers: { 200: { description: 'A page of members.', schema: MemberList, headers: ['Link'] } },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'patch', path: `${ROOM}/members/{memberId}`, id: 'changeMember', tag: 'People' },
    summary: 'Give a role (`owner` hands the room over), put somebody out, or take them back',
    body: MemberBody,
    answers: { 200: MEMBER },
    problems: ['forbidden', 'conflict'],
  },
  {
    ...{ method: 'post', path: `${ROOM}/members/{memberId}/mute`, id: 'muteMember', tag: 'People' },
    summary: 'Switch somebody’s microphone off; they may switch it on again',
    answers: { 204: NOTHING },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'get', path: `${ROOM}/live`, id: 'getLive', tag: 'Gemini' },
    summary: 'How Gemini takes part in a room, and what it has used there',
    headers: ['If-None-Match'],
    answers: {
      200: LIVE,
      304: { ...UNCHANGED, description: 'The settings have not changed; what Gemini has used may have.' },
    },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'put', path: `${ROOM}/live`, id: 'setLive', tag: 'Gemini' },
    summary: 'Replace how Gemini takes part; an option that is not named gets its default',
    headers: ['If-Match'],
    body: LiveSettings,
    answers: { 200: LIVE },
    problems: ['forbidden', 'closed'],
  },
];
