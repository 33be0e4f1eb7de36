import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** The dialog with the settings of Gemini, in the browser of one person. */
export class SettingsForm {
  readonly #person: Person;

  private constructor(person: Person) {
    this.#person = person;
  }

  static async open(person: Person): Promise<SettingsForm> {
    await person.it('tab-gemini').click();
    await person.it('open-settings').click();
    await expect(person.it('setting-voice')).toBeVisible();
    return new SettingsForm(person);
  }

  field(name: string): Locator {
    return this.#person.it(`setting-${name}`);
  }

  /** Chooses the option whose title begins like this. */
  async choose(name: string, title: string): Promise<void> {
    await this.field(name).click();
    await this.#person.page.getByRole('option', { name: title }).click();
    await expect(this.field(name)).toContainText(title);
  }

  async save(): Promise<void> {
    await this.#person.it('settings-save').click();
    await expect(this.#person.it('settings-status')).toContainText('Saved');
  }

  /** Closes it, and shows the conversation again. */
  async close(): Promise<void> {
    await this.#person.it('settings-close').click();
    await expect(this.#person.it('live-settings')).toBeHidden();
    await this.#person.it('tab-conversation').click();
  }
}

/** Changes how Gemini takes part: choices by field. */
export async function changeSettings(person: Person, choices: Record<string, string>): Promise<void> {
  const form = await SettingsForm.open(person);
  for (const [field, title] of Object.entries(choices)) await form.choose(field, title);
  await form.save();
  await form.close();
}
