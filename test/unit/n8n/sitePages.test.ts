import { findSitePage } from '../../../nodes/shared/n8n/media/sitePages';

describe('a page that shows a file is refused', () => {
	test.each([
		['https://www.youtube.com/watch?v=abc', 'YouTube'],
		['https://YouTube.com./shorts/abc', 'YouTube'],
		['https://m.youtube.com/watch?v=abc', 'YouTube'],
		['https://youtu.be/abc', 'YouTube'],
		['https://vimeo.com/123', 'Vimeo'],
		['https://player.vimeo.com/video/123', 'Vimeo'],
		['https://www.tiktok.com/@someone/video/7', 'TikTok'],
		['https://vm.tiktok.com/abc', 'TikTok'],
		['https://www.instagram.com/reel/abc/', 'Instagram'],
		['https://www.facebook.com/watch/?v=1', 'Facebook'],
		['https://fb.watch/abc', 'Facebook'],
		['https://x.com/someone/status/1', 'X'],
		['https://mobile.twitter.com/someone/status/1', 'X'],
		['https://www.dailymotion.com/video/x1', 'Dailymotion'],
		['https://dai.ly/x1', 'Dailymotion'],
		['https://www.twitch.tv/videos/1', 'Twitch'],
		['https://clips.twitch.tv/abc', 'Twitch'],
		['https://www.bilibili.com/video/BV1', 'Bilibili'],
		['https://www.reddit.com/r/a/comments/b', 'Reddit'],
		['https://www.loom.com/share/abc', 'Loom'],
		['https://drive.google.com/file/d/abc/view?usp=sharing', 'Google Drive'],
		['https://drive.google.com/open?id=abc', 'Google Drive'],
		['https://www.dropbox.com/s/abc/clip.mp4?dl=0', 'Dropbox'],
		['https://www.dropbox.com/scl/fi/abc/clip.mp4?rlkey=x', 'Dropbox'],
		['https://1drv.ms/v/abc', 'OneDrive'],
	])('%s', (url, site) => {
		const page = findSitePage(new URL(url));
		expect(page?.problem).toBe(`is the address of a page on ${site}, not of a file`);
		expect(page?.remedy).toContain('binary data');
	});
});

describe('a file passes', () => {
	test.each([
		'https://media.example/clip.mp4',
		'https://media.example/watch?v=https://youtu.be/abc',
		'https://notyoutube.com/clip.mp4',
		'https://youtube.com.example/clip.mp4',
		'https://rr3---sn-abc.googlevideo.com/videoplayback?id=1',
		'https://player.vimeo.com/progressive_redirect/playback/1/rendition/720p/file.mp4',
		'https://vod-progressive.akamaized.net/exp=1/vimeo/clip.mp4',
		'https://v16-webapp-prime.tiktok.com/video/tos/clip',
		'https://scontent.cdninstagram.com/v/clip.mp4',
		'https://video.xx.fbcdn.net/v/clip.mp4',
		'https://video.twimg.com/ext_tw_video/1/clip.mp4',
		'https://v.redd.it/abc/DASH_720.mp4',
		'https://drive.google.com/uc?export=download&id=abc',
		'https://drive.usercontent.google.com/download?id=abc',
		'https://www.dropbox.com/s/abc/clip.mp4?raw=1',
		'https://www.dropbox.com/s/abc/clip.mp4?dl=1',
		'https://dl.dropboxusercontent.com/s/abc/clip.mp4',
		'https://box.example/x.com/clip.mp4',
	])('%s', (url) => {
		expect(findSitePage(new URL(url))).toBeUndefined();
	});
});
