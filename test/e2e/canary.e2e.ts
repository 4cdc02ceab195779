import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { canaryFilm, examineFolder, takeLeaks } from '../../tools/canary';
import { runLeaving } from './canary/runLeaving';
import { leakEverywhere, transformAFile } from './canary/workflows';
import { jsonOf } from '../../tools/n8n';
import { Stage } from './stage';
import { SUBMIT } from './workflows';

describe('the search for the key and the source video', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open({ speed: 20, scenario: { pendingMs: 0, runningMs: 20_000 } });
	});

	it('finds nothing after films were transformed and refused', async () => {
		const { simulator, n8n } = stage;
		const film = join(n8n.filesFolder, 'film.mp4');
		writeFileSync(film, canaryFilm());
		simulator.addFault({ on: 'create', kind: 'status', status: 403, promptIncludes: 'refused' });
		simulator.addFault({ on: 'create', kind: 'reset', accepted: true, promptIncludes: 'lost' });
		simulator.addFault({ on: 'create', kind: 'redirect', promptIncludes: 'redirected' });
		for (const prompt of ['a film', 'refused', 'lost', 'redirected']) {
			const execution = await stage.succeed(transformAFile(film, prompt));
			assert.equal(jsonOf(execution, SUBMIT, 1).length, prompt === 'a film' ? 0 : 1, prompt);
		}
		await n8n.stop();

		examineFolder('n8n’s folder', n8n.userFolder);
		assert.deepEqual(takeLeaks(), []);
		const stored = readdirSync(n8n.userFolder, { recursive: true }).map(String);
		assert.equal(
			stored.filter((path) => /binary_data.[0-9a-f-]{36}$/.test(path)).length,
			5,
			'four films and an output are stored',
		);
	});

	it('finds what is stored, logged, or sent to a foreign host', async () => {
		const { n8n } = stage;
		await n8n.start();
		await stage.succeed(leakEverywhere(`${stage.simulator.outputBaseUrl}/`, n8n.filesFolder));
		await n8n.stop();
		appendFileSync(n8n.logFile, `debug: Authorization: Bearer ${DEFAULT_API_KEY}`);
		examineFolder('n8n’s folder', n8n.userFolder);
		const leaks = takeLeaks();
		rmSync(n8n.userFolder, { recursive: true });

		for (const expected of [
			/\(plain\) is in n8n’s folder: .*database\.sqlite: workflow_entity\.nodes/,
			/\(base64 \(1 bytes before\)\) is in n8n’s folder: .*database\.sqlite: execution_data\.data/,
			/\(plain\) is in n8n’s folder: .*database\.sqlite(-wal)?$/,
			/\(plain\) is in n8n’s folder: .*binary_data/,
			/\(plain\) is in n8n’s folder: .*files.key\.txt/,
			/\(plain\) is in n8n’s folder: .*n8n\.log/,
			/\(plain\) is in the header authorization of a request to a foreign host/,
			/\(plain\) is in n8n's answer to GET \/rest\/executions/,
		]) {
			assert.ok(
				leaks.some((leak) => expected.test(leak)),
				`${expected} is not among:\n${leaks.join('\n')}`,
			);
		}
	});

	for (const where of ['a file', 'its output', 'its last words']) {
		it(`fails a suite that leaves the key in ${where}`, async () => {
			const { code, output } = await runLeaving(where);
			assert.equal(code, 1, output);
			assert.match(
				output,
				/Leaked:[^]*the API key \((plain|hexadecimal)\) is in (a file|standard output)/,
			);
		});
	}

	it('passes a suite that leaves nothing', async () => {
		const { code, output } = await runLeaving('nowhere');
		assert.equal(code, 0, output);
	});
});
