// zod makes code out of schemas where it may. Here the Content Security Policy forbids it, and reports the mere attempt. The setting has to be
// there before the first schema is, thus before any module that has one: that is why this file is loaded ahead of the application.
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });
