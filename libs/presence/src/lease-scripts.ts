import { COUNTER_MS } from './retention.ts';
import { redisScript } from './redis-script.ts';

// KEYS[1] is what the keys of one lease begin with. The lease holds "<token> <holder>" and expires with it.

/** ARGV: holder, ttl. Answers the token as a string (a reply cannot hold such an integer on every version), or nothing. */
export const ACQUIRE = redisScript(`
local lease, newest = KEYS[1] .. ':lease', KEYS[1] .. ':token'
if redis.call('EXISTS', lease) == 1 then return false end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local token = math.max(tonumber(redis.call('GET', newest) or 0) + 1, now)
local text = string.format('%.0f', token)
redis.call('SET', newest, text, 'PX', ARGV[2] + ${COUNTER_MS})
redis.call('SET', lease, text .. ' ' .. ARGV[1], 'PX', ARGV[2])
return text
`);

/** ARGV: what the lease must hold, ttl. Answers 1 when it was held. */
export const RENEW = redisScript(`
local lease, newest = KEYS[1] .. ':lease', KEYS[1] .. ':token'
if redis.call('GET', lease) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', lease, ARGV[2])
redis.call('PEXPIRE', newest, ARGV[2] + ${COUNTER_MS})
return 1
`);

/** ARGV: what the lease must hold. */
export const RELEASE = redisScript(`
local lease = KEYS[1] .. ':lease'
if redis.call('GET', lease) == ARGV[1] then redis.call('DEL', lease) end
return 1
`);

/** ARGV: what the lease must hold. */
export const DISCARD = redisScript(`
local lease = KEYS[1] .. ':lease'
if redis.call('GET', lease) == ARGV[1] then redis.call('DEL', lease, KEYS[1] .. ':token', KEYS[1] .. ':note') end
return 1
`);

/** ARGV: token, text, ttl. Answers 1 when no newer token was given out, and the text is kept. */
export const REMEMBER = redisScript(`
if redis.call('GET', KEYS[1] .. ':token') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1] .. ':note', ARGV[2], 'PX', ARGV[3])
return 1
`);

/** KEYS[1]: a set. ARGV: id, how many at most, ttl. Answers 1 when the id has a place. */
export const TAKE_PLACE = redisScript(`
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
local taken = redis.call('SCARD', KEYS[1])
if taken >= tonumber(ARGV[2]) then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
if taken == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1
`);
