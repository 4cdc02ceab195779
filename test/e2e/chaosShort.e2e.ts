/** Three rounds of what `chaos` does in fifty. */
import { chaosSuite } from './chaos/suite';

chaosSuite(3, {
	perMoment: 0,
	suspended: 1,
	creates: 0,
	looks: 0,
	downloads: 0,
	deliveries: 0,
	failed: 1,
	retried: 0,
	delivered: 0.4,
	unflagged: 0.3,
});
