// What the W3C's parser finds wrong in WebVTT files: node webvtt.js FILE...
// Says as JSON, for each file in turn, { cues: how many it read, errors: [{ line, col, message }] }.
"use strict";
const { readFileSync } = require("fs");
const { WebVTTParser } = require("webvtt-parser");

const told = process.argv.slice(2).map((file) => {
  const { cues, errors } = new WebVTTParser().parse(readFileSync(file, "utf8"));
  return { cues: cues.length, errors };
});
process.stdout.write(JSON.stringify(told));
