import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { CometApiRunwayTrigger } from '../../../nodes/CometApiRunwayTrigger/CometApiRunwayTrigger.node';

/** n8n's node panel makes one card of the two, and writes the trigger's text on it. */
test("the node panel's card speaks of the node", () => {
	expect(new CometApiRunwayTrigger().description.description).toBe(
		new CometApiRunway().description.description,
	);
});
