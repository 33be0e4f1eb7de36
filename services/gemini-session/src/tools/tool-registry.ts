import type { LiveSettings, LiveTool } from '@studio/contracts';
import type { Tool } from './tool.ts';

/** All tools of this studio, by name. */
export class ToolRegistry {
  private readonly tools: ReadonlyMap<string, Tool>;

  constructor(tools: readonly Tool[]) {
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
  }

  /** What people may know of them. */
  get list(): LiveTool[] {
    return [...this.tools.values()].map(({ name, description }) => ({ name, description }));
  }

  /** Those that a room has chosen. A name that is not known any more is passed over: the tool was taken out of the configuration. */
  selected(names: LiveSettings['tools']): Tool[] {
    if (names === null) return [...this.tools.values()];
    return [...new Set(names)].flatMap((name) => this.tools.get(name) ?? []);
  }
}
