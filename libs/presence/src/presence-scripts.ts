import { redisScript } from './redis-script.ts';
import { COUNTER_MS } from './retention.ts';

// KEYS[1] is what all keys begin with. They are in one hash slot, because a sweep changes all rooms at once:
//   expiry          sorted set: [roomId, connectionId] as JSON, by the time it expires (milliseconds since the epoch)
//   rooms           set: ids of rooms with connections
//   room:<id>       hash: connection id -> [source, state, participantId, details] as JSON, details being JSON in a string
//   people:<id>     hash: participant id -> number of connections
//   source:<id>     the last source given out; expires when the room has been empty for long
// Members of \`expiry\` are always encoded by the caller, so that the same connection is the same bytes.
const COMMON = `
local base = KEYS[1]
local expiry, rooms = base .. 'expiry', base .. 'rooms'

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function remove(roomId, connectionId, member)
  local room, people = base .. 'room:' .. roomId, base .. 'people:' .. roomId
  local record = redis.call('HGET', room, connectionId)
  redis.call('ZREM', expiry, member)
  if not record then return false end
  redis.call('HDEL', room, connectionId)
  local participantId = cjson.decode(record)[3]
  local left = redis.call('HINCRBY', people, participantId, -1)
  if left == 0 then redis.call('HDEL', people, participantId) end
  if redis.call('EXISTS', room) == 0 then
    redis.call('SREM', rooms, roomId)
    redis.call('PEXPIRE', base .. 'source:' .. roomId, ${COUNTER_MS})
  end
  return {roomId, connectionId, record, left == 0 and 1 or 0}
end
`;

/** ARGV: member, roomId, connectionId, participantId, details, ttl. Answers [source, 1 when first]. */
export const JOIN = redisScript(`${COMMON}
local member, roomId, connectionId, participantId, details = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local room = base .. 'room:' .. roomId
local source, first = 0, 0
local before = redis.call('HGET', room, connectionId)
if before then
  before = cjson.decode(before)
  source, participantId = before[1], before[3]
else
  source = redis.call('INCR', base .. 'source:' .. roomId)
  redis.call('PERSIST', base .. 'source:' .. roomId)
  redis.call('SADD', rooms, roomId)
  if redis.call('HINCRBY', base .. 'people:' .. roomId, participantId, 1) == 1 then first = 1 end
end
redis.call('HSET', room, connectionId, cjson.encode({source, 'present', participantId, details}))
redis.call('ZADD', expiry, now() + ARGV[6], member)
return {source, first}
`);

/** ARGV: roomId, connectionId, state or '', details or ''. Answers the record, or nothing. */
export const UPDATE = redisScript(`${COMMON}
local room = base .. 'room:' .. ARGV[1]
local record = redis.call('HGET', room, ARGV[2])
if not record then return false end
record = cjson.decode(record)
if ARGV[3] ~= '' then record[2] = ARGV[3] end
if ARGV[4] ~= '' then record[4] = ARGV[4] end
record = cjson.encode(record)
redis.call('HSET', room, ARGV[2], record)
return record
`);

/** ARGV: ttl, members. Answers the positions of those that are not there, from 0. */
export const BEAT = redisScript(`${COMMON}
local gone, expiresAt = {}, now() + ARGV[1]
for index = 2, #ARGV do
  if redis.call('ZSCORE', expiry, ARGV[index]) then redis.call('ZADD', expiry, expiresAt, ARGV[index])
  else gone[#gone + 1] = index - 2 end
end
return gone
`);

/** ARGV: member, roomId, connectionId. Answers [roomId, connectionId, record, 1 when last], or nothing. */
export const LEAVE = redisScript(`${COMMON}
return remove(ARGV[2], ARGV[3], ARGV[1])
`);

/** ARGV: roomId, whose connections have left. One that came since keeps its number. */
export const ERASE = redisScript(`${COMMON}
if redis.call('EXISTS', base .. 'room:' .. ARGV[1]) == 0 then redis.call('DEL', base .. 'source:' .. ARGV[1]) end
return 1
`);

/** ARGV: how many at most. Answers what \`LEAVE\` answers, of each. */
export const SWEEP = redisScript(`${COMMON}
local departures = {}
for _, member in ipairs(redis.call('ZRANGE', expiry, '-inf', now(), 'BYSCORE', 'LIMIT', 0, ARGV[1])) do
  local ids = cjson.decode(member)
  local departure = remove(ids[1], ids[2], member)
  if departure then departures[#departures + 1] = departure end
end
return departures
`);
