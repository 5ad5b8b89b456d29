// A podcast feed as Podcasting 2.0's parser reads it: node partytime.js FEED ANSWER
// Writes what it read as JSON into the file ANSWER. What it prints are the parser's warnings.
"use strict";
const { readFileSync, writeFileSync } = require("fs");
const { parseFeed } = require("podcast-partytime");

const [feed, answer] = process.argv.slice(2);
writeFileSync(answer, JSON.stringify(parseFeed(readFileSync(feed, "utf8"))));
