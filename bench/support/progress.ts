/** Shows how far the bench is: one line that changes on a terminal, a line per step elsewhere. */
export class ProgressBar {
	private done = 0;
	private readonly startedAt = Date.now();

	constructor(private readonly total: number) {}

	/** Says what is measured now. */
	step(what: string): void {
		const share = this.done / this.total;
		const seconds = Math.round((Date.now() - this.startedAt) / 1000);
		const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
		const line = `${bar} ${String(this.done).padStart(2)}/${this.total} ${String(seconds).padStart(3)} s  ${what}`;
		if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
		else console.log(line);
		this.done += 1;
	}

	end(): void {
		this.step('done');
		if (process.stdout.isTTY) process.stdout.write('\n');
	}
}

const WIDTH = 20;
