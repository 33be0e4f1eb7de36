import { describe, expect, it } from 'vitest';
import { spaceIsFree } from './space-key.ts';

function element(html: string): Element | null {
  const place = document.createElement('div');
  place.innerHTML = html;
  return place.querySelector('.here');
}

describe('the space key', () => {
  it.each([
    '<textarea class="here"></textarea>',
    '<input class="here">',
    '<button><span class="here"></span></button>',
    '<a href="/" class="here">x</a>',
    '<div contenteditable="true"><p class="here"></p></div>',
    '<div role="combobox" class="here"></div>',
    '<details><summary class="here">x</summary></details>',
  ])('belongs to %s', (html) => {
    expect(spaceIsFree(element(html), null)).toBe(false);
  });

  it.each(['<div class="here" tabindex="0" role="log"></div>', '<main class="here"></main>'])(
    'is free in %s',
    (html) => {
      expect(spaceIsFree(element(html), null)).toBe(true);
    },
  );

  it('is free when nothing has the focus', () => {
    expect(spaceIsFree(document, null)).toBe(true);
  });

  it('is free on a button that was clicked, and has the focus from that', () => {
    const camera = element('<button class="here"></button>');
    expect(spaceIsFree(camera, camera)).toBe(true);
    expect(spaceIsFree(camera, element('<button class="here"></button>'))).toBe(false);
  });

  it.each(['<input class="here">', '<button role="switch" class="here"></button>'])(
    'belongs to %s also when it was clicked',
    (html) => {
      const field = element(html);
      expect(spaceIsFree(field, field)).toBe(false);
    },
  );
});
