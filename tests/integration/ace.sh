#!/bin/sh
# Ace by DAISY over EPUBs: sh tests/integration/ace.sh BOOK.epub...
# Needs node, npm and a Chromium; Ace itself is put into .leafcast/ace once. Fails when any book does.
set -eu
folder="$(cd "$(dirname "$0")/../.." && pwd)/.leafcast/ace"
mkdir -p "$folder"
if [ ! -x "$folder/node_modules/.bin/ace-puppeteer" ]; then
    (cd "$folder" && PUPPETEER_SKIP_DOWNLOAD=1 npm install --ignore-scripts --no-audit --no-fund @daisy/ace@1.4.6)
fi
export PUPPETEER_EXECUTABLE_PATH="${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}"
failed=0
for book in "$@"; do
    report="$folder/report"
    "$folder/node_modules/.bin/ace-puppeteer" --silent --force -o "$report" "$book"
    outcome="$(node -p "require('$report/report.json')['earl:result']['earl:outcome']")"
    echo "$book: $outcome"
    [ "$outcome" = pass ] || failed=1
done
exit "$failed"
