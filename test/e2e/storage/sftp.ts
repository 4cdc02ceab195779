import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, Service, temporaryFolder, type User } from '../../../tools/n8n';
import { unpackDebianPackages } from '../../../tools/n8n/debian';

const DEBIAN_PACKAGES = ['openssh-server', 'openssh-client', 'libwrap0'];

/** An OpenSSH server of our own. */
export interface SftpServer {
	service: Service;
	/** What goes into n8n's SFTP credential. */
	credential: {
		host: string;
		port: number;
		username: string;
		password: string;
		privateKey: string;
		passphrase: string;
	};
	/** The folder that clients may write to, by its absolute path. */
	folder: string;
}

interface Programs {
	sshd: string;
	sshKeygen: string;
	env: NodeJS.ProcessEnv;
}

/**
 * Starts OpenSSH's sshd on a free loopback port, for SFTP alone and one key alone, by an unprivileged user: whoever
 * runs the suite, or `nobody` when that is root.
 */
export async function startSftp(): Promise<SftpServer> {
	const home = temporaryFolder('sftp');
	const { sshd, sshKeygen, env } = await findPrograms(home);
	for (const key of ['host-key', 'client-key'])
		execFileSync(sshKeygen, ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, key)], { env });
	const folder = join(home, 'files');
	mkdirSync(folder);
	const port = await freePort();
	writeFileSync(join(home, 'sshd_config'), configuration(home, port));
	const user = unprivilegedUser();
	if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, home]);
	chmodSync(home, 0o755);
	const service = new Service({
		name: 'sshd',
		command: sshd,
		args: ['-D', '-e', '-f', join(home, 'sshd_config')],
		folder: home,
		env,
		user,
		readyLine: 'Server listening on',
	});
	await service.start();
	const username = user ? 'nobody' : userInfo().username;
	const privateKey = readFileSync(join(home, 'client-key'), 'utf8');
	return {
		service,
		folder,
		credential: { host: '127.0.0.1', port, username, password: '', privateKey, passphrase: '' },
	};
}

/** This machine's OpenSSH, or Debian's, unpacked into the folder: installing it would start a server on port 22. */
async function findPrograms(folder: string): Promise<Programs> {
	const [sshd, sshKeygen] = ['/usr/sbin/sshd', '/usr/bin/ssh-keygen'];
	if (existsSync(sshd) && existsSync(sshKeygen)) return { sshd, sshKeygen, env: process.env };
	await unpackDebianPackages(folder, ...DEBIAN_PACKAGES);
	const libraries = readdirSync(join(folder, 'usr', 'lib')).map((name) =>
		join(folder, 'usr', 'lib', name),
	);
	const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
	return { sshd: join(folder, sshd), sshKeygen: join(folder, sshKeygen), env };
}

/** With PAM: without it, sshd takes accounts without a password, such as `nobody`, for locked. */
function configuration(home: string, port: number): string {
	const lines = [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${join(home, 'host-key')}`,
		`AuthorizedKeysFile ${join(home, 'client-key.pub')}`,
		'PidFile none',
		'StrictModes no',
		'UsePAM yes',
		'PasswordAuthentication no',
		'KbdInteractiveAuthentication no',
		'Subsystem sftp internal-sftp',
		'ForceCommand internal-sftp',
		'AllowTcpForwarding no',
	];
	return `${lines.join('\n')}\n`;
}

function unprivilegedUser(): User | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = ['-u', '-g'].map((flag) =>
		Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
	);
	return { uid, gid };
}
