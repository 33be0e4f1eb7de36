import type { PlannedPart, TurnPlan } from '../mind/plan.ts';
import type { Said, Step } from './scenario.ts';

/** A turn in which nothing but this is said. */
export function planToSay(said: Said): TurnPlan {
  if (typeof said === 'string') return { say: said };
  let pauseMs = 0;
  const parts: PlannedPart[] = [];
  for (const part of said) {
    if (typeof part === 'string') {
      parts.push({ pauseMs, say: part });
      pauseMs = 0;
    } else pauseMs += part.pause;
  }
  const [first, ...more] = parts;
  return first ? { say: first.say, delayMs: first.pauseMs, more } : { say: null };
}

/** The turn of a step; what the step leaves out is as it is otherwise. */
export function planOf(step: Step, otherwise: () => TurnPlan): TurnPlan {
  const { think, search, call, slow = 0 } = step;
  const spoken = spokenIn(step) ?? otherwise();
  return {
    ...spoken,
    ...(think === undefined ? {} : { thought: think }),
    ...(search === undefined ? {} : { search }),
    ...(call === undefined ? {} : { calls: call }),
    delayMs: (spoken.delayMs ?? 0) + slow,
  };
}

/** Null where the step does not say what is said. A model that calls functions says nothing before their answers. */
function spokenIn({ say, silent, call }: Step): TurnPlan | null {
  if (say !== undefined) return planToSay(say);
  return silent || call ? { say: null } : null;
}
