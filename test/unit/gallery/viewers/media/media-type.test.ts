import { mediaType } from '../../../../../src/gallery/viewers/media/media-type';

test.each([
  ['film.mp4', 'video', 'video/mp4'],
  ['film.MOV', 'video', 'video/mp4'],
  ['film.webm', 'video', 'video/webm'],
  ['film.ogv', 'video', 'video/ogg'],
  ['song.mp3', 'audio', 'audio/mpeg'],
  ['song.m4a', 'audio', 'audio/mp4'],
  ['song.wav', 'audio', 'audio/wav'],
] as const)('mediaType of %s as %s is %s', (name, kind, type) => {
  expect(mediaType(name, kind)).toBe(type);
});
