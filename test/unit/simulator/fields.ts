/** Fields of bodies, laid over those that a route needs (`BODIES`). */

export const IMAGE = 'https://example.com/a.png';
export const VIDEO = 'https://example.com/a.mp4';
export const aleph2 = (fields: object) => ({ model: 'aleph2', promptText: undefined, ...fields });
export const seedance = (fields: object) => ({
	model: 'seedance2_5',
	videoUri: undefined,
	promptText: undefined,
	promptVideo: VIDEO,
	...fields,
});
export const frame = (fields: object) => ({ uri: IMAGE, ...fields });
export const first = { uri: IMAGE, position: 'first' };
export const last = { uri: IMAGE, position: 'last' };
export const gen45 = { model: 'gen4.5', promptText: 'Wind', duration: 5 };
export const veo = { model: 'veo3.1' };
export const gpt = { model: 'gpt_image_2', ratio: 'auto' };
export const span = (from: number, to: number) => ({ start_seconds: from, end_seconds: to });
