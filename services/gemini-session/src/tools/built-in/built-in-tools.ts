import type { Tool } from '../tool.ts';
import { currentTime } from './current-time.ts';
import { searchConversation } from './search-conversation.ts';
import { whoIsHere } from './who-is-here.ts';

/** The tools that every studio has. */
export const BUILT_IN_TOOLS: readonly Tool[] = [searchConversation, whoIsHere, currentTime];
