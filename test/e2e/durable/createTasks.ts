import { z } from 'zod';
import { DEFAULT_API_KEY, type Simulator } from '../../../tools/simulator';

/** Creates tasks as another program would, without n8n; returns their ids in the order of the prompts. */
export async function createTasks(simulator: Simulator, prompts: string[]): Promise<string[]> {
	return await Promise.all(
		prompts.map(async (promptText) => {
			const response = await fetch(`${simulator.baseUrl}/runwayml/v1/video_to_video`, {
				method: 'POST',
				headers: {
					Authorization: `Bearer ${DEFAULT_API_KEY}`,
					'Content-Type': 'application/json',
					'X-Runway-Version': '2024-11-06',
				},
				body: JSON.stringify({
					videoUri: 'https://media.example.com/clip.mp4',
					promptText,
					model: 'gen4_aleph',
				}),
			});
			return z.object({ id: z.string() }).parse(await response.json()).id;
		}),
	);
}
