/**
 * A clock that runs faster than the real one, and can be set forward and back, for everything in this process
 * that asks `Date.now()`: the nodes, the engine and the simulator alike. Timers keep to real time, so a sleep of
 * the nodes ends at the first slice (200 ms) after its time.
 */
export class FastClock {
	private readonly realNow = Date.now;
	private readonly startedAt = Date.now();
	private offsetMs = 0;

	/** @param speed clock ms per real ms */
	constructor(private readonly speed: number) {
		Date.now = () => this.now();
	}

	now(): number {
		return this.startedAt + (this.realNow() - this.startedAt) * this.speed + this.offsetMs;
	}

	/** Sets the clock to a moment (epoch ms), when that lies ahead. */
	forwardTo(moment: number): void {
		this.offsetMs += Math.max(0, moment - this.now());
	}

	/** Sets the clock forward, or back with a negative number, without anybody having waited. */
	jump(ms: number): void {
		this.offsetMs += ms;
	}

	restore(): void {
		Date.now = this.realNow;
	}
}
