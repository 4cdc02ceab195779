/** n8n gets SIGKILL and SIGTERM at fifty moments, planned from a seed: `npm run e2e -- --seed=N chaos` plans the same ones. */
import { chaosSuite } from './chaos/suite';

chaosSuite(50, {
	perMoment: 2,
	suspended: 40,
	creates: 8,
	looks: 4,
	downloads: 5,
	deliveries: 5,
	failed: 60,
	retried: 40,
	delivered: 0.6,
	unflagged: 0.5,
});
