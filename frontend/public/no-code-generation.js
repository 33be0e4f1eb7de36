// zod makes code out of schemas where it may. Here the Content Security Policy forbids that, and reports the mere attempt. The setting
// has to be there before the first schema is made, thus before any module of the application is loaded.
globalThis.__zod_globalConfig = { jitless: true };
