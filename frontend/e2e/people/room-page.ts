import type { Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** What somebody decides about a room and its people, in the room's page. */
export class RoomPage {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Chooses in the room's menu. */
  async menu(item: string): Promise<void> {
    await this.#person.it('room-menu').click();
    await this.#person.it(item).click();
  }

  async open(tab: 'settings' | 'invites' | 'members'): Promise<void> {
    await this.menu(`room-${tab}`);
    await this.#person.it('room-dialog').waitFor();
  }

  /** The open menu of somebody in the room. */
  async menuOf(name: string): Promise<Locator> {
    await this.#person.tile(name).getByTestId('person-menu').click();
    return this.#person.page.locator('.mat-mdc-menu-panel');
  }
}
