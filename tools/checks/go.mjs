import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { capture } from '../process/capture.mjs';
import { findBinary } from '../process/find-binary.mjs';
import { aptInstall, osRelease } from './apt.mjs';

/** The minor version of Go 1 that builds the Cloud Storage emulator (libs/testing), and Debian's package of it. */
const MINOR = 23;
const PACKAGE = `golang-1.${MINOR}-go`;
/** Where Debian and Ubuntu put it; such a Go is not on the PATH. */
const VERSIONED = '/usr/lib';

/** Whether there is a Go that is new enough, on the PATH or as a package of its own version. */
export async function hasGo() {
  const folders = (await readdir(VERSIONED).catch(() => [])).filter((name) => /^go-1\.\d+$/.test(name));
  const paths = [await findBinary('go'), ...folders.map((name) => join(VERSIONED, name, 'bin', 'go'))];
  const fits = await Promise.all(paths.map((path) => path !== undefined && newEnough(path)));
  return fits.includes(true);
}

/** @param {string} path */
async function newEnough(path) {
  const { stdout } = await promisify(execFile)(path, ['version']).catch(() => ({ stdout: '' }));
  return Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0) >= MINOR;
}

/** Installs it from the release's own packages, or from its backports, which Debian 12 needs. */
export async function installGo() {
  await capture('apt-get', ['update', '-qq']);
  if (/Candidate: \d/.test(await capture('apt-cache', ['policy', PACKAGE]))) return aptInstall([PACKAGE]);
  const codename = /^VERSION_CODENAME=(\S+)$/m.exec(await osRelease())?.[1];
  const archives = await capture('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE)']);
  const archive = archiveOf(archives, codename ?? '');
  if (archive === undefined) throw new Error(`no archive is configured that could have ${PACKAGE}`);
  const folder = await mkdtemp(join(tmpdir(), 'studio-apt-'));
  try {
    const list = join(folder, 'backports.list');
    await writeFile(list, `deb ${archive} ${codename}-backports main\n`);
    // Only this list, for these two commands; the machine's own sources stay as they are.
    const options = [`Dir::Etc::sourcelist=${list}`, 'Dir::Etc::sourceparts=-', 'APT::Get::List-Cleanup=0'];
    await aptInstall(
      [PACKAGE],
      options.flatMap((option) => ['-o', option]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string} targets lines of an archive's URI and a release
 * @param {string} codename
 * @returns {string | undefined} the archive that this machine takes the release from
 */
export function archiveOf(targets, codename) {
  return targets
    .split('\n')
    .map((line) => line.trim().split(' '))
    .find(([, release]) => release === codename)?.[0];
}
