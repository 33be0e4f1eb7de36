import { redisScript } from './redis-script.ts';
import { COUNTER_MS } from './retention.ts';

// KEYS[1] is what all keys begin with. They are in one hash slot, because a sweep changes all rooms at once:
//   expiry          sorted set: [roomId, connectionId] as JSON, by the time it expires (milliseconds since the epoch)
//   rooms           set: ids of rooms with connections
//   room:<id>       hash: connection id -> [source, state, participantId, details, announced] as JSON, details being JSON in a string,
//                   announced 0 or 1
//   people:<id>     hash: participant id -> number of connections
//   source:<id>     the last source given out; expires when the room has been empty for long
//   gone:<id>       set: ids of announced people who were noted as gone and did not come again; expires with the counter
//   passages:<id>   sorted set: [number, kind, alone, connectionId, record] as JSON, by number: microseconds since the epoch, or one more than
//                   the last one; the record being JSON in a string, the number too
//   unsettled       sorted set: ids of rooms with passages, by the time of the first (milliseconds since the epoch)
// Members of \`expiry\` are always encoded by the caller, so that the same connection is the same bytes.
const COMMON = `
local base = KEYS[1]
local expiry, rooms = base .. 'expiry', base .. 'rooms'

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function note(kind, alone, roomId, connectionId, record)
  local time, passages = redis.call('TIME'), base .. 'passages:' .. roomId
  local last = redis.call('ZRANGE', passages, -1, -1, 'WITHSCORES')[2]
  local number = math.max(time[1] * 1000000 + time[2], last and last + 1 or 0)
  local text = string.format('%.0f', number)
  redis.call('ZADD', passages, text, cjson.encode({text, kind, alone, connectionId, record}))
  redis.call('ZADD', base .. 'unsettled', 'NX', now(), roomId)
end

local function remove(kind, roomId, connectionId, member)
  local room, people = base .. 'room:' .. roomId, base .. 'people:' .. roomId
  local record = redis.call('HGET', room, connectionId)
  redis.call('ZREM', expiry, member)
  if not record then return false end
  redis.call('HDEL', room, connectionId)
  local decoded = cjson.decode(record)
  local participantId = decoded[3]
  local left = redis.call('HINCRBY', people, participantId, -1)
  if left == 0 then
    redis.call('HDEL', people, participantId)
    if decoded[5] == 1 and kind ~= '' then
      note(kind, 0, roomId, connectionId, record)
      redis.call('SADD', base .. 'gone:' .. roomId, participantId)
      redis.call('PEXPIRE', base .. 'gone:' .. roomId, ${COUNTER_MS})
    end
  end
  if redis.call('EXISTS', room) == 0 then
    redis.call('SREM', rooms, roomId)
    redis.call('PEXPIRE', base .. 'source:' .. roomId, ${COUNTER_MS})
  end
  return {roomId, connectionId, record, left == 0 and 1 or 0}
end
`;

/**
 * ARGV: member, roomId, connectionId, participantId, details, ttl, announced, capacity or 0, former source or 0, rejoin. Answers
 * [source, 1 when first], or nothing when the room is full. Numbers begin where the time is, so that those of before a loss of everything
 * are not given again; one a 16 ms is more than are needed for long.
 */
export const JOIN = redisScript(`${COMMON}
local member, roomId, connectionId, participantId, details = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local announced, capacity, former = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local room, people, counter = base .. 'room:' .. roomId, base .. 'people:' .. roomId, base .. 'source:' .. roomId
local gone = base .. 'gone:' .. roomId
local source, first = 0, 0

local function take()
  local last = tonumber(redis.call('GET', counter) or 0)
  if last == 0 then last = math.floor(now() / 16) % 2147483648 end
  local taken = former == 0
  if not taken then
    for _, record in ipairs(redis.call('HVALS', room)) do
      if cjson.decode(record)[1] == former then taken = true end
    end
  end
  local given = taken and last + 1 or former
  redis.call('SET', counter, string.format('%.0f', math.max(last, given)))
  return given
end

local before = redis.call('HGET', room, connectionId)
if before then
  before = cjson.decode(before)
  source, participantId, announced = before[1], before[3], before[5]
else
  local alone = redis.call('HEXISTS', people, participantId) == 0
  if alone and capacity > 0 and redis.call('HLEN', people) >= capacity then return false end
  source = take()
  redis.call('SADD', rooms, roomId)
  redis.call('HINCRBY', people, participantId, 1)
  if alone then
    local wasGone = redis.call('SREM', gone, participantId) == 1
    if ARGV[10] == '0' or wasGone then first = 1 end
  end
end
local record = cjson.encode({source, 'present', participantId, details, announced})
redis.call('HSET', room, connectionId, record)
redis.call('ZADD', expiry, now() + ARGV[6], member)
if first == 1 and announced == 1 then
  note('joined', redis.call('HLEN', people) == 1 and 1 or 0, roomId, connectionId, record)
end
return {source, first}
`);

/** What {@link UPDATE} answers when other details are kept than its caller believes. */
export const CHANGED_MEANWHILE = 0;

/** ARGV: roomId, connectionId, state or '', and for other details: those that are kept, and the new ones. Answers the record, or nothing. */
export const UPDATE = redisScript(`${COMMON}
local room = base .. 'room:' .. ARGV[1]
local record = redis.call('HGET', room, ARGV[2])
if not record then return false end
record = cjson.decode(record)
if ARGV[4] and record[4] ~= ARGV[4] then return ${CHANGED_MEANWHILE} end
if ARGV[3] ~= '' then record[2] = ARGV[3] end
if ARGV[5] then record[4] = ARGV[5] end
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

/** ARGV: member, roomId, connectionId, what is noted ('' for nothing). Answers [roomId, connectionId, record, 1 when last], or nothing. */
export const LEAVE = redisScript(`${COMMON}
return remove(ARGV[4], ARGV[2], ARGV[3], ARGV[1])
`);

/** ARGV: roomId, whose connections have left. One that came since keeps its number. */
export const ERASE = redisScript(`${COMMON}
local roomId = ARGV[1]
redis.call('DEL', base .. 'gone:' .. roomId, base .. 'passages:' .. roomId)
redis.call('ZREM', base .. 'unsettled', roomId)
if redis.call('EXISTS', base .. 'room:' .. roomId) == 0 then redis.call('DEL', base .. 'source:' .. roomId) end
return 1
`);

/** ARGV: roomId, numbers of passages. */
export const SETTLE = redisScript(`${COMMON}
local passages = base .. 'passages:' .. ARGV[1]
for index = 2, #ARGV do redis.call('ZREMRANGEBYSCORE', passages, ARGV[index], ARGV[index]) end
if redis.call('EXISTS', passages) == 0 then redis.call('ZREM', base .. 'unsettled', ARGV[1]) end
return 1
`);

/** ARGV: for how long, how many at most. Answers ids of rooms. */
export const UNSETTLED_ROOMS = redisScript(`${COMMON}
return redis.call('ZRANGE', base .. 'unsettled', '-inf', now() - ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
`);

/** ARGV: how many at most. Answers what \`LEAVE\` answers, of each. */
export const SWEEP = redisScript(`${COMMON}
local departures = {}
for _, member in ipairs(redis.call('ZRANGE', expiry, '-inf', now(), 'BYSCORE', 'LIMIT', 0, ARGV[1])) do
  local ids = cjson.decode(member)
  local departure = remove('lost', ids[1], ids[2], member)
  if departure then departures[#departures + 1] = departure end
end
return departures
`);
