export { RoomConfig } from './room-config.ts';
export type { RoomPorts } from './ports.ts';
export { startRoomService } from './start-room-service.ts';
export type { RoomServiceOptions } from './start-room-service.ts';
