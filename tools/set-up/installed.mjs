/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/**
 * Packages of the lock file that are not installed as it names them. npm writes `node_modules/.package-lock.json` when an installation is
 * complete and removes it before the next one, so that it tells the truth even after an installation that was cut off.
 * @param {LockFile} locked `package-lock.json`
 * @param {LockFile | undefined} installed `node_modules/.package-lock.json`, undefined when there is none
 * @returns {string[]} their paths; optional packages may be absent, since many are for other platforms
 */
export function missingPackages(locked, installed) {
  return Object.entries(locked.packages)
    .filter(([path, { link, version }]) => {
      if (path === '' || link === true) return false;
      const present = installed?.packages[path];
      if (present === undefined) return locked.packages[path]?.optional !== true;
      return present.version !== version;
    })
    .map(([path]) => path);
}
